"""The browser's half as it is shipped: the modules of ``theme/assets/search``, joined and stripped.

The modules run as they are. Joined, they cost a reader one request instead of seventeen, and
without comments half the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SCRIPTS = Path(__file__).parents[1] / "theme" / "assets" / "search"
"""Where the modules are, each as it is read and checked."""

CORE = (
    "wire", "manifest", "postings", "stemmer", "shard", "analysis", "query", "spelling", "reader",
    "ranking", "phrases", "engine", "best", "highlight", "loader", "dom", "box",
)  # fmt: skip
"""What a query needs, and the box; each module after those it imports."""
PAGE = ("state", "facets", "filters", "page")
"""What the search page needs besides."""

_COMMENT = re.compile(r"^[ ]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)\n", re.MULTILINE)
_INDENT = re.compile(r"^ +|\n(?=\n)", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)


def strip_script(text: str) -> str:
    """A module without the comments that stand on lines of their own and without indentation.

    Comments that start ``/*!``, which name a licence, stay.
    """
    return _INDENT.sub("", _COMMENT.sub("", text))


def build_scripts() -> Iterator[tuple[str, bytes]]:
    """The three scripts, each with its path relative to the site's root."""
    yield "assets/search/start.js", strip_script(_module("start")).encode()
    yield "assets/search/box.js", strip_script(_join(CORE, {})).encode()
    yield "assets/search/page.js", strip_script(_join(PAGE, dict.fromkeys(CORE, "box"))).encode()


def _module(name: str) -> str:
    return (SCRIPTS / f"{name}.js").read_text(encoding="utf-8")


def _join(modules: tuple[str, ...], elsewhere: dict[str, str]) -> str:
    """Modules as one: imports among them go, imports of others come once from where they are."""
    imported: dict[str, set[str]] = {}
    bodies = []
    for module in modules:
        text = _module(module)
        for names, source in _IMPORT.findall(text):
            if source not in modules:
                found = {name.strip() for name in names.split(",") if name.strip()}
                imported.setdefault(elsewhere[source], set()).update(found)
        bodies.append(_IMPORT.sub("", text))
    imports = [
        f'import {{ {", ".join(sorted(names))} }} from "./{source}.js";\n'
        for source, names in sorted(imported.items())
    ]
    return "".join([*imports, *bodies])
