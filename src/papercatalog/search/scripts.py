"""The browser's half as it is shipped: the modules of ``theme/assets/search`` without comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SCRIPTS = Path(__file__).parents[1] / "theme" / "assets" / "search"
"""Where the modules are, each as it is read and checked."""

_COMMENT = re.compile(r"^[ ]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)\n", re.MULTILINE)
_INDENT = re.compile(r"^ +", re.MULTILINE)


def strip_script(text: str) -> str:
    """A module without the comments that stand on lines of their own and without indentation.

    Comments that start ``/*!``, which name a licence, stay.
    """
    return _INDENT.sub("", _COMMENT.sub("", text))


def build_scripts() -> Iterator[tuple[str, bytes]]:
    """Each module's path relative to the site's root, and its content."""
    for path in sorted(SCRIPTS.glob("*.js")):
        text = strip_script(path.read_text(encoding="utf-8"))
        yield f"assets/search/{path.name}", text.encode("utf-8")
