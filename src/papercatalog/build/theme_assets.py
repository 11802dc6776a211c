"""What catalog pages load in place of the theme's own style sheets and script.

The theme's are made for every page that it can show: 58 kB, of which a catalog page uses a fifth. A
catalog page loads one style sheet, joined of the theme's and ours (`build.styles`), and one script,
``theme/assets/search/controls.js`` before our own. Pages outside the catalog load the theme's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from papercatalog.build.styles import Names, join_styles
from papercatalog.model.topics import Vocabulary
from papercatalog.outputs import CATALOG_SCRIPT, SCRIPT, STYLES
from papercatalog.outputs.artifacts import FileArtifact
from papercatalog.outputs.topic_colours import COLOURS, render_topic_colours

SHEET = "assets/stylesheets/catalog.css"
"""The joined style sheet. It lies beside the theme's, whose relative addresses stay true."""
THEME = Path(__file__).parents[1] / "theme"
MISSING_PAGE = "404.html"
"""The page for addresses without one."""
FEATURES = ("header.autohide", "announce.dismiss", "content.tooltips")
"""The theme's features, by prefix, that need its script on catalog pages."""
EXTRAS = ("consent", "version", "analytics")
"""Settings below ``extra`` that need it, too."""
_OBSERVABLE = re.compile(
    r"\b(?:document|location|target|keyboard|viewport|tablet|screen|print|alert|progress|component)"
    r"\$"
)
_LINK = re.compile(r'<link rel="stylesheet" href="(?P<path>[^"]*)">')
_SCRIPT_LINK = re.compile(r'<script src="(?P<path>[^"]*)"[^>]*></script>')
_THEME_SHEET = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css")
_THEME_SCRIPT = re.compile(r"assets/javascripts/bundle\.\w+\.min\.js")
_SHOWN_BY_SCRIPT = re.compile(
    r"""\sclass=["'][^"']*\b(?:annotate|highlight|mermaid|tabbed-set)\b"""
)
_MISSING = re.compile(r'<div class="pc-page" data-missing=.*?</div>', re.DOTALL)
_BY_SCRIPT = "js"
"""The class that scripts give a page in place of ``no-js``."""


def needs_theme_script(text: str) -> bool:
    """Tell whether a script or page uses what the theme's script offers to others."""
    return _OBSERVABLE.search(text) is not None


def shows_by_script(content: str) -> bool:
    """Tell whether people's text has what only the theme's script shows, such as tabs."""
    return _SHOWN_BY_SCRIPT.search(content) is not None


def find_missing_content(template: str, html: str) -> str:
    """Give the content of the page for addresses without one; empty if it is a project's own."""
    found = _MISSING.search(html) if template == MISSING_PAGE else None
    return found[0] if found else ""


class CatalogAssets:
    """Replaces the theme's files in pages, and makes the file that replaces its style sheets."""

    def __init__(self) -> None:
        self._names = Names({_BY_SCRIPT})
        self._sheets: dict[str, None] = {}
        self._elsewhere: dict[str, None] = {}
        self._icons: dict[str, None] = {}

    def replace(self, page: str, root: str) -> str:
        """Replace the theme's files in what stands around a page's content.

        A page without the theme's files, or one that uses its script, stays as it is.

        Args:
            page: The HTML around the content.
            root: Leads from the page to the site's root.
        """
        sheets = [path for path in _find(_LINK, page, root) if _is_joined(path)]
        scripts = [path for path in _find(_SCRIPT_LINK, page, root) if path != SCRIPT]
        has_theme = any(map(_THEME_SCRIPT.fullmatch, scripts)) and not set(STYLES) - set(sheets)
        if not has_theme or needs_theme_script(page):
            return page
        self._names.add_page(page)
        self._sheets |= dict.fromkeys(sheets)
        others = [path for path in _find(_LINK, page, root) if path not in sheets]
        self._elsewhere |= dict.fromkeys(
            path for path in (*others, *scripts) if not _THEME_SCRIPT.fullmatch(path)
        )
        first = f"{root}{sheets[0]}"

        def link(found: re.Match[str]) -> str:
            path = found["path"]
            if path == first:
                return f'<link rel="stylesheet" href="{root}{SHEET}">'
            return "" if path.removeprefix(root) in sheets else found[0]

        def script(found: re.Match[str]) -> str:
            path = found["path"].removeprefix(root)
            if _THEME_SCRIPT.fullmatch(path):
                return ""
            return found[0].replace(SCRIPT, CATALOG_SCRIPT) if path == SCRIPT else found[0]

        return _SCRIPT_LINK.sub(script, _LINK.sub(link, page))

    def add_content(self, content: str) -> None:
        """Add the HTML of a page's own part: styles of what people write in it stay."""
        self._names.add_page(content)

    def add_icons(self, rules: str) -> None:
        """Add rules that draw icons of the pages."""
        self._icons |= dict.fromkeys(rules.splitlines())

    def build(self, site: Path, vocabulary: Vocabulary) -> Iterator[FileArtifact]:
        """Build the style sheet of the pages so far.

        Args:
            site: The folder into which MkDocs has put the style sheets that are joined.
            vocabulary: The topics, which have colours.
        """
        if not self._sheets:
            return
        files = [*THEME.glob("templates/*.html"), *THEME.glob("assets/*/*.js")]
        for text in map(_read, files):
            self._names.add_text(text)
        elsewhere = [_read(site / path) for path in sorted(self._elsewhere)]
        for text in elsewhere:
            self._names.add_text(text)
        own = [*sorted(self._icons), render_topic_colours(vocabulary)]
        found = (_read(site / path) for path in self._sheets if path != COLOURS)
        sheets = [*found, "\n".join(own)]
        css = join_styles(sheets, self._names, "\n".join(elsewhere))
        yield FileArtifact(SHEET, css.encode())


def _is_joined(path: str) -> bool:
    return path in (*STYLES, COLOURS) or _THEME_SHEET.fullmatch(path) is not None


def _find(pattern: re.Pattern[str], page: str, root: str) -> list[str]:
    return [found["path"].removeprefix(root) for found in pattern.finditer(page)]


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
