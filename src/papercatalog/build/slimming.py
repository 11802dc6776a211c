"""Slims pages: what all pages repeat goes into files that they share.

The theme writes its icons, its inline scripts, and controls that need scripts into every page.
`slim_page` takes them out of what stands around a page's content: icons go into a style sheet, the
rest into script files that put it back where it stood. Markup that it does not know, such as that
of another version of the theme, stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from papercatalog.build.theme_assets import CatalogAssets

FOLDER = "assets/shell"
"""Where the files lie in the site, each named by its content."""
_HERE_END = "<!-- /by script -->"
_HERE = re.compile(rf"<!-- by script -->(.*?){_HERE_END}", re.DOTALL)
"""What our templates mark: only scripts show it or use it, in its place."""
_TOP = re.compile(r'<button [^>]*data-md-component="top".*?</button>', re.DOTALL)
_LATE = re.compile(
    rf"{_TOP.pattern}"
    r'|<input class="md-toggle"[^>]*>'
    r'|<label class="md-overlay" for="__drawer"></label>'
    r'|<div class="md-dialog" data-md-component="dialog">\s*<div [^>]*></div>\s*</div>'
    r"|<script>var target=.*?</script>"
    r'|<script id="__config".*?</script>',
    re.DOTALL,
)
"""What only the theme's scripts show or use, wherever it stands; its settings are the last."""
_EARLY = re.compile(r"<script>(__md_scope=.*?)</script>", re.DOTALL)
"""The functions that the theme's other scripts call."""
_NEEDLESS = re.compile(
    r"<!--.*?-->"
    r'|<meta name="generator"[^>]*>'
    r'|<div data-md-component="(?:skip|announce)">\s*</div>',
    re.DOTALL,
)
_RUNS = re.compile(r"<script(?! type=\"application/ld\+json\")")
"""The beginning of a script that runs; JSON-LD is data."""
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ICON = re.compile(
    r'<svg xmlns="http://www.w3.org/2000/svg" (viewBox="[^"]*")>((?:(?!<svg|\bid=).)*?)</svg>',
    re.DOTALL,
)
_STYLES = re.compile(r'<link rel="stylesheet"[^>]*>(?!.*<link rel="stylesheet")', re.DOTALL)
_TOKEN = re.compile(
    r"(?P<raw><(?P<name>pre|textarea|script|style)\b.*?</(?P=name)\s*>)"
    r"|</?(?P<tag>[a-zA-Z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL,
)
_IN_TAG = re.compile(r"""("[^"]*"|'[^']*')|\s+""")
_BLOCKS = frozenset(
    (
        *("article", "aside", "body", "details", "div", "footer", "form", "head", "header"),
        *("html", "main", "meta", "nav", "noscript", "section"),
        *("caption", "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("hr", "legend", "link", "p", "summary", "title"),
        *("dd", "dl", "dt", "li", "ol", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
        "ul",
    )
)
"""Elements beside which white space does not show."""
_CONTENT = "\N{NULL}"


@dataclass(frozen=True, slots=True)
class SlimPage:
    """A page, and the files that it loads in place of what was taken out of it."""

    html: str
    files: dict[str, str]
    """Scripts and styles by path below the site."""


def slim_page(
    html: str,
    content: str,
    root: str,
    placeholders: Iterable[str] = (),
    assets: CatalogAssets | None = None,
) -> SlimPage:
    """Slim what the theme put around a page's ``content``, which itself stays as it is.

    Args:
        html: The page as the theme rendered it.
        content: The page's own part of that.
        root: Leads from the page to the site's root: ``../../``, or empty at the root itself.
        placeholders: A part that holds one of these stays in the page: other texts will take the
            placeholders' places.
        assets: Replaces the theme's style sheets and script; without it they stay.
    """
    if not content or content not in html:
        return SlimPage(html, {})
    before, _, after = html.partition(content)
    files: dict[str, str] = {}

    def load(markup: str) -> str:
        if any(name in markup for name in placeholders):
            return markup
        path = _store(files, "js", _write_script(markup))
        return f'<script src="{root}{path}"></script>'

    whole = f"{before}{_CONTENT}{after}"
    page = assets.replace(whole, root) if assets else whole
    is_replaced = page != whole
    page = _drop_late(_move_early(page)) if is_replaced else _move_early(page)
    page = _move_late(_HERE.sub(lambda part: load(part[1]), page), load)
    page, rules = _move_icons(_NEEDLESS.sub("", page))
    if assets and is_replaced:
        assets.add_icons(rules)
    elif rules:
        link = f'<link rel="stylesheet" href="{root}{_store(files, "css", rules)}">'
        page = _STYLES.sub(lambda last: f"{last[0]}{link}", page, 1)
    return SlimPage(minify_html(page).replace(_CONTENT, content, 1), files)


def minify_html(html: str) -> str:
    """Leave out white space that does not show, but in what keeps it."""
    tokens = list(_TOKEN.finditer(html))
    names = ["", *((token["tag"] or token["name"] or "").lower() for token in tokens), ""]
    made = []
    for place, token in enumerate(tokens):
        if token["text"] is not None:
            text = re.sub(r"[ \t\n\f\r]+", " ", token[0])
            text = text.removeprefix(" ") if names[place] in _BLOCKS else text
            text = text.removesuffix(" ") if names[place + 2] in _BLOCKS else text
            made.append(text)
        elif token["tag"]:
            tag = _IN_TAG.sub(lambda part: part[1] or " ", token[0][:-1])
            made.append(f"{tag.removesuffix(' ')}>")
        else:
            made.append(token[0])
    return "".join(made)


def _move_early(page: str) -> str:
    """Put the functions of the theme's scripts where the first of these stand, if all are ours."""
    early, here = _EARLY.search(page), _HERE.search(page)
    if not early or not here or len(_RUNS.findall(page, 0, here.start())) > 1:
        return page
    there = page[early.end() : here.start(1)]
    return f"{page[: early.start()]}{there}{early[0]}{page[here.start(1) :]}"


def _move_late(page: str, load: Callable[[str], str]) -> str:
    """Join the parts whose place does not matter into one script, where the settings stood."""
    parts = _LATE.findall(page)
    if not parts or not parts[-1].startswith('<script id="__config"'):
        return page
    script = load("".join(parts))
    return _LATE.sub(lambda part: script if part[0] == parts[-1] else "", page)


def _drop_late(page: str) -> str:
    """Drop what only the theme's script uses, but the button to the top: our own uses that, too."""
    buttons = "".join(_TOP.findall(page))
    late = _LATE.sub("", page)
    return late.replace(_HERE_END, f"{buttons}{_HERE_END}", 1)


def _move_icons(page: str) -> tuple[str, str]:
    """Draw each icon by a rule of a style sheet, in the colour of the text around it.

    Gives the page and the rules, which are empty for a page without style sheets.
    """
    rules = {}

    def name(icon: re.Match[str]) -> str:
        key = f"pc-i{_hash(icon[0])[:6]}"
        image = quote(re.sub(r"<!--.*?-->", "", icon[0]), safe=" =:/'")
        mask = f'url("data:image/svg+xml,{image}") center/contain no-repeat'
        rules[key] = f".{key}{{background:currentcolor;-webkit-mask:{mask};mask:{mask}}}"
        return f'<svg class="{key}" {icon[1]}></svg>'

    drawn = _ICON.sub(name, page)
    if not _STYLES.search(page) or not rules:
        return page, ""
    visible = "@media(forced-colors:active){[class^=pc-i]{background:CanvasText}}"
    return drawn, "\n".join([*rules.values(), visible, ""])


def _write_script(markup: str) -> str:
    """Write a script that puts markup before itself and runs the scripts of it, in their order."""
    lines = []
    for place, part in enumerate(_SCRIPT.split(markup)):
        if place % 2:
            lines.append(part)
        elif part.strip():
            text = json.dumps(minify_html(_NEEDLESS.sub("", part)).strip(), ensure_ascii=False)
            lines.append(f'document.currentScript.insertAdjacentHTML("beforebegin",{text})')
    return "".join(f"{line}\n;" for line in lines)


def _store(files: dict[str, str], kind: str, text: str) -> str:
    path = f"{FOLDER}/{_hash(text)}.{kind}"
    files[path] = text
    return path


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
