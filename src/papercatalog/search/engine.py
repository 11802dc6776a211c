"""Answers a query from an index: which papers, in which order. ``engine.js`` does so in the
browser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from papercatalog.search.analysis import stem
from papercatalog.search.constants import (
    AUTHOR_MARK,
    CODE_FACT,
    COMPLETE_BELOW_POSTINGS,
    COMPLETION_WEIGHT,
    CORRECTION_WEIGHT,
    DAY_LENGTH,
    DAY_MARK,
    IDENTIFIER_MARK,
    JOINED_MARK,
    MIN_PREFIX_LENGTH,
    TOPIC_MARK,
    VOTES_FACT,
    WORD_WEIGHT,
)
from papercatalog.search.phrases import find_phrase
from papercatalog.search.postings import Posting
from papercatalog.search.query import Clause, parse_query
from papercatalog.search.ranking import Hit, QueryTerm, WeightedList, idf, rank
from papercatalog.search.reader import SearchIndex
from papercatalog.search.spelling import (
    anchor_length,
    max_edits,
    offer_completions,
    pick_completions,
    pick_corrections,
)


@dataclass(frozen=True, slots=True)
class Results:
    """The result of a query."""

    hits: tuple[Hit, ...] = ()
    """All papers found, in order."""
    corrections: tuple[tuple[str, str], ...] = ()
    """Words that were not found, each with the word that was searched instead."""
    completions: tuple[str, ...] = ()
    """What the last word, still being typed, may become, by `offer_completions`."""
    direct: bool = False
    """Whether the query is a paper's identifier."""


def search(
    index: SearchIndex,
    text: str,
    *,
    filters: Sequence[Clause] = (),
    sort: str = "relevance",
    typing: bool = False,
) -> Results:
    """Find all papers for a query. Raises IndexFormatError.

    Args:
        index: The index.
        text: The query.
        filters: Clauses that the query does not say: a topic, a year, month or day, ``code``.
        sort: One of `SORTS`.
        typing: Whether the last word is still being typed, and so may be a prefix.
    """
    query = parse_query(text, typing=typing)
    if query.identifier:
        found = fact_postings(index, IDENTIFIER_MARK + query.identifier)
        if found:
            return Results(tuple(Hit(posting.paper, 0, 1) for posting in found), direct=True)
    clauses = [*query.clauses, *filters]
    wanted = [c for c in clauses if c.kind in ("word", "phrase") and not c.exclude]
    matches = [_ClauseMatch(clause, QueryTerm(_find_lists(index, clause))) for clause in wanted]
    completions: list[str] = []
    for match in matches:
        word = match.clause.text
        if match.clause.prefix and len(word) >= MIN_PREFIX_LENGTH:
            longer = index.words_starting(word)
            posting_count = sum(len(one.postings) for one in match.term.lists)
            if posting_count < COMPLETE_BELOW_POSTINGS:
                for other in pick_completions(word, longer):
                    match.term.lists += _find_lists(index, match.clause, other, COMPLETION_WEIGHT)
            if match.clause is query.clauses[-1]:
                completions = offer_completions(word, longer)
        if not match.term.lists:
            match.add_corrections(index, max_edits(word))
    hits = _rank(index, clauses, matches)
    if matches and (not hits or hits[0].matched < len(matches)):
        for match in matches:
            if not match.corrections:
                match.add_corrections(index, min(1, max_edits(match.clause.text)))
        hits = _rank(index, clauses, matches)
    return Results(
        tuple(_sort(index, hits, sort)),
        tuple((match.clause.text, match.corrections[0]) for match in matches if match.misspelt),
        tuple(completions),
    )


@dataclass(slots=True)
class _ClauseMatch:
    """A word or phrase that results should have, and the posting lists that satisfy it."""

    clause: Clause
    term: QueryTerm
    corrections: list[str] = field(default_factory=list)
    misspelt: bool = False
    """Whether only corrections were found."""

    def add_corrections(self, index: SearchIndex, limit: int) -> None:
        """Accept the words at an edit distance of at most ``limit`` too."""
        word = self.clause.text
        if self.clause.kind != "word" or limit == 0:
            return
        size = anchor_length(word)
        near = index.words_starting(word[:size]) + index.words_ending(word[-size:])
        self.corrections = pick_corrections(word, near, limit)
        self.misspelt = not self.term.lists and bool(self.corrections)
        for other in self.corrections:
            self.term.lists += _find_lists(index, self.clause, other, CORRECTION_WEIGHT)


def _find_lists(
    index: SearchIndex, clause: Clause, word: str = "", weight: int = WORD_WEIGHT
) -> list[WeightedList]:
    """Find the posting lists of a clause, with another ``word`` in place of its own if given."""
    word = word or clause.text
    if clause.kind == "phrase":
        return find_phrase(index, clause)
    lists = index.posting_lists(stem(word.rstrip(JOINED_MARK)))
    in_text = {term: list_ for term, list_ in lists.items() if not term.endswith(AUTHOR_MARK)}
    document_frequency = len({posting.paper for list_ in in_text.values() for posting in list_})
    rarity = idf(index.paper_count, document_frequency)
    found = []
    for term, postings in in_text.items():
        if clause.field == "title":
            postings = [posting for posting in postings if posting.title_position >= 0]
        if postings and clause.field != "author":
            found.append(WeightedList(postings, rarity, weight, term == word))
    of_authors = lists.get(word + AUTHOR_MARK, [])
    if of_authors and clause.field != "title":
        rarity = idf(index.paper_count, len(of_authors))
        found.append(WeightedList(of_authors, rarity, weight, True))
    return found


def _rank(
    index: SearchIndex, clauses: Sequence[Clause], matches: Sequence[_ClauseMatch]
) -> list[Hit]:
    """Rank the papers that all clauses allow; without words to rank by, the newest first."""
    terms = []
    for match in matches:
        terms.append(match.term)
        if match.clause.joined:
            joined = _find_lists(index, match.clause, match.clause.joined + JOINED_MARK)
            terms.append(QueryTerm(joined, optional=True))
    allowed = _allowed_papers(index, clauses, matches)
    if matches:
        return rank(terms, allowed)
    return [Hit(paper, 0, 0) for paper in sorted(allowed or (), reverse=True)]


def _allowed_papers(
    index: SearchIndex, clauses: Sequence[Clause], matches: Sequence[_ClauseMatch]
) -> set[int] | None:
    """The papers that no clause rules out; None if no clause rules any out."""
    required = [
        {posting.paper for one in match.term.lists for posting in one.postings}
        for match in matches
        if match.clause.field or match.clause.kind == "phrase"
    ]
    for clause in clauses:
        if clause.kind not in ("word", "phrase") and not clause.exclude:
            required.append(_papers_of(index, clause))
    excluded = [_papers_of(index, clause) for clause in clauses if clause.exclude]
    if not required and not excluded:
        return None
    allowed = set.intersection(*required) if required else set(range(index.paper_count))
    return allowed.difference(*excluded)


def _papers_of(index: SearchIndex, clause: Clause) -> set[int]:
    """The papers for which a clause holds."""
    if clause.kind == "year":
        return _papers_of_time(index, clause.text)
    if clause.kind in ("topic", "code"):
        fact = CODE_FACT if clause.kind == "code" else TOPIC_MARK + clause.text
        return {posting.paper for posting in fact_postings(index, fact)}
    return {posting.paper for one in _find_lists(index, clause) for posting in one.postings}


def fact_postings(index: SearchIndex, fact: str) -> list[Posting]:
    """The posting list of a fact, which is its own stem; an empty one if no paper has it."""
    return index.posting_lists(fact).get(fact, [])


def _papers_of_time(index: SearchIndex, time: str) -> set[int]:
    """The papers of a year, month or day: papers are numbered by date."""
    if len(time) == DAY_LENGTH:
        return {posting.paper for posting in fact_postings(index, DAY_MARK + time)}
    first = 0
    found: set[int] = set()
    for month, size in index.manifest.months:
        if month.startswith(time):
            found.update(range(first, first + size))
        first += size
    return found


def _sort(index: SearchIndex, hits: list[Hit], sort: str) -> list[Hit]:
    if sort == "date":
        return sorted(hits, key=lambda hit: -hit.paper)
    if sort == "votes":
        votes = {posting.paper: posting.impact for posting in fact_postings(index, VOTES_FACT)}
        return sorted(hits, key=lambda hit: (-votes.get(hit.paper, 0), -hit.paper))
    return hits
