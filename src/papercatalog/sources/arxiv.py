"""Builds the arXiv API's queries and reads its answers, Atom feeds; `fetching` sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from papercatalog.model.ids import parse_arxiv
from papercatalog.sources.decoding import UnreadableError, decode_text
from papercatalog.sources.facts import find_facts
from papercatalog.sources.raw_records import (
    NOT_ASKED,
    Piece,
    RawRecord,
    Rejected,
    build_parsed_source,
)
from papercatalog.sources.record import ParsedSource

BATCH = 100
"""The most ids in one request: with more, the address is too long for some servers."""

BEST = 3
"""The most papers to request by one title."""

_WORD = re.compile(r"[^\W_]+")
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|submission|manuscript|work|preprint) (?:has been|is|was) withdrawn\b"
    r"(?! from)|^withdrawn\b(?! from)",
    re.IGNORECASE,
)


def build_queries(base: str, ids: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Build the requests for papers by id, each with its ids, `BATCH` at most.

    Source: https://info.arxiv.org/help/api/user-manual.html
    """
    unique = tuple(dict.fromkeys(ids))
    batches = [unique[start : start + BATCH] for start in range(0, len(unique), BATCH)]
    return [
        (
            f"{base}?"
            + urlencode({"id_list": ",".join(batch), "max_results": len(batch)}, safe=",/"),
            batch,
        )
        for batch in batches
    ]


def build_title_query(base: str, title: str) -> str:
    """Build the request for papers whose titles have these words, `BEST` at most.

    Only letters and digits are sent: other characters are operators in a query.
    """
    words = " ".join(_WORD.findall(title))
    return f"{base}?" + urlencode({"search_query": f'ti:"{words}"', "max_results": BEST})


def parse_arxiv_feed(
    data: bytes, source: str, *, asked: Sequence[str] = (), first: int = 1
) -> ParsedSource:
    """Read an answer of the arXiv API; entries and requested ids are numbered from ``first``.

    Ids that the answer lacks are rejected, and so are withdrawn papers and papers that were not
    requested. arXiv reports a faulty query as a feed with one entry named "Error": the whole
    source is then unreadable.
    """
    return build_parsed_source(source, _raw_records(data, asked, first))


def _raw_records(data: bytes, asked: Sequence[str], first: int) -> Iterator[Piece]:
    feed = _parse_feed(data)
    answered: set[str] = set()
    for number, entry in enumerate(feed.findall(f"{_ATOM}entry"), start=first):
        address = _text(entry, f"{_ATOM}id")
        if "/api/errors" in address:
            raise UnreadableError(f"is an error: arXiv says {_text(entry, f'{_ATOM}summary')!a}")
        found = parse_arxiv(address)
        if found is None:
            yield Rejected(number, f"entry {number} has no arXiv id")
            continue
        if asked and found.id not in asked:
            yield Rejected(number, f"arXiv gives the paper {found.id}, unasked", NOT_ASKED)
            continue
        answered.add(found.id)
        summary = _text(entry, f"{_ATOM}summary")
        comment = _text(entry, f"{_ARXIV}comment")
        if any(_WITHDRAWN.search(" ".join(text.split())) for text in (summary, comment)):
            yield Rejected(number, f"arXiv {found.id} was withdrawn by its authors", "withdrawn")
            continue
        facts = find_facts("arxiv", partial(_text_of_key, entry))
        facts["arxiv"] = found.id
        facts["authors"] = [
            _text(author, f"{_ATOM}name") for author in entry.findall(f"{_ATOM}author")
        ]
        links = entry.findall(f"{_ATOM}link")
        facts["pdf"] = next((x.get("href") for x in links if x.get("title") == "pdf"), None)
        yield RawRecord(
            line=number, title=_text(entry, f"{_ATOM}title"), abstract=summary, facts=facts
        )
    for number, arxiv in enumerate(asked, start=first):
        if arxiv not in answered:
            yield Rejected(number, f"arXiv has no paper {arxiv}; check the id", "unknown-id")


def _parse_feed(data: bytes) -> Element:
    try:
        feed: Element = fromstring(decode_text(data), forbid_dtd=True)
    except ParseError as error:
        raise UnreadableError(f"is not an arXiv answer: {error}") from None
    except UnreadableError:
        raise
    except (ValueError, LookupError):
        raise UnreadableError("is not an arXiv answer: its XML declares a document type") from None
    if feed.tag != f"{_ATOM}feed":
        raise UnreadableError("is not an arXiv answer: an Atom feed is expected")
    return feed


def _text_of_key(entry: Element, key: str) -> str:
    """Give the text of an element by its declared key: ``published``, or ``arxiv:doi``."""
    prefix, _, name = key.rpartition(":")
    return _text(entry, f"{_ARXIV if prefix else _ATOM}{name}")


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
