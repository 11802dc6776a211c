"""Takes the markup of bibliographic texts off: JATS, MathML and the HTML of titles."""

from __future__ import annotations

import html
import re

_TOKEN = re.compile(
    r"<(?P<closes>/?)(?:jats:|mml:|xhtml:)?(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?:\s+[\w:.-]+=(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*(?P<empty>/?)>"
)
_BREAKS = {
    "abstract": "\n\n",
    "disp-formula": "\n\n",
    "div": "\n\n",
    "list": "\n\n",
    "list-item": "\n\n",
    "p": "\n\n",
    "sec": "\n\n",
    "title": "\n\n",
    "br": " ",
    "break": " ",
}
_INLINE = frozenset({
    "alternatives", "annotation", "b", "bold", "em", "ext-link", "fenced", "i", "inline-formula",
    "italic", "math", "mfenced", "mfrac", "mi", "mn", "mo", "mover", "mroot", "mrow", "ms",
    "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover", "named-content", "overline", "roman", "sans-serif", "sc", "scp",
    "semantics", "small-caps", "span", "strike", "strong", "styled-content", "sub", "sup",
    "tex-math", "tt", "u", "underline", "uri", "xref",
})  # fmt: skip
_KNOWN = _INLINE | _BREAKS.keys()
_TEX = re.compile(r"\$\$([^$]*)\$\$")
_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_LABEL = re.compile(r"(?:abstract|summary)[:.]?", re.IGNORECASE)


def strip_markup(text: str) -> str:
    """Reduce a text with JATS, MathML or simple HTML to plain text, paragraphs a blank line apart.

    Only elements known to occur in such texts are taken for markup, all else stays as typed.
    Where a formula is given as TeX and as MathML, the TeX is kept. A heading "Abstract" goes.

    >>> strip_markup("<jats:p>Water is H<jats:sub>2</jats:sub>O &amp; x < y.</jats:p>")
    'Water is H₂O & x < y.'

    Sources: https://jats.nlm.nih.gov/articleauthoring/tag-library/1.3/ and
    https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/
    """
    if "<" not in text and "&" not in text:
        return _tidy(text)
    written: list[str] = []
    script: tuple[str, int] | None = None
    tex_given = hidden = False
    end = 0
    for token in _TOKEN.finditer(text):
        name, opens = token["name"].lower(), not token["closes"] and not token["empty"]
        if name not in _KNOWN:
            continue
        if not hidden:
            written.append(html.unescape(text[end : token.start()]))
        end = token.end()
        if name in _BREAKS:
            written.append(_BREAKS[name])
        elif name == "alternatives":
            tex_given = False
        elif name == "tex-math":
            tex_given = True
        elif name == "math":
            hidden = opens and tex_given
        elif name in ("sup", "sub"):
            if opens:
                script = (name, len(written))
            elif script is not None and script[0] == name:
                written[script[1] :] = [raise_or_lower(name, "".join(written[script[1] :]))]
                script = None
    if not hidden:
        written.append(html.unescape(text[end:]))
    return _tidy("".join(written))


def raise_or_lower(name: str, text: str) -> str:
    """Write a superscript (``sup``) or subscript (``sub``) in Unicode, else as TeX does."""
    table, sign = (_SUPERSCRIPTS, "^") if name == "sup" else (_SUBSCRIPTS, "_")
    if text and all(ord(letter) in table for letter in text):
        return text.translate(table)
    if name == "sup" and text in ("st", "nd", "rd", "th", "®", "™"):
        return text
    return f"{sign}{{{text}}}" if len(text) > 1 else f"{sign}{text}" if text else ""


def _tidy(text: str) -> str:
    parts = [" ".join(part.split()) for part in _TEX.sub(r"$\1$", text).split("\n\n")]
    parts = [part for part in parts if part]
    if len(parts) > 1 and _LABEL.fullmatch(parts[0]):
        del parts[0]
    return "\n\n".join(parts)
