"""Takes the facts that a page shows of each paper: identifiers, addresses, votes, authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from papercatalog.model.ids import parse_arxiv, parse_doi
from papercatalog.sources.digest import markup
from papercatalog.sources.digest.items import is_dated_text, is_phrase, is_vote_count
from papercatalog.sources.digest.lines import Line
from papercatalog.sources.digest.name_forms import is_author_line, split_authors
from papercatalog.sources.digest.pasted_page import PaperPieces, PastedPage
from papercatalog.sources.digest.pieces import LayoutPiece

_CODE_HOST = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org)/[\w.-]+/[\w.-]+", re.I
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ID = re.compile(r"(?:arxiv: ?)?\b\d{4}\.\d{4,5}(?:v\d+)?\b(?!\.\d)", re.IGNORECASE)
_SAYS_VOTES = re.compile(
    r"(?:upvotes?|votes?|likes?|points?)[: ]+(?P<after>\d[\d.,]*k?)|(?P<before>\d[\d.,]*k?) "
    r"(?:upvotes?|votes?|likes?|points?)|[▲△↑⬆♥❤👍+]\ufe0f? ?(?P<sign>\d[\d.,]*k?)"
    r"|\[[^\w\s]\] ?(?P<box>\d[\d.,]*k?)|(?P<arrow>\d[\d.,]*k?) ?[▲△↑⬆♥❤👍]\ufe0f?",
    re.IGNORECASE,
)
_LABELS_VOTES = re.compile(r"(?:upvotes?|votes?|likes?|▲|△|↑|⬆|👍)", re.IGNORECASE)
_OWN_HOSTS = ("huggingface.co", "hf.co", "arxiv.org", "alphaxiv.org", "twitter.com", "x.com")
_NEAR = 4
"""A title's votes stand no more pieces above it."""
_BELOW = 6
"""An abstract's votes stand no more pieces below it."""
_DASH = frozenset("-–—")


@dataclass
class PrintedFacts:
    """What a page says of one paper beside its title and abstract.

    The fields but `notes` are named as in `SOURCED`.
    """

    arxiv: str | None = None
    doi: str | None = None
    code: str | None = None
    project: str | None = None
    votes: int | None = None
    authors: tuple[str, ...] = ()
    notes: tuple[tuple[int, str, str], ...] = ()
    """What had to be left out: a line, a field, and what is to be said of it."""


def find_facts(page: PastedPage) -> list[PrintedFacts]:
    """The facts of each paper of a page.

    What stands between two papers belongs to the upper one or to the lower one, the same way all
    over the page: what the first paper has above it and the last has not below, stands above.
    """
    votes = _find_votes(page)
    first, last = _names_id(page.header), _names_id(page.runs[-1])
    above = first and not last
    facts: list[PrintedFacts] = []
    for index, paper in enumerate(page.papers):
        found = _Collector()
        for piece in paper.inside:
            found.take(piece.lines[0])
        ids = _title_ids(paper) or list(found.arxiv)
        for piece in page.runs[index] if above else paper.below:
            found.take(piece.lines[0])
        if first and last and not ids:
            ids = list(found.arxiv)[:1]  # the others of a run stand above the next title
        found.authors = found.authors or _authors(paper)
        facts.append(found.facts(ids, votes[index]))
    return facts


class _Collector:
    """Gathers the facts of one paper."""

    def __init__(self) -> None:
        self.arxiv: dict[str, int] = {}
        self.doi: str | None = None
        self.code: str | None = None
        self.project: str | None = None
        self.authors: tuple[str, ...] = ()
        self.notes: list[tuple[int, str, str]] = []

    def take(self, line: Line) -> None:
        """Take what a line of boilerplate says."""
        if line.label == markup.AUTHORS:
            self.authors = self.authors or tuple(split_authors(line.text))
        for address in find_addresses(line):
            self._take_address(line, address)

    def _take_address(self, line: Line, address: str) -> None:
        if arxiv := find_arxiv(address):
            self.arxiv.setdefault(arxiv, line.number)
        elif doi := parse_doi(address):
            self.doi = self.doi or doi
        elif line.label == markup.PROJECT or "project" in line.text.casefold():
            self.project = self.project or address
        elif line.label == markup.CODE or _CODE_HOST.match(address):
            self.code = self.code or address
        elif address == line.text and not _is_host(address, _OWN_HOSTS):
            note = f"the address {address} is left out: label it as “Code:” or “Project:”"
            self.notes.append((line.number, "links", note))

    def facts(self, sure_ids: Sequence[str], votes: int | None) -> PrintedFacts:
        """What was found; ids that stand within the paper are surer than those beside it."""
        ids = list(sure_ids) or list(self.arxiv)
        notes = self.notes
        if len(set(ids)) > 1:
            named = ", ".join(dict.fromkeys(ids))
            note = f"two arXiv ids stand beside this paper ({named}); left out"
            notes = [*notes, (self.arxiv.get(ids[0], 0), "arxiv", note)]
            ids = []
        return PrintedFacts(
            ids[0] if ids else None,
            self.doi,
            self.code,
            self.project,
            votes,
            self.authors,
            tuple(notes),
        )


def find_addresses(line: Line) -> Iterator[str]:
    """The addresses and identifiers that a line leads to or shows."""
    yield from line.links
    for part in (line.text, line.suffix):
        yield from (found.rstrip(".,;:)]>") for found in _ADDRESS.findall(part))
        if found := _ID.search(_ADDRESS.sub("", part)):
            yield found[0]
        if part.casefold().startswith(("10.", "doi:")) or line.label == markup.DOI:
            yield part


def find_arxiv(address: str) -> str | None:
    """The arXiv id in an address, or in the one that a login page leads on to."""
    if found := parse_arxiv(address):
        return found.id
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    onward = parse_qs(parts.query).get("next", [""])[0]
    path = onward or parts.path
    if _is_host(address, ("huggingface.co", "hf.co")) or not parts.netloc:
        found = (
            parse_arxiv(f"https://huggingface.co{path}") if path.startswith("/papers/") else None
        )
    return found.id if found else None


def _is_host(address: str, hosts: Iterable[str]) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return host.endswith(tuple(hosts))


def _title_ids(paper: PaperPieces) -> list[str]:
    ids: dict[str, None] = {}
    for piece in paper.pieces:
        for line in piece.lines:
            own = [*line.links, line.suffix] if piece is paper.title else line.links
            for address in own:
                if arxiv := find_arxiv(address.strip("()[]<> ")):
                    ids[arxiv] = None
    return list(ids)


def _authors(paper: PaperPieces) -> tuple[str, ...]:
    """The authors on a line between a title and its abstract."""
    for piece in paper.inside:
        if not piece.lines[0].label and is_author_line(piece.text):
            return tuple(split_authors(piece.text))
    return ()


def _names_id(run: Sequence[LayoutPiece]) -> bool:
    return any(find_arxiv(found) for piece in run for found in find_addresses(piece.lines[0]))


def _find_votes(page: PastedPage) -> list[int | None]:
    """The votes of each paper: said with a word or a sign, else a bare number in one place."""
    said = [_said_votes(run) for run in page.runs]
    inside = [_said_votes(paper.inside) for paper in page.papers]
    if any(found is not None for found in (*said, *inside)):
        above = said[0] is not None and said[-1] is None
        beside = said[:-1] if above else said[1:]
        pairs = zip(inside, beside, strict=True)
        return [own if own is not None else other for own, other in pairs]
    return _bare_votes(page)


def _said_votes(run: Sequence[LayoutPiece]) -> int | None:
    for at, piece in enumerate(run):
        line = piece.lines[0]
        if line.label == markup.VOTES:
            return _number(line.text)
        text = f"{line.marker} {line.text}".strip()
        if _LABELS_VOTES.fullmatch(text) and at + 1 < len(run) and is_vote_count(run[at + 1].text):
            return _number(run[at + 1].text)
        if found := _SAYS_VOTES.search(text):
            return _number(next(filter(None, found.groups())))
    return None


def _bare_votes(page: PastedPage) -> list[int | None]:
    """Bare numbers: within the papers, else above the titles, else right below the abstracts."""
    inside = [_first_count(paper.inside) for paper in page.papers]
    above = [_last_count(run) for run in page.runs[:-1]]
    below = [_first_count(paper.below) for paper in page.papers]
    found = below
    if _most(inside):
        found = inside
    elif above[0] is not None or (below[-1] is None and _most(above)):
        found = above
    return [_number(count) if count else None for count in found]


def _most(counts: Sequence[str | None]) -> bool:
    return 2 * sum(count is not None for count in counts) > len(counts)


def _last_count(run: Sequence[LayoutPiece]) -> str | None:
    """The last of a run's counts that no date or credit follows; ``-`` stands for none."""
    for piece in reversed(run[-_NEAR:]):
        if is_vote_count(piece.text):
            return piece.text
        if piece.text in _DASH:
            return ""
        if is_dated_text(piece.text) or is_phrase(piece.text):
            return None
    return None


def _first_count(run: Sequence[LayoutPiece]) -> str | None:
    """The first of a run's counts; ``-`` stands for none."""
    for piece in run[:_BELOW]:
        if is_vote_count(piece.text):
            return piece.text
        if piece.text in _DASH:
            return ""
    return None


def _number(text: str) -> int | None:
    """Read a count as pages print it: ``1,234``, ``3.29k``."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)*)(k?)", text.strip().casefold())
    if found is None:
        return None
    if found[2]:
        return round(float(found[1].replace(",", ".")) * 1000) if found[1].count(".") < 2 else None
    return int(re.sub(r"\D", "", found[1]))
