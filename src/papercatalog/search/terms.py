"""The terms of the index: folded words, and marked terms beside them.

``chen@`` is an author's name, ``statespace-`` a hyphenated word written as one, ``#agents`` a
topic, ``+code`` stands for papers with code, ``^votes`` for votes, ``=2410.08115`` is an
identifier, ``~2025-07-29`` a day. The five with a mark at the front are facts, not words.
"""

from __future__ import annotations

from papercatalog.search.analysis import stem
from papercatalog.search.constants import AUTHOR_MARK, FACT_MARKS, JOINED_MARK

WORD_MARKS = AUTHOR_MARK + JOINED_MARK
"""The last characters of marked words."""


def term_stem(term: str) -> str:
    """Return what a term is sorted and found by: a word's stem, or the fact itself."""
    return term if term[0] in FACT_MARKS else stem(term.rstrip(WORD_MARKS))


def is_text_word(term: str) -> bool:
    """Whether a term is a word of a title, a topic's title or an abstract."""
    return term[0] not in FACT_MARKS and term[-1] != AUTHOR_MARK
