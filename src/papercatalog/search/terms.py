"""The keys of the index: words as written, folded, and marked keys beside them.

``chen@`` is a name in the authors, ``statespace-`` a hyphenated chunk as one word, ``#agents`` a
topic, ``+code`` papers with code, ``^votes`` votes, ``=2410.08115`` an identifier.
"""

from __future__ import annotations

from papercatalog.search.analysis import stem

FACT_MARKS = "#+^="
"""The first characters of keys that are not words."""
WORD_MARKS = "@-"
"""The last characters of keys that are words of another kind."""


def group_key(key: str) -> str:
    """What a key is sorted and found by: a word's stem; a fact's key as it is."""
    return key if key[0] in FACT_MARKS else stem(key.rstrip(WORD_MARKS))


def is_marked(key: str) -> bool:
    """Whether a key is a fact or a name, not a word of a title, a topic or an abstract."""
    return key[0] in FACT_MARKS or key[-1] == "@"
