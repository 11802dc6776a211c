"""Bundles the modules of ``theme/assets/search``, ``cite`` and ``lists`` for the site.

The modules run unbundled, too. As bundles, stripped of comments, they cost a reader one request
instead of one a module, and half the bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from papercatalog.model.ids import ARXIV_PATTERN, DOI_PATTERN
from papercatalog.model.names import STROKES
from papercatalog.outputs.script_words import MODULE, needs_numbers, put_words
from papercatalog.search import constants
from papercatalog.search.analysis import STOP_WORDS
from papercatalog.words import Words

SCRIPTS = Path(__file__).parents[1] / "theme" / "assets" / "search"
"""The folder of the modules of search."""
CITE = SCRIPTS.parent / "cite"
"""The folder of the modules of citations."""
LISTS_FOLDER = SCRIPTS.parent / "lists"
"""The folder of the modules that lists of papers and the reading list have."""
CONSTANTS = "constants"
"""The module that is generated from Python and lies in no folder."""
BROWSER_CONSTANTS: Mapping[str, object] = {
    "STOP_WORDS": STOP_WORDS,
    "STROKES": STROKES,
    "ARXIV_PATTERN": ARXIV_PATTERN,
    "DOI_PATTERN": DOI_PATTERN,
    **{name: value for name, value in vars(constants).items() if name.isupper()},
}
"""What Python and the browser share, by name."""

BOX = (
    "codec", "manifest", "postings", "fold", "stemmer", "terms", "term_shard", "analysis",
    "identifiers", "query", "spelling", "reader", "ranking", "phrases", "engine", "best",
    "numbers", "highlight", "loader", "dom", "box",
)  # fmt: skip
"""The modules of ``box.js``: the search engine and the header's box, each after its imports."""
PAGE = ("state", "facet_counts", "facets", "fill", "page")
"""The modules of ``page.js``, the search page; it imports the others from ``box.js``."""
MISSING = ("missing",)
"""The modules of ``missing.js``, for addresses without a page."""
NAMES = ("fold", "numbers", "dom", "names")
"""The modules of ``names.js``, which finds people on the list of authors."""
IDENTIFIERS = ("identifiers",)
"""The modules of ``identifiers.js``, which the form "Add a paper" loads without the engine."""
FORMATS = ("item", "bibtex", "ris", "formats")
"""The modules of ``formats.js``: the writers of citations."""
BLOCK = ("sentence", "block")
"""The modules of ``block.js``, for papers' pages."""
LISTS = ("../search/numbers", "lists")
"""The modules of ``lists.js``, which makes files of lists and of search results."""
START = ("../lists/storage", "../lists/shortcuts", "start")
"""The modules of ``start.js``, which every page loads."""
CATALOG = ("controls", *START)
"""The modules of ``catalog.js``, the one script of catalog pages."""
ROWS = (
    "../search/fold", "../search/numbers", "../search/dom", "storage", "shortcuts", "density",
    "marks", "mark_buttons", "papers", "view", "row", "toolbar", "rows",
)  # fmt: skip
"""The modules of ``rows.js``, for pages with lists of papers."""
PAPER = ("../search/numbers", "storage", "shortcuts", "marks", "mark_buttons", "paper")
"""The modules of ``paper.js``, for papers' pages."""
HELP = ("../search/dom", "storage", "shortcuts", "help")
"""The modules of ``help.js``, which shows the keys."""
READING = ("../search/fill", "transfer", "lookup", "reading")
"""The modules of ``reading.js``, the page of the reading list."""

_COMMENT = re.compile(r"^[ ]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)\n", re.MULTILINE)
_INDENT = re.compile(r"^ +|\n(?=\n)", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(?:\./)?((?:\.\./\w+/)?\w+)\.js";\n', re.MULTILINE)


def build_scripts(words: Words) -> Iterator[tuple[str, bytes]]:
    """Yield each script with its path relative to the site's root.

    Args:
        words: What the scripts say.
    """
    bundle = partial(_bundle, words)
    in_box = dict.fromkeys(BOX, "box")
    yield "assets/search/start.js", bundle(START, {})
    yield "assets/search/catalog.js", bundle(CATALOG, {})
    yield "assets/search/identifiers.js", bundle(IDENTIFIERS, {})
    yield "assets/search/missing.js", bundle(MISSING, {})
    yield "assets/search/names.js", bundle(NAMES, {})
    yield "assets/search/box.js", bundle(BOX, {})
    yield "assets/search/page.js", bundle(PAGE, in_box)
    in_formats = dict.fromkeys(FORMATS, "formats")
    yield "assets/cite/formats.js", bundle(FORMATS, {}, CITE)
    yield "assets/cite/block.js", bundle(BLOCK, in_formats, CITE)
    yield "assets/cite/lists.js", bundle(LISTS, in_formats, CITE)
    yield "assets/lists/rows.js", bundle(ROWS, {}, LISTS_FOLDER)
    yield "assets/lists/paper.js", bundle(PAPER, {}, LISTS_FOLDER)
    yield "assets/lists/help.js", bundle(HELP, {}, LISTS_FOLDER)
    in_other = {
        **dict.fromkeys(ROWS, "rows"),
        **{f"../cite/{module}": "../cite/formats" for module in FORMATS},
    }
    yield "assets/lists/reading.js", bundle(READING, in_other, LISTS_FOLDER)


def render_constants(names: Collection[str] = BROWSER_CONSTANTS.keys()) -> str:
    """Render the constants with these names as a JavaScript module."""
    render = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    return "".join(
        f"export const {name} = {render(value)};\n"
        for name, value in BROWSER_CONSTANTS.items()
        if name in names
    )


def strip_script(text: str) -> str:
    """Strip a module of indentation and of comments on lines of their own.

    Comments that start with ``/*!``, which name a licence, stay.
    """
    return _INDENT.sub("", _COMMENT.sub("", text))


def _bundle(
    words: Words,
    modules: tuple[str, ...],
    elsewhere: Mapping[str, str],
    folder: Path = SCRIPTS,
) -> bytes:
    """Join modules into one script with the constants that they import and the words they say.

    Args:
        words: What they say.
        modules: Their names, each after those that it imports.
        elsewhere: The script that has each other module that they import.
        folder: Where they lie.
    """
    imported: dict[str, set[str]] = {}
    here = {name for module in modules for name in (module, module.rpartition("/")[2])}
    bodies = []
    for module in modules:
        text = (folder / f"{module}.js").read_text(encoding="utf-8")
        for names, source in _IMPORT.findall(text):
            if source not in here and not source.endswith(MODULE):
                script = source if source == CONSTANTS else elsewhere[source]
                found = {name.strip() for name in names.split(",") if name.strip()}
                imported.setdefault(script, set()).update(found)
        if needs_numbers(words, text) and "numbers" not in here:
            script = elsewhere["numbers" if folder == SCRIPTS else "../search/numbers"]
            imported.setdefault(script, set()).add("formatNumber")
        bodies.append(_IMPORT.sub("", text))
    shared = render_constants(imported.pop(CONSTANTS, set())).replace("export ", "")
    imports = [
        f'import {{ {", ".join(sorted(names))} }} from "./{script}.js";\n'
        for script, names in sorted(imported.items())
    ]
    said = put_words(words, "".join(bodies))
    return strip_script("".join([*imports, shared, said])).encode()
