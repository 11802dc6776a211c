"""Reads papers into summaries: the postings of a run of papers, and what is shown of each.

A word's impact on a paper is worked out here, from the paper alone: no other paper changes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np

from papercatalog.runtime.processes import parallel_map, split
from papercatalog.search.analysis import fold
from papercatalog.search.index.arrays import sums
from papercatalog.search.index.document import RUN, Document, SearchTopic
from papercatalog.search.index.occurrences import Spots, find_spots
from papercatalog.search.index.segment import Postings, Summary, join
from papercatalog.search.index.token_table import Lexicon, Reading, read_token, tokens
from papercatalog.search.postings import (
    ABSTRACT_START,
    AUTHOR_IMPACT,
    AUTHOR_STEP,
    MOST_FIRST,
    MOST_PLACES,
    TOPIC_IMPACT,
    body_impacts,
    title_impacts,
)
from papercatalog.search.terms import group_key

GIST = 64
"""The most characters of an abstract that a card holds."""

_ROOM = 1 << 15
"""Places that each field has for itself while postings are put together."""
_TITLE, _BODY, _AUTHORS, _TOPICS, _FACTS = range(5)
_PLACE_BITS, _TEXT_BITS = 18, 14


@dataclass(frozen=True, slots=True)
class Tree:
    """What a paper's topics stand for: words, and the topics above."""

    numbers: dict[str, int]
    words: dict[str, tuple[str, ...]]
    ancestors: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, topics: Iterable[SearchTopic]) -> Tree:
        ordered = sorted(topics, key=lambda topic: topic.slug)
        parents = {topic.slug: topic.parent for topic in ordered}
        ancestors = {}
        for slug in parents:
            line = [slug]
            while (above := parents.get(line[-1])) is not None and above not in line:
                line.append(above)
            ancestors[slug] = tuple(line)
        return cls(
            {slug: number for number, slug in enumerate(parents)},
            {
                topic.slug: tuple(
                    word for token in tokens(topic.title) for word in read_token(token).keys
                )
                for topic in ordered
            },
            ancestors,
        )

    def read_words(self, slug: str) -> Reading:
        """The words of a topic's title."""
        return _of_facts(self.words[slug])

    def read_fact(self, fact: str) -> Reading:
        """The keys of a fact: of a topic, those of the topics above it too."""
        if fact[0] == "#":
            return _of_facts(tuple(f"#{slug}" for slug in self.ancestors[fact[1:]]))
        return _of_facts((fact,))


def _of_facts(keys: tuple[str, ...]) -> Reading:
    none = (0,) * len(keys)
    return Reading(keys, none, none, none, 1)


def summarise(documents: Iterable[Document], topics: Iterable[SearchTopic]) -> Summary:
    """The summary of some of a catalog's papers; ``topics`` are all of the catalog's."""
    papers, tree = list(documents), Tree.of(topics)
    runs = [papers[run.start : run.stop] for run in split(len(papers), RUN)]
    return join(parallel_map(partial(summarise_run, tree=tree), runs, enough=2))


def summarise_run(papers: Sequence[Document], tree: Tree) -> Summary:
    """The summary of at most ``RUN`` papers."""
    fields = (
        find_spots([tokens(paper.title) for paper in papers], _words),
        find_spots([tokens(paper.abstract) for paper in papers], _words),
        find_spots([paper.authors for paper in papers], _names),
        find_spots([paper.topics for paper in papers], Lexicon(tree.read_words)),
        find_spots([_facts(paper) for paper in papers], Lexicon(tree.read_fact)),
    )
    found = dict.fromkeys(chain.from_iterable(spots.keys for spots in fields))
    keys = {key: number for number, key in enumerate(found)}
    postings = _postings(fields, keys)
    voted = [(number, paper.votes) for number, paper in enumerate(papers) if paper.votes]
    if voted:
        postings = postings.and_fact(keys.setdefault("^votes", len(keys)), voted)
    named = [sorted(set(paper.authors)) for paper in papers]
    return Summary(
        ids=[paper.id for paper in papers],
        dates=[paper.date.isoformat() for paper in papers],
        cards=[_card(paper, tree) for paper in papers],
        authors=named,
        keys=list(keys),
        groups=list(map(group_key, keys)),
        postings=postings,
    )


def _read_author(name: str) -> Reading:
    """The words of a name; the next author's stand ``AUTHOR_STEP`` further on."""
    found = read_token(fold(name))
    keys = tuple(word.rstrip("-") + "@" for word in found.keys)
    return found._replace(keys=keys, width=AUTHOR_STEP, first=0, last=0)


_words, _names = Lexicon(read_token), Lexicon(_read_author)
"""What this process has read of titles and abstracts, and of authors."""


def _facts(paper: Document) -> list[str]:
    """What is known of a paper, as keys."""
    found = [f"#{slug}" for slug in paper.topics]
    if paper.code:
        found.append("+code")
    return found + [f"={fold(name)}" for name in (paper.arxiv, paper.doi) if name]


def _postings(fields: Sequence[Spots], keys: dict[str, int]) -> Postings:
    """The postings of a run's papers, by key and paper, from where keys stand in their fields."""
    packed = np.concatenate(
        [
            (
                np.array([keys[key] for key in spots.keys], np.int64)[spots.key] << _TEXT_BITS
                | spots.text
            )
            << _PLACE_BITS
            | field * _ROOM + np.minimum(spots.place, _ROOM - 1)
            for field, spots in enumerate(fields)
        ]
    )
    order = np.argsort(packed)
    packed = packed[order]
    place, packed = packed & (1 << _PLACE_BITS) - 1, packed >> _PLACE_BITS
    field, place = place // _ROOM, place % _ROOM
    first = np.flatnonzero(np.diff(packed, prepend=-1))
    key, paper = packed[first] >> _TEXT_BITS, packed[first] & (1 << _TEXT_BITS) - 1
    in_title = field[first] == _TITLE
    impact = body_impacts(sums(field == _BODY, first), fields[_BODY].lengths[paper])
    impact[sums(field == _TOPICS, first) > 0] = TOPIC_IMPACT
    impact[in_title] = title_impacts(fields[_TITLE].lengths)[paper[in_title]]
    impact[field[first] == _AUTHORS] = AUTHOR_IMPACT
    impact[field[first] == _FACTS] = 1
    posting = np.repeat(np.arange(len(first)), np.diff(first, append=len(packed)))
    joined = np.array([name[-1] == "-" for name in keys], bool)
    kept = (field == _BODY) | (field == _AUTHORS) | (field == _TITLE) & (place < ABSTRACT_START)
    kept &= ~joined[key[posting]]
    kept &= np.arange(len(field)) - first[posting] < MOST_PLACES
    return Postings.of(
        key=key,
        paper=paper,
        head=impact * 2 + in_title,
        title=np.where(in_title, np.minimum(place[first], MOST_FIRST), 0),
        count=np.bincount(posting[kept], minlength=len(first)),
        place=(place + ABSTRACT_START * (field == _BODY))[kept],
        beside=np.concatenate([spots.beside for spots in fields])[order][kept],
    )


def _card(paper: Document, tree: Tree) -> str:
    """What a list of results shows of a paper, as JSON."""
    row = (
        paper.title,
        paper.url,
        paper.date.isoformat(),
        [tree.numbers[slug] for slug in paper.topics],
        _byline(paper.authors),
        paper.votes or 0,
        int(paper.code),
        _gist(paper.abstract),
    )
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _byline(authors: Sequence[str]) -> str:
    """Three authors at most, else two: ``Ada Li, Bo Wang and 4 others``."""
    if len(authors) <= 3:
        return ", ".join(authors)
    return f"{', '.join(authors[:2])} and {len(authors) - 2} others"


def _gist(abstract: str) -> str:
    """The beginning of an abstract, to the end of a word."""
    text = " ".join(abstract.split(maxsplit=GIST))
    if len(text) <= GIST:
        return text
    return text[: text.rfind(" ", GIST // 2, GIST)].rstrip(",;:") + " …"
