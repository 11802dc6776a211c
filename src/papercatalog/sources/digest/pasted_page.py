"""A digest's pieces, sorted into papers and the boilerplate above, within and below each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from papercatalog.sources.digest.boilerplate import boilerplate_costs
from papercatalog.sources.digest.doubt import find_doubtful, make_length_penalty
from papercatalog.sources.digest.layout import LayoutSearch, add_penalties, no_penalty
from papercatalog.sources.digest.lines import Line
from papercatalog.sources.digest.pieces import LayoutPiece, PieceKind
from papercatalog.sources.digest.positions import adjust_costs, make_position_penalty


@dataclass
class PaperPieces:
    """A title and its paragraphs; one of them may be missing."""

    title: LayoutPiece | None = None
    paragraphs: list[LayoutPiece] = field(default_factory=list)
    inside: list[LayoutPiece] = field(default_factory=list)
    """Boilerplate between the title and the last paragraph."""
    below: list[LayoutPiece] = field(default_factory=list)
    """Boilerplate between the last paragraph, or a title without one, and the next title."""

    @property
    def pieces(self) -> list[LayoutPiece]:
        """The title and the paragraphs."""
        return [*([self.title] if self.title else []), *self.paragraphs]

    @property
    def line(self) -> int:
        """The number of the first line."""
        return self.pieces[0].line


@dataclass
class PastedPage:
    """All pieces of a digest, in the page's order."""

    header: list[LayoutPiece] = field(default_factory=list)
    """Boilerplate above the first paper."""
    papers: list[PaperPieces] = field(default_factory=list)
    size: int = 0
    """How many pieces the layout has, counted before they are sorted."""
    doubtful: set[int] = field(default_factory=set)
    """The numbers of lines where a title may start or end otherwise."""

    @property
    def runs(self) -> list[list[LayoutPiece]]:
        """The boilerplate above the first paper, and below each."""
        return [self.header, *(paper.below for paper in self.papers)]

    @property
    def boilerplate(self) -> int:
        """How many pieces of boilerplate there are: above, within and below the papers."""
        return len(self.header) + sum(len(paper.inside) + len(paper.below) for paper in self.papers)

    @property
    def paper_pieces(self) -> int:
        """How many pieces are titles or paragraphs."""
        return sum(len(paper.pieces) for paper in self.papers)


def read_page(lines: Sequence[Line]) -> PastedPage:
    """Find a page's layout, in several passes that learn from the ones before, and its papers."""
    rules = boilerplate_costs(lines)
    search = LayoutSearch(lines, rules)
    pieces = search.find(rules)
    costs, misplaced = adjust_costs(lines, rules, pieces)
    penalty = make_position_penalty(pieces, misplaced)
    if costs != rules or penalty is not no_penalty:
        pieces = search.find(costs, penalty)
    doubtful: set[int] = set()
    if any(piece.kind is PieceKind.TITLE and not piece.lines[0].gap for piece in pieces):
        length_penalty = make_length_penalty(pieces)
        if length_penalty is not no_penalty:
            penalty = add_penalties(penalty, length_penalty)
            pieces = search.find(costs, penalty)
        doubtful = find_doubtful(search, costs, pieces, penalty)
    page = PastedPage(size=len(pieces))
    for piece in pieces:
        _place(page, piece)
    page.doubtful = {lines[at].number for at in doubtful}
    return page


def _place(page: PastedPage, piece: LayoutPiece) -> None:
    last = page.papers[-1] if page.papers else None
    if piece.kind is PieceKind.BOILERPLATE:
        (last.below if last else page.header).append(piece)
    elif piece.kind is PieceKind.TITLE:
        page.papers.append(PaperPieces(title=piece))
    elif last is None:
        page.papers.append(PaperPieces(paragraphs=[piece]))
    else:
        last.inside += last.below
        last.below.clear()
        last.paragraphs.append(piece)
