"""Finds the papers with a phrase by the positions of its words. ``phrases.js`` does so in the
browser.
"""

from __future__ import annotations

from papercatalog.search.analysis import stem
from papercatalog.search.constants import (
    ABSTRACT_START,
    AUTHOR_MARK,
    AUTHOR_STEP,
    JOINED_MARK,
    MAX_ABSTRACT_IMPACT,
    PHRASE_TITLE_IMPACT,
    WORD_WEIGHT,
)
from papercatalog.search.postings import Posting
from papercatalog.search.query import Clause, PhraseWord
from papercatalog.search.ranking import WeightedList, idf
from papercatalog.search.reader import SearchIndex


def find_phrase(index: SearchIndex, clause: Clause) -> list[WeightedList]:
    """Find the papers whose words, in any form but for names, stand as in the phrase.

    A stop word of the phrase must match where it stands beside another word. A paper that has the
    words in other forms only gets half the impact.
    """
    as_written = _find_starts(index, clause, as_written=True)
    postings = []
    for paper, starts in sorted(_find_starts(index, clause, as_written=False).items()):
        first = min(starts)
        in_title = clause.field != "author" and first < ABSTRACT_START
        if in_title or clause.field != "title":
            impact = PHRASE_TITLE_IMPACT if in_title else MAX_ABSTRACT_IMPACT
            impact = impact if paper in as_written else impact // 2
            postings.append(Posting(paper, impact, first if in_title else -1))
    if not postings:
        return []
    return [WeightedList(postings, idf(index.paper_count, len(postings)), WORD_WEIGHT, True)]


def _find_starts(index: SearchIndex, clause: Clause, *, as_written: bool) -> dict[int, set[int]]:
    """The positions where the phrase starts, by paper."""
    starts: dict[int, set[int]] | None = None
    for word in clause.words:
        of_word = _starts_by_word(index, clause, word, as_written=as_written)
        if starts is None:
            starts = of_word
        else:
            both = starts.keys() & of_word.keys()
            starts = {paper: starts[paper] & of_word[paper] for paper in both}
    return {paper: positions for paper, positions in (starts or {}).items() if positions}


def _starts_by_word(
    index: SearchIndex, clause: Clause, phrase_word: PhraseWord, *, as_written: bool
) -> dict[int, set[int]]:
    """The positions where the phrase would start according to one of its words, by paper."""
    word, offset, context = phrase_word
    is_author = clause.field == "author"
    step = AUTHOR_STEP if clause.starts_name else 1
    mask = (0xF0 if context & 0xF0 else 0) | (0x0F if context & 0x0F else 0)
    found: dict[int, set[int]] = {}
    for term, postings in index.posting_lists(stem(word)).items():
        if term.endswith(JOINED_MARK) or term.endswith(AUTHOR_MARK) != is_author:
            continue
        if (as_written or is_author) and term.rstrip(AUTHOR_MARK) != word:
            continue
        of_postings = index.positions(stem(word), term)
        for posting, positions in zip(postings, of_postings, strict=True):
            starts = [position - offset for position, has in positions if has & mask == context]
            at_step = [start for start in starts if start % step == 0]
            found.setdefault(posting.paper, set()).update(at_step)
    return found
