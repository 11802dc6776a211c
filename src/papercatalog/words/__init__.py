"""The site's own words: one table a language, with its dates and numbers.

``en.toml``, ``de.toml`` and ``zh.toml`` have the same keys. Whoever adds a language adds a table.
"""

from __future__ import annotations

from papercatalog.words.table import (
    DEFAULT,
    LANGUAGES,
    UnknownWordError,
    Words,
    choose_language,
    load_words,
    name_locale,
)

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "UnknownWordError",
    "Words",
    "choose_language",
    "load_words",
    "name_locale",
]
