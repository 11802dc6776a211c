"""Learns from a page's sure papers where its titles stand, and tells names from titles by it.

A line such as ``Kandle Lab`` is a title by its form. By its place it is none: below the abstract,
where this page has its organisations, while its titles stand below their votes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from papercatalog.sources.digest.boilerplate import CountedLines, mask
from papercatalog.sources.digest.date_lines import is_date_line
from papercatalog.sources.digest.items import is_dated_text, is_vote_count
from papercatalog.sources.digest.layout import Penalty, no_penalty
from papercatalog.sources.digest.lines import Line
from papercatalog.sources.digest.name_forms import is_address, is_free_name
from papercatalog.sources.digest.pieces import LayoutPiece, PieceKind, Span

MIN_PAPERS = 4
"""A page with fewer papers teaches nothing about its titles' places."""
RARE = 0.05
"""A place is not a title's if fewer of the page's titles stand there than this share."""
MOSTLY = 0.5
"""On a page with fewer titles right below abstracts than this share, other lines part papers."""
TITLE_WORDS = 4
"""A shorter line without an abstract is a name there, and a longer one a title that lost its."""
MARKED = 0.75
"""A page that marks more of its titles than this share, with numbers or as headings, marks all."""
MISPLACED = 5.0
"""The cost of a title without a mark there, or of one that stands where the page has none."""
OUT_OF_PLACE = 1.0
"""The cost of boilerplate that stands where the page has no titles."""


def adjust_costs(
    lines: Sequence[Line], costs: Sequence[float | None], pieces: Sequence[LayoutPiece]
) -> tuple[list[float | None], set[int]]:
    """Lower the boilerplate costs of names that stand where the page has no titles.

    `pieces` is the layout found with `costs`. What is `SURE` or `LIKELY` by its cost stays so, and
    nothing else becomes so: `LayoutSearch` relies on it. Returns the costs, and the indexes of the
    lines that stand where the page has no titles.
    """
    kinds = _kinds(lines, pieces)
    places: Counter[str] = Counter()
    titles = 0
    below: PieceKind | None = None
    lost: set[int] = set()
    for piece in reversed(pieces):
        if piece.kind is PieceKind.TITLE and below is PieceKind.PARAGRAPH:
            place = kinds[piece.start - 1] if piece.start else "start"
            titles += 1
            places[place] += place != PieceKind.TITLE.value
        elif piece.kind is PieceKind.TITLE:
            lost.add(piece.start)
        below = below if piece.kind is PieceKind.BOILERPLATE else piece.kind
    if titles < MIN_PAPERS:
        return list(costs), set()
    adjusted = list(costs)
    misplaced: set[int] = set()
    for piece in pieces:
        at, line = piece.start, piece.lines[0]
        if len(piece.lines) > 1 or not is_free_name(line.text) or line.label or line.heading:
            continue
        if line.text.endswith(".") and line.text.count(" ") > 2:
            continue
        rare = places[kinds[at - 1] if at else "start"] < RARE * titles
        parted = places["paragraph"] < MOSTLY * titles
        if rare or (at in lost and parted and line.text.count(" ") < TITLE_WORDS - 1):
            cost = costs[at]
            adjusted[at] = OUT_OF_PLACE if cost is None else min(cost, OUT_OF_PLACE)
        if rare:
            misplaced.add(at)
    return adjusted, misplaced


def make_position_penalty(pieces: Sequence[LayoutPiece], misplaced: set[int]) -> Penalty:
    """Make a penalty of titles out of place, and of unmarked ones where most are marked.

    It is `no_penalty` where no title is either.
    """
    titles = [piece.lines[0] for piece in pieces if piece.kind is PieceKind.TITLE]
    marked = sum(bool(line.marker) or line.heading for line in titles)
    marks_all = len(titles) >= MIN_PAPERS and marked >= MARKED * len(titles)
    if not misplaced and not marks_all:
        return no_penalty
    marks = [bool(line.marker) or line.heading for piece in pieces for line in piece.lines]

    def cost(span: Span) -> float:
        wrong = span[0] in misplaced or (marks_all and not marks[span[0]])
        return MISPLACED if wrong else 0.0

    return cost


def _kinds(lines: Sequence[Line], pieces: Sequence[LayoutPiece]) -> list[str]:
    """What each line is, finely enough to tell places apart."""
    page = CountedLines(lines)
    titles = sum(piece.kind is PieceKind.TITLE for piece in pieces)
    often = max(MIN_PAPERS, titles // 2)
    kinds: list[str] = []
    for piece in pieces:
        if piece.kind is PieceKind.BOILERPLATE:
            kinds.append(_kind(page, piece.text, often))
        else:
            kinds += [piece.kind.value] * len(piece.lines)
    return kinds


def _kind(page: CountedLines, text: str, often: int) -> str:
    if is_vote_count(text) or text in "-–—":
        return "count"
    if is_date_line(text):
        return "date"
    if is_address(text):
        return "address"
    if is_dated_text(text):
        return "dated"
    return mask(text) if page.times[mask(text)] >= often else "name"
