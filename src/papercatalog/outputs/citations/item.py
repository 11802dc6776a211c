"""A paper as an item of CSL-JSON, the values that all writers of citations write.

Source: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

from __future__ import annotations

import re
from typing import Any

from papercatalog.model.exported import PAGE_FORMAT, PAGE_MARK, join_list
from papercatalog.model.name_parts import split_name
from papercatalog.model.paper import Paper

Item = dict[str, Any]
"""An item of CSL-JSON with the keys that `build_item` sets, in its order."""

PREPRINT, CONFERENCE, JOURNAL, THESIS = "article", "paper-conference", "article-journal", "thesis"
"""The types of items."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_BUT_LINE_END = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_THESIS = re.compile(r"\b(?:thesis|dissertation)\b", re.IGNORECASE)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans\.|letters|annals|magazine)(?!\w)"
    r"|^(?:the )?(?:nature|science|cell|pnas|[jt]mlr|tacl|jair|plos|scientific reports"
    r"|neural (?:computation|networks)|neurocomputing|ieee access|physical review"
    r"|pattern recognition|information processing (?:and|&) management"
    r"|proceedings of the (?:national academy|acm on|ieee(?:$|,|\s\d))|proc\. natl)(?!\w)",
    re.IGNORECASE,
)
_NO_JOURNAL = re.compile(r"\b(?:conference|workshop|symposium|meeting)\b", re.IGNORECASE)


def build_item(paper: Paper, *, whole: bool = False) -> Item:
    """Give a paper as an item of CSL-JSON.

    The type follows from the venue: a journal's name is told by its words, a thesis by its own,
    any other venue is a conference's, and a paper without one is a preprint. ``issued`` is the day
    of publication; where that is unknown, the month in which the catalog lists the paper.

    Args:
        paper: The paper.
        whole: Whether the item holds the abstract, the keywords and, in ``custom`` by their names
            on a page, all facts that CSL has no variable for. The day of listing is ``listed``
            there, since ``date`` means publication in other formats. The mark in it tells our own
            readers that the item is a page as it is.
    """
    venue = _plain(paper.venue or "")
    item: Item = {"id": paper.id, "type": _type_of(venue), "title": _plain(paper.title)}
    if names := [*filter(None, map(_plain, paper.authors))]:
        item["author"] = [*map(_author, names)]
    day = paper.published
    parts = [day.year, day.month, day.day] if day else [paper.date.year, paper.date.month]
    item["issued"] = {"date-parts": [parts]}
    if venue:
        item["container-title"] = venue
    if paper.arxiv and venue:
        item |= {"archive": "arXiv", "archive_location": paper.arxiv}
    elif paper.arxiv:
        item |= {"publisher": "arXiv", "number": f"arXiv:{paper.arxiv}"}
    if paper.doi:
        item["DOI"] = paper.doi
    if paper.links.paper:
        item["URL"] = paper.links.paper
    elif paper.arxiv:
        item["URL"] = f"https://arxiv.org/abs/{paper.arxiv}"
    if whole:
        _add_details(item, paper)
    return item


def arxiv_of(item: Item) -> str:
    """Give an item's arXiv id; empty without one."""
    found: str = item.get("archive_location") or item.get("number", "").removeprefix("arXiv:")
    return found


def date_of(item: Item) -> list[int]:
    """Give the year, the month and, where it is known, the day of publication."""
    parts: list[int] = item["issued"]["date-parts"][0]
    return parts


def _add_details(item: Item, paper: Paper) -> None:
    item["abstract"] = _CONTROL_BUT_LINE_END.sub("", paper.abstract)
    if paper.keywords:
        item["keyword"] = join_list([*filter(None, map(_plain, paper.keywords))])
    links = paper.links
    details: dict[str, Any] = {
        "listed": paper.date.isoformat(),
        "topics": list(paper.topics),
        "pdf": links.pdf,
        "code": links.code,
        "project": links.project,
        "votes": paper.votes,
        "digests": list(paper.digests),
        "aliases": list(paper.aliases),
        PAGE_MARK: PAGE_FORMAT,
    }
    item["custom"] = {name: value for name, value in details.items() if value not in (None, [])}


def _type_of(venue: str) -> str:
    if not venue:
        return PREPRINT
    if _THESIS.search(venue):
        return THESIS
    return JOURNAL if _JOURNAL.search(venue) and not _NO_JOURNAL.search(venue) else CONFERENCE


def _author(name: str) -> dict[str, str]:
    family, given, suffix = split_name(name)
    if not given:
        return {"literal": family}
    return {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}


def _plain(line: str) -> str:
    """Leave out control characters, which no format has a place for."""
    return line if line.isprintable() else " ".join(_CONTROL.sub("", line).split())
