"""A catalog with hostile text in every field that strangers fill, and a harmless twin of it."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from pathlib import Path

from papercatalog.model.field_types import parse_address
from papercatalog.model.ids import parse_doi
from papercatalog.model.invisible import find_unsafe_sign
from papercatalog.sources.digest import parse_digest
from repository import SMALL, run_command

HOST = "attacker.example"
"""The host that all pieces name; no page may load anything from it."""
_CALL = "alert(1)"
PIECES = (
    # elements, and what ends others
    f"<script>{_CALL}</script>",
    f"<script src=https://{HOST}/a.js></script>",
    f"</script><script>{_CALL}</script>",
    f"</title><script>{_CALL}</script>",
    f"</textarea><img src=x onerror={_CALL}>",
    f"</style><svg onload={_CALL}>",
    f"<!--><img src=x onerror={_CALL}>-->",
    f"--><script>{_CALL}</script>",
    f"]]><script>{_CALL}</script>",
    f"<![CDATA[<script>{_CALL}</script>]]>",
    f"<img src=x onerror={_CALL}>",
    f"<img src=https://{HOST}/a.png>",
    f"<svg/onload={_CALL}>",
    f"<svg><script>{_CALL}</script></svg>",
    f"<math><mtext><style><img src=x onerror={_CALL}></style></mtext></math>",
    f"<math href=javascript:{_CALL}>x</math>",
    f"<iframe srcdoc='<script>{_CALL}</script>'></iframe>",
    f"<iframe src=https://{HOST}/></iframe>",
    f"<object data=https://{HOST}/></object>",
    f"<embed src=https://{HOST}/>",
    f"<link rel=stylesheet href=https://{HOST}/a.css>",
    f"<style>@import 'https://{HOST}/a.css'</style>",
    f"<base href=https://{HOST}/>",
    f"<meta http-equiv=refresh content='0;url=https://{HOST}/'>",
    f"<form action=https://{HOST}/><button>x</button></form>",
    f"<button formaction=javascript:{_CALL}>x</button>",
    f"<details open ontoggle={_CALL}>x</details>",
    f"<video><source onerror={_CALL}></video>",
    f"<body onload={_CALL}>",
    f"<input autofocus onfocus={_CALL}>",
    f"<template><script>{_CALL}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={_CALL}>'></noscript>",
    f"<a href=javascript:{_CALL}>x</a>",
    "<p style=position:fixed;inset:0>x</p>",
    f"<<script>{_CALL}//<</script>",
    f"<scr<script>ipt>{_CALL}</script>",
    f"<SCRIPT/XSS SRC=//{HOST}/a.js></SCRIPT>",
    "<plaintext>",
    "</div></body></html>",
    # what ends attributes
    f'" onmouseover="{_CALL}',
    f"' onmouseover='{_CALL}",
    f'"><script>{_CALL}</script>',
    f"'><script>{_CALL}</script>",
    f"` onmouseover=`{_CALL}",
    'a" style="position:fixed',
    # character references
    f"&lt;script&gt;{_CALL}&lt;/script&gt;",
    f"&#60;script&#62;{_CALL}&#60;/script&#62;",
    f"&#x22; onmouseover=&#x22;{_CALL}",
    f"java&#x73;cript:{_CALL}",
    # Markdown
    f"[x](javascript:{_CALL})",
    f"[x](JaVaScRiPt:{_CALL})",
    f"[x](java&Tab;script:{_CALL})",
    f"[x](data:text/html,<script>{_CALL}</script>)",
    f"[x](vbscript:{_CALL})",
    f"[x](//{HOST}/a)",
    f"[x](https://{HOST}/a)",
    f'[x](https://{HOST}/a "t" onclick={_CALL})',
    f"![x](https://{HOST}/a.png)",
    f"![x](javascript:{_CALL})",
    f"<javascript:{_CALL}>",
    f"<https://{HOST}/a>",
    f"[x][y] [y]: javascript:{_CALL}",
    f"`<script>{_CALL}</script>`",
    f"# <script>{_CALL}</script>",
    f"{{: onclick={_CALL} }}",
    f"x {{ onclick={_CALL} }}",
    "--8<-- '/etc/passwd'",
    ":material-skull: :::python.name",
    # formulas and LaTeX
    f"$`\\href{{javascript:{_CALL}}}{{x}}`$",
    f"$`\\text{{<script>{_CALL}</script>}}`$",
    "$`{a \\above 300em b}`$",
    f"\\href{{javascript:{_CALL}}}{{x}}",
    f"\\url{{javascript:{_CALL}}}",
    "\\input{/etc/passwd}",
    # templates
    "{{ config }}",
    "{{ 7 * 7 }} {% raw %}",
    "{% include '/etc/passwd' %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "%s %n {0} {}",
    "placeholdertitle7f3a placeholderbody7f3a",
    # other readers: spreadsheets, YAML, JSON, terminals, text
    f'=HYPERLINK("https://{HOST}/","x")',
    "!!python/object/apply:os.system ['true']",
    "---\\n: x",
    '{"__proto__": {"polluted": 1}}',
    "__proto__ constructor",
    "../../../etc/passwd",
    "\u2028alert(1)\u2029",
    "\u202egnp.exe\u202c",
    "\u2067open",
    "a\u0000b\u001b[2J",
    "\ufeff\u200b\u00ad",
    "\u0130\ufb03\u1e9e\U0001f469\u200d\U0001f4bb",
    "Z\u0351\u0343\u0300" * 20,
    f"javascript:{_CALL}//https://a.org",
    "W" * 400,
)
HARMLESS = tuple(f"Harmless words {number}" for number in range(len(PIECES)))


def write_catalog(root: Path, pieces: Sequence[str]) -> Path:
    """Write a catalog in which each piece stands in every field, and import sources of them.

    The pages of two catalogs whose pieces differ have the same names.
    """
    root.mkdir(parents=True)
    shutil.copy(SMALL / "mkdocs.yml", root)
    for number, piece in enumerate(pieces):
        _write_paper(root, number, _printable(piece))
    for number in range(3):
        _write_topic(root, number, pieces)
    _write_author(root, pieces)
    _import_sources(root, pieces)
    return root


def _printable(piece: str) -> str:
    """Leave out what `check` would refuse, as its own tests say."""
    return "".join(sign for sign in piece if not find_unsafe_sign(sign)) or "x"


def _quote(text: str) -> str:
    """Write a text as YAML, with every sign that is not printable as an escape."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    signs = (sign if sign.isprintable() else f"\\U{ord(sign):08X}" for sign in quoted)
    return f'"{"".join(signs)}"'


def _write_page(root: Path, path: str, front: dict[str, str], body: str) -> None:
    page = root / path
    page.parent.mkdir(parents=True, exist_ok=True)
    facts = "".join(f"{key}: {value}\n" for key, value in front.items())
    page.write_text(f"---\n{facts}---\n\n{body}\n", "utf-8")


def _write_paper(root: Path, number: int, piece: str) -> None:
    front = {
        "title": _quote(piece),
        "date": f"2025-07-{1 + number % 28:02}",
        "topics": f"[topic-{number % 3}]",
        "authors": f"[{_quote(piece)}, {_quote(f'Ada {piece}')}, Common Author]",
        "doi": _quote(_fit(f"10.1000/({piece.lower()})", "doi", number)),
        "venue": _quote(piece),
        "keywords": f"[{_quote(piece)}]",
        "links": "",
        **{f"  {name}": _quote(_fit(f"https://{HOST}/{piece}", name, number)) for name in _LINKS},
    }
    body = f"{piece}\n\nText {piece} text {piece}.\n\n- {piece}\n\n> {piece}\n\n    {piece}"
    _write_page(root, f"docs/papers/2025/paper-{number}.md", front, body)


_LINKS = ("paper", "pdf", "code", "project")


def _fit(value: str, field: str, number: int) -> str:
    """Give a value, or one like it where the field cannot hold it."""
    try:
        fitting = value == (parse_doi if field == "doi" else parse_address)(value)
    except ValueError:
        fitting = False
    base = "10.1000/" if field == "doi" else "https://example.org/"
    return value if fitting else f"{base}{field}-{number}"


def _write_topic(root: Path, number: int, pieces: Sequence[str]) -> None:
    shown = [*map(_printable, pieces)][number::3]
    front = {"title": _quote(" ".join(shown)[:1500]), "terms": f"[term number {'abc'[number]}]"}
    _write_page(root, f"docs/topics/topic-{number}.md", front, "\n\n".join(shown))


def _write_author(root: Path, pieces: Sequence[str]) -> None:
    front = {"names": "[Common Author]", "homepage": f"https://{HOST}/?a=1&b=2"}
    _write_page(root, "docs/authors/common-author.md", front, "\n\n".join(map(_printable, pieces)))


def _is_digest(paragraphs: Sequence[str]) -> bool:
    """Whether each of some papers is read from a digest; markup alone is rejected as a web page."""
    return not parse_digest("\n".join(paragraphs).encode(), "2025-07-29.txt").rejected


def _import_sources(root: Path, pieces: Sequence[str]) -> None:
    """Import a table, a bibliography, a digest and a form, which hold the pieces as they are."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["title", "authors", "abstract", "venue", "keywords", "date", "doi"])
    entries: list[str] = []
    paragraphs: list[str] = []
    for number, piece in enumerate(pieces):
        text = piece.replace("\0", "")
        distinct = " ".join(f"unlike{number}word{place}" for place in range(20))
        words = f"Its abstract {distinct} is told from others: {text}."
        doi = f"10.1000/imported-{number}"
        title = f"Paper {number} lamp{number * 7919} tide{number * 104729} for moon{number * 31}"
        lines = f"{title}: {text}\n\n{words} {words}\n"
        if number % 3 == 0 and _is_digest([*paragraphs, lines]):
            paragraphs.append(lines)
        elif number % 3 == 1:
            facts = f"title = {{Entry {number} {text}}}, author = {{{text} and Ada {text}}}"
            more = f"journal = {{{text}}}, abstract = {{{words}}}, doi = {{{doi}}}"
            entries.append(f"@article{{entry{number},\n{facts},\n{more}\n}}\n")
        else:
            writer.writerow([f"Row {number} {text}", text, words, text, text, "2025-07-30", doi])
    seeds = root / "seeds"
    seeds.mkdir()
    (root / "table.csv").write_text(table.getvalue(), "utf-8")
    (root / "entries.bib").write_text("\n".join(entries), "utf-8")
    (seeds / "2025-07-29.txt").write_text("\n".join(paragraphs), "utf-8")
    for source in ("table.csv", "entries.bib", "seeds/2025-07-29.txt"):
        run_command(root, "import", source, "--date", "2025-07-30", check=False)
    every = "\n\n".join(pieces).replace("\0", "")
    names = every.replace("\n\n", "\n")
    form = f"### Title\n\nA form\n\n### Abstract\n\n{every}\n\n### Authors\n\n{names}\n"
    (root / "form.md").write_text(form, "utf-8")
    run_command(root, "add", "--from-issue", "form.md", "--date", "2025-07-30", check=False)
