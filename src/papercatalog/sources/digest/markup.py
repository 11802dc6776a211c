"""Takes the wrapping of a paste off its lines: Markdown, list markers, labels, identifiers.

What is taken off stays with the line, in fields of its own: a title needs its line without
``1.``, a wrapped paragraph that happens to start with ``1.`` needs it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from papercatalog.model.ids import parse_arxiv
from papercatalog.sources.digest.date_lines import is_date_line
from papercatalog.sources.digest.lines import Line

TITLE, AUTHORS, ABSTRACT = "title", "authors", "abstract"
ADDRESS, CODE, PROJECT, DOI = "address", "code", "project", "doi"
PUBLISHED, VOTES, OTHER, DECORATION = "published", "votes", "other", "decoration"
LABELS = {
    TITLE: "title|paper title",
    AUTHORS: r"authors?|author\(s\)|authored by",
    ABSTRACT: "abstract|summary",
    ADDRESS: r"links?|urls?|(?:paper|arxiv)(?: (?:id|link|url|page))?|pdf|source",
    CODE: "code|github|git ?hub repo|repo(?:sitory)?|code (?:link|url)|implementation",
    PROJECT: "project|project (?:page|website|link)|home ?page|website",
    DOI: "doi",
    PUBLISHED: "published|published on|publication date|submitted|submitted on|date",
    VOTES: "upvotes?|votes?|likes?",
    OTHER: (
        "comments?|subjects?|categor(?:y|ies)|keywords?|tags?|topics?|venue|journal[- ]ref|"
        "report[- ]no|(?:msc|acm)[- ]class|organi[sz]ations?|affiliations?|institutions?|"
        "submitted by|submitter|license|rank|citations?|tl;?dr|cite as"
    ),
}
"""What a label says that its line is, and how it is spelt in front of a colon."""

_LABEL = re.compile(
    r"(?P<bold>\*\*|__)?(?:"
    + "|".join(f"(?P<{label}>{names})" for label, names in LABELS.items())
    + r")(?(bold)(?:(?P=bold) ?[:：]|[:：] ?(?P=bold))|[:：]) ?(?P<rest>.*)",
    re.IGNORECASE,
)
_ABSTRACT_DASH = re.compile(r"abstract ?[—–.-] ?(?P<rest>[A-Z].{60,})", re.IGNORECASE)
_UNSURE = {ADDRESS, CODE, PROJECT, PUBLISHED, VOTES, OTHER, DOI}
"""Labels that an abstract's own sentence may start with too: ``Code: https://…``."""

_IMAGE = re.compile(r"!\[[^\]]*\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?: \"[^\"]*\")?\)")
_LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\((?P<address>(?:https?://|/|#)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?: \"[^\"]*\")?\)"
)
_LINK_END = re.compile(r"\]\((?P<address>(?:https?://|/)[^()\s]*)\)$")
_ANGLES = re.compile(r"<(https?://[^<>\s]+)>")
_HEADING = re.compile(r"(#{1,6}) +(?P<text>.*?)(?: #+)?$")
_EMPHASIS = re.compile(r"(?P<mark>\*\*\*|\*\*|__|\*|_)(?P<text>(?:(?!(?P=mark)).)+)(?P=mark)")
_BOLD_LEAD = re.compile(r"\*\*(?P<title>[^*]{8,180}?)[.:]?\*\*[.:]?(?: [-–—:|])? (?P<rest>.{100,})")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|<])")
_EMOJI = r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b06\ufe0f]"
_NUMBER = r"\d{1,3}[.)]|\[\d{1,3}\]|#\d{1,3}[.:)]?|no\. ?\d{1,3}[.:]?"
_MARKER = re.compile(
    rf"(?P<marker>(?:{_EMOJI}+ ?)?(?:{_NUMBER})|(?:\d\ufe0f?\u20e3)+|{_EMOJI}+"
    r"|\[[ x]\]|[-–—•*+·▪◦‣●■▸►✦○∙] ?\[[ x]\]|[-–—•*+·▪◦‣●■▸►✦○∙]) +(?=\S)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"(?P<text>.{8,220}?) (?P<suffix>[(\[<]?(?:https?://\S*?\d{4}\.\d{4,5}\S*?"
    r"|arxiv: ?\d{4}\.\d{4,5}(?:v\d+)?(?: \[[\w.-]+\])?|(?<=[(\[<])\d{4}\.\d{4,5}(?:v\d+)?)[)\]>]?)"
)
_MARKDOWN = re.compile(r"\]\((?:https?://|/)|^#{1,6} |(?<!\S)\*\*\S[^*\n]*\*\*")
_LONGEST_TITLE = 220
LABELLED = 2
"""With so many titles or abstracts labelled, a page labels everything."""


def take_off_markup(lines: Sequence[Line]) -> list[Line]:
    """Take the wrapping off every line; each becomes one line, or two where it holds a paper."""
    markdown = sum(bool(_MARKDOWN.search(line.text)) for line in lines) > 0
    unwrapped = [part for line in lines for part in _unwrap(line, markdown)]
    return list(_label(unwrapped))


def _unwrap(line: Line, markdown: bool) -> Iterator[Line]:
    text, links = line.text, list(line.links)
    heading = False
    marker = ""
    if markdown:
        if found := _HEADING.fullmatch(text):
            text, heading = found["text"], True
        text = _IMAGE.sub("", text).strip()
        text = _replace_links(text, links, heading)
        if (lead := _take_marker(text)) is not None:
            marker, text = lead
        if found := _BOLD_LEAD.fullmatch(text):
            yield replace(line, text=_unescape(found["title"]), marker=marker, heading=True)
            yield replace(line, text=_unescape(found["rest"]), gap=True, links=tuple(links))
            return
        while found := _EMPHASIS.fullmatch(text):
            text = found["text"].strip()
            heading = heading or (found["mark"] in ("**", "__", "***") and len(text) > 3)
        text = _unescape(text)
    if not marker and (lead := _take_marker(text)) is not None:
        marker, text = lead
    if found := _ANGLES.fullmatch(text):
        text = found[1]
    suffix = ""
    if (found := _SUFFIX.fullmatch(text)) and parse_arxiv(found["suffix"].strip("()[]<>")):
        text, suffix = found["text"].rstrip(" -–—|·:"), found["suffix"]
    if not text:
        yield replace(line, text=line.text, label=DECORATION, links=tuple(links))
        return
    yield replace(
        line,
        text=text,
        marker=marker,
        suffix=suffix,
        links=tuple(dict.fromkeys(links)),
        heading=heading,
    )


def _replace_links(text: str, links: list[str], heading: bool) -> str:
    """Replace Markdown links by their text in headings and where nothing else is on the line."""
    alone = heading or not _LINK.sub("", text).strip(" -–—•*+·|,#>0123456789.)([]")

    def plain(found: re.Match[str]) -> str:
        label, address = found["text"].strip(), found["address"]
        links.append(address)
        if alone or not address.startswith("http") or _same(label, address) or not label:
            return label or " "
        return found[0]

    text = _LINK.sub(plain, text)
    if found := _LINK_END.search(text):
        links.append(found["address"])
        text = text[: found.start()]
    if text.startswith("[") and "]" not in text:
        text = text[1:]
    return " ".join(text.split())


def _same(label: str, address: str) -> bool:
    label = _unescape(label)
    return label.rstrip("/") in (address.rstrip("/"), address.partition("://")[2].rstrip("/"))


def _unescape(text: str) -> str:
    """Take the backslashes off that converters put; a long text has them from LaTeX."""
    if len(text) > _LONGEST_TITLE:
        return text
    return _ESCAPE.sub(r"\1", text)


def _take_marker(text: str) -> tuple[str, str] | None:
    found = _MARKER.match(text)
    if found is None or is_date_line(text):  # "5. August"
        return None
    rest = text[found.end() :]
    further = _MARKER.match(rest)
    if further and not is_date_line(rest):  # "- 1. A title"
        return f"{found['marker']} {further['marker']}", rest[further.end() :]
    return found["marker"], rest


def _label(lines: Sequence[Line]) -> Iterator[Line]:
    """Read the labels in front of lines, and give values that go on in the next lines to them."""
    found = [_find_label(line) for line in lines]
    sure = sum(label in (TITLE, ABSTRACT) for label, _ in found) >= LABELLED
    pending = ""
    open_line: Line | None = None
    for line, (label, rest) in zip(lines, found, strict=True):
        if label in _UNSURE and not sure and not _is_identifier(rest):
            label = ""
        if not label and not pending and open_line is not None and _goes_on(open_line, line):
            open_line = replace(open_line, text=f"{open_line.text} {line.full}")
            continue
        if open_line is not None:
            yield open_line
            open_line = None
        if label:
            pending = ""
            if not rest:
                pending = label
                yield replace(line, label=DECORATION)
                continue
            line = replace(line, text=rest, label=label)
        elif pending:
            line, pending = replace(line, label=pending), ""
        if line.label and line.label not in (ABSTRACT, DECORATION):
            open_line = line
        else:
            yield line
    if open_line is not None:
        yield open_line


def _find_label(line: Line) -> tuple[str, str]:
    if line.label:
        return "", line.text
    text = line.text
    if text.casefold() in ("abstract", "title") and (line.heading or line.gap or text.isupper()):
        return text.casefold(), ""
    starts = line.gap or text.lower().startswith("arxiv") or text.lstrip("*_ ")[:1].isupper()
    if starts and (found := _LABEL.fullmatch(text)):
        return next(label for label in LABELS if found[label]), found["rest"].strip(" *_")
    if found := _ABSTRACT_DASH.fullmatch(text):
        return ABSTRACT, found["rest"]
    return "", text


def _goes_on(labelled: Line, line: Line) -> bool:
    """Whether a line goes on with a label's value: indented below it, or after a comma."""
    if line.gap or line.label or line.heading:
        return False
    if labelled.label == TITLE:
        return line.indented and not labelled.indented
    joins = labelled.text.endswith((",", " and", "&")) and labelled.label == AUTHORS
    return (line.indented and not labelled.indented) or joins


def _is_identifier(text: str) -> bool:
    return parse_arxiv(text.split(" ")[0]) is not None
