"""Recognises ``.txt`` files that are no digest and that no reader reads: PDFs, newsletters, HTML.

Their text would yield papers that do not exist. Each gets a message that says what the file is and
what to do. `format_detection` detects the formats that have readers before a digest is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from papercatalog.model.ids import parse_arxiv
from papercatalog.sources.format_detection import normalise

_HEAD = 60
"""So many lines at the start are looked at where a format shows itself at once."""
_MEDLINE = re.compile(r"^PMID ?- ?\d", re.MULTILINE)
_ENDNOTE = re.compile(r"^%[0A-Z] \S", re.MULTILINE)
_WEB_OF_SCIENCE = re.compile(r"^FN \S.*\n(?:.*\n)?PT [A-Z]", re.MULTILINE)
_PUBMED = re.compile(r"^PMID: \d+", re.MULTILINE)
_TAGS = re.compile(r"</?(?:html|body|div|span|p|a|h[1-6]|article|ul|li|script|head)\b", re.I)
_TABLE_ROW = re.compile(r"^\|.*\|[ \t]*$", re.MULTILINE)
_LIST_ROW = re.compile(r"^[ \t]*(?:[-*+]|\d+\.) .{0,40}\[[^\]\n]+\]\(https?://", re.MULTILINE)
_LATEX = re.compile(r"\\(?:documentclass|begin\{document\}|maketitle)\b")
_INTRODUCTION = re.compile(
    r"^[ \t]*(?:(?:1|I)\.?[ \t]+)?(?:introduction|I ?N ?T ?R ?O ?D ?U ?C ?T ?I ?O ?N)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_ABSTRACT_HEADING = re.compile(
    r"^[ \t]*abstract[ \t]*(?:[.:—–-].*)?$", re.MULTILINE | re.IGNORECASE
)
_PDF_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    for pattern in (
        r"^[ \t]*(?:\d+\.? )?references[ \t]*$",
        r"\bequal contribution\b|\bcorresponding author|\bcorrespondence to\b",
        r"\{[\w.,\- ]+\}@|^[\w.]+@[\w.-]+\.\w+$",
        r"^arXiv:\d{4}\.\d{4,5}v\d+ +\[[\w.-]+\]",
        r"\bunder review\b|\bpreprint\b|permission to make digital",
        r"[a-z]-\n[a-z]",
        r"^[ \t]*[2-9]\.? +(?:related work|background|methods?|experiments|results)\b",
    )
)
_MAIL = re.compile(r"^(?:from|to|subject|date|reply-to): \S", re.MULTILINE | re.IGNORECASE)
_NEWSLETTER_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bunsubscribe\b",
        r"\bview (?:this (?:e-?mail|post|issue) |it )?(?:in|on) (?:your|the|a) (?:web ?)?browser\b",
        r"\bview online\b",
        r"\(\d+ min(?:ute)?s? read\)",
        r"\byou(?: are|['’]re) receiving this\b|\bforward(?:ed)? this (?:e-?mail|to a friend)\b",
        r"\bmanage (?:your )?(?:subscription|preferences)\b|\bsponsored? by\b|\btogether with\b",
        r"\[(?:paper|tweet|code)\] ?\[(?:paper|tweet|code)\]",
    )
)
_ARXIV_PAGE = re.compile(r"^[ \t]*Submission history[ \t]*$|^\[Submitted on \d", re.MULTILINE)
_VERSION = re.compile(r"^\[v1\] \w{3}, \d", re.MULTILINE)
_ARXIV_ID = re.compile(r"arxiv:\s?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)


def describe_other_format(text: str) -> str | None:
    """Say what a text is that is no digest, and what to do; None for all other texts."""
    normal = normalise(text)
    return next((message for rule in RULES if (message := rule(normal))), None)


def references(text: str) -> str | None:
    """Exports of reference managers and databases that no reader reads."""
    known = (
        ("a MEDLINE export of PubMed", len(_MEDLINE.findall(text[:50_000])) > 0),
        ("an EndNote export", len(_ENDNOTE.findall(text[:50_000])) > 2),
        ("a Web of Science export", bool(_WEB_OF_SCIENCE.search(text[:2000]))),
        ("a list of abstracts of PubMed", bool(_PUBMED.search(text))),
    )
    name = next((name for name, found in known if found), None)
    return f"this is {name}, no digest; export it as RIS or BibTeX" if name else None


def markup(text: str) -> str | None:
    """Sources of documents: HTML, XML, RTF, LaTeX, PDF."""
    head = text[:400].lower()
    if head.startswith("%pdf-"):
        return "this is a PDF file, no text; paste the title and the abstract of each paper"
    if head.startswith("{\\rtf"):
        return "this is RTF, no plain text; save it as plain text, UTF-8"
    if head.startswith(("<!doctype html", "<html")) or len(_TAGS.findall(text[:20_000])) > 20:
        return "this is the source of a web page; copy its text out of a browser"
    if head.startswith("<?xml"):
        return "this is XML, no digest; export it as RIS, BibTeX, CSV or JSON"
    if _LATEX.search(text[:20_000]):
        return "this is LaTeX, no digest; paste each paper's title and abstract"
    return None


def arxiv_page(text: str) -> str | None:
    """The page of one paper on arXiv."""
    if not (_ARXIV_PAGE.search(text) and (_VERSION.search(text) or "View PDF" in text)):
        return None
    found = _ARXIV_ID.search(text)
    arxiv = parse_arxiv(found[1]) if found else None
    command = f"papercatalog add {arxiv.id if arxiv else 'ID'}"
    return f"this is the arXiv page of one paper, no digest; run: {command}"


def pdf_text(text: str) -> str | None:
    """The text of papers, as copied out of PDF files."""
    signs = sum(bool(sign.search(text)) for sign in _PDF_SIGNS)
    introduced, abstract = _INTRODUCTION.search(text), _ABSTRACT_HEADING.search(text)
    if signs + 2 * bool(introduced) + bool(abstract) < 4 or not (introduced or abstract):
        return None
    if not introduced and signs < 4:
        return None
    return (
        "this is the text of papers out of PDF files, no digest; paste the title and the "
        "abstract of each, or run: papercatalog add ID"
    )


def newsletter(text: str) -> str | None:
    """A newsletter, as mail or as a web page."""
    signs = sum(bool(sign.search(text)) for sign in _NEWSLETTER_SIGNS)
    mailed = len(_MAIL.findall("\n".join(text.split("\n", _HEAD)[:_HEAD]))) >= 3
    if signs + mailed < 2:
        return None
    return (
        "this is a newsletter, no digest; paste the title and the abstract of each paper, "
        "or run: papercatalog add ID"
    )


def list_of_links(text: str) -> str | None:
    """A table or a list of links in Markdown."""
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    rows = len(_TABLE_ROW.findall(text))
    if rows > 2 and rows * 2 > lines:
        return "this is a table in Markdown, no digest; save it as CSV"
    links = len(_LIST_ROW.findall(text))
    if links > 2 and links * 2 > lines:
        return (
            "this is a list of links, no digest; paste titles and abstracts, "
            "or run: papercatalog add ID"
        )
    return None


Rule = Callable[[str], str | None]

RULES: tuple[Rule, ...] = (
    references,
    markup,
    arxiv_page,
    newsletter,
    pdf_text,
    list_of_links,
)
