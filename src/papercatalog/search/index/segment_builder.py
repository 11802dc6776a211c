"""Builds segments: indexes papers, field by field, and renders their cards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np

from papercatalog.model.names import fold
from papercatalog.runtime.processes import parallel_map, split
from papercatalog.search.constants import (
    ABSTRACT_START,
    AUTHOR_MARK,
    AUTHOR_STEP,
    CODE_FACT,
    DAY_MARK,
    IDENTIFIER_MARK,
    JOINED_MARK,
    MAX_TITLE_POSITION,
    TOPIC_IMPACT,
    TOPIC_MARK,
    VOTES_FACT,
)
from papercatalog.search.index.arrays import run_sums
from papercatalog.search.index.document import SEGMENT_PAPERS, Document, SearchTopic, order_topics
from papercatalog.search.index.impacts import (
    AUTHOR_IMPACT,
    FACT_IMPACT,
    abstract_impacts,
    title_impacts,
)
from papercatalog.search.index.occurrences import Occurrences, find_occurrences
from papercatalog.search.index.segment import PostingColumns, Segment, merge_segments
from papercatalog.search.index.token_table import (
    TokenAnalysis,
    TokenTable,
    analyse_token,
    split_tokens,
)
from papercatalog.search.terms import term_stem

GIST_LENGTH = 64
"""The most characters of the abstract on a card: a line of the search page."""
MAX_POSITIONS = 255
"""Further positions of a term in one paper are not stored: their number has one byte."""

_TITLE, _ABSTRACT, _AUTHORS, _TOPICS, _FACTS = range(5)
"""The fields; occurrences are sorted in this order."""
_PAPER_BITS, _FIELD_BITS, _IN_FIELD_BITS = 14, 3, 15
"""Occurrences of all fields are sorted as numbers of 64 bits: the term in the highest bits, then
the paper, the field, and the position in the field. Later positions become the highest one."""
_POSITION_BITS = _FIELD_BITS + _IN_FIELD_BITS


@dataclass(frozen=True, slots=True)
class TopicTree:
    """The catalog's topics, as papers are indexed by them."""

    numbers: dict[str, int]
    """The number of each topic in the order of `order_topics`, by slug."""
    words: dict[str, tuple[str, ...]]
    """The words of each title."""
    ancestors: dict[str, tuple[str, ...]]
    """Each topic and the topics above it."""

    @classmethod
    def from_topics(cls, topics: Iterable[SearchTopic]) -> TopicTree:
        ordered = order_topics(topics)
        parents = {topic.slug: topic.parent for topic in ordered}
        ancestors = {}
        for slug in parents:
            line = [slug]
            while (parent := parents.get(line[-1])) is not None and parent not in line:
                line.append(parent)
            ancestors[slug] = tuple(line)
        words = {
            topic.slug: tuple(
                term for token in split_tokens(topic.title) for term in analyse_token(token).terms
            )
            for topic in ordered
        }
        numbers = {slug: number for number, slug in enumerate(parents)}
        return cls(numbers, words, ancestors)

    def analyse_topic(self, slug: str) -> TokenAnalysis:
        """The words of a topic's title."""
        return _analysis_at_start(self.words[slug])

    def analyse_fact(self, fact: str) -> TokenAnalysis:
        """A fact's term; for a topic also those of the topics above it."""
        if fact[0] == TOPIC_MARK:
            return _analysis_at_start(tuple(TOPIC_MARK + slug for slug in self.ancestors[fact[1:]]))
        return _analysis_at_start((fact,))


def _analysis_at_start(terms: tuple[str, ...]) -> TokenAnalysis:
    zeros = (0,) * len(terms)
    return TokenAnalysis(terms, zeros, zeros, zeros, 1)


def build_segment(documents: Iterable[Document], topics: Iterable[SearchTopic]) -> Segment:
    """Index papers; ``topics`` are all of the catalog's, not only those of these papers."""
    papers, tree = list(documents), TopicTree.from_topics(topics)
    parts = [papers[part.start : part.stop] for part in split(len(papers), SEGMENT_PAPERS)]
    return merge_segments(parallel_map(partial(_build_part, tree=tree), parts, min_items=2))


def _build_part(papers: Sequence[Document], tree: TopicTree) -> Segment:
    """Index at most `SEGMENT_PAPERS` papers."""
    topics, facts = TokenTable(tree.analyse_topic), TokenTable(tree.analyse_fact)
    fields = (
        find_occurrences([split_tokens(paper.title) for paper in papers], _word_table),
        find_occurrences([split_tokens(paper.abstract) for paper in papers], _word_table),
        find_occurrences([paper.authors for paper in papers], _author_table),
        find_occurrences([paper.topics for paper in papers], topics),
        find_occurrences([_list_facts(paper) for paper in papers], facts),
    )
    different = dict.fromkeys(chain.from_iterable(field.terms for field in fields))
    terms = {term: number for number, term in enumerate(different)}
    postings = _build_postings(fields, terms)
    votes = [(number, paper.votes) for number, paper in enumerate(papers) if paper.votes]
    if votes:
        postings = postings.with_fact(terms.setdefault(VOTES_FACT, len(terms)), votes)
    return Segment(
        ids=[paper.id for paper in papers],
        dates=[paper.date.isoformat() for paper in papers],
        cards=[_render_card(paper, tree) for paper in papers],
        authors=[sorted(set(paper.authors)) for paper in papers],
        terms=list(terms),
        stems=list(map(term_stem, terms)),
        postings=postings,
    )


def _analyse_author(name: str) -> TokenAnalysis:
    analysis = analyse_token(fold(name))
    terms = tuple(word.rstrip(JOINED_MARK) + AUTHOR_MARK for word in analysis.terms)
    return analysis._replace(terms=terms, width=AUTHOR_STEP, first=0, last=0)


_word_table, _author_table = TokenTable(analyse_token), TokenTable(_analyse_author)
"""The tokens that this process has analysed: most texts repeat those of others."""


def _list_facts(paper: Document) -> list[str]:
    """The facts of a paper, as terms."""
    facts = [DAY_MARK + paper.date.isoformat()]
    facts += [TOPIC_MARK + slug for slug in paper.topics]
    if paper.code:
        facts.append(CODE_FACT)
    return facts + [IDENTIFIER_MARK + fold(name) for name in (paper.arxiv, paper.doi) if name]


def _build_postings(fields: Sequence[Occurrences], terms: dict[str, int]) -> PostingColumns:
    """Group the occurrences of all fields into postings, sorted by term and paper.

    ``terms`` has the number of each term.
    """
    packed = np.concatenate(
        [
            (
                np.array([terms[term] for term in found.terms], np.int64)[found.term] << _PAPER_BITS
                | found.text
            )
            << _POSITION_BITS
            | field << _IN_FIELD_BITS
            | np.minimum(found.position, (1 << _IN_FIELD_BITS) - 1)
            for field, found in enumerate(fields)
        ]
    )
    order = np.argsort(packed)
    packed = packed[order]
    position = packed & (1 << _IN_FIELD_BITS) - 1
    field = packed >> _IN_FIELD_BITS & (1 << _FIELD_BITS) - 1
    term_and_paper = packed >> _POSITION_BITS
    first = np.flatnonzero(np.diff(term_and_paper, prepend=-1))
    term = term_and_paper[first] >> _PAPER_BITS
    paper = term_and_paper[first] & (1 << _PAPER_BITS) - 1
    # The title sorts before other fields: a posting's first occurrence tells if it is in the title.
    in_title = field[first] == _TITLE
    # Later lines overwrite lower impacts. Authors and facts share no terms with other fields.
    impact = abstract_impacts(run_sums(field == _ABSTRACT, first), fields[_ABSTRACT].lengths[paper])
    impact[run_sums(field == _TOPICS, first) > 0] = TOPIC_IMPACT
    impact[in_title] = title_impacts(fields[_TITLE].lengths)[paper[in_title]]
    impact[field[first] == _AUTHORS] = AUTHOR_IMPACT
    impact[field[first] == _FACTS] = FACT_IMPACT
    posting = np.repeat(np.arange(len(first)), np.diff(first, append=len(packed)))
    is_joined = np.array([name[-1] == JOINED_MARK for name in terms], bool)
    is_stored = (field == _ABSTRACT) | (field == _AUTHORS)
    is_stored |= (field == _TITLE) & (position < ABSTRACT_START)
    is_stored &= ~is_joined[term[posting]]
    is_stored &= np.arange(len(field)) - first[posting] < MAX_POSITIONS
    contexts = np.concatenate([found.stop_word_context for found in fields])
    return PostingColumns.from_columns(
        term=term,
        paper=paper,
        impact_and_title=impact * 2 + in_title,
        title_position=np.where(in_title, np.minimum(position[first], MAX_TITLE_POSITION), 0),
        count=np.bincount(posting[is_stored], minlength=len(first)),
        position=(position + ABSTRACT_START * (field == _ABSTRACT))[is_stored],
        stop_word_context=contexts[order][is_stored],
    )


def _render_card(paper: Document, tree: TopicTree) -> str:
    """Render a paper's card, as `reader.Card`, as JSON."""
    row = (
        paper.title,
        paper.url,
        paper.date.isoformat(),
        [tree.numbers[slug] for slug in paper.topics],
        _render_authors(paper.authors),
        paper.votes or 0,
        int(paper.code),
        _cut_gist(paper.gist or paper.abstract),
    )
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _render_authors(authors: Sequence[str]) -> str:
    """Name three authors at most, or two and a count: ``Ada Li, Bo Wang and 4 others``."""
    if len(authors) <= 3:
        return ", ".join(authors)
    return f"{', '.join(authors[:2])} and {len(authors) - 2} others"


def _cut_gist(sentence: str) -> str:
    """Cut the beginning of a text at the end of a word."""
    # 64 words have at least 64 characters; do not split the rest.
    text = " ".join(sentence.split(maxsplit=GIST_LENGTH))
    if len(text) <= GIST_LENGTH:
        return text
    return text[: text.rfind(" ", GIST_LENGTH // 2, GIST_LENGTH)].rstrip(",;:") + " …"
