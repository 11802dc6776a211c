"""Finds papers of improbable length, and titles that another layout would read otherwise.

Where text is wrapped and has no blank lines, a title can only be told by its words. A layout that
makes an abstract of two lines, or one of twenty-five hundred characters, is searched anew with a
penalty; what two layouts of nearly one cost read differently is doubtful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from papercatalog.sources.digest.layout import LayoutSearch, Penalty, add_penalties, no_penalty
from papercatalog.sources.digest.pieces import LayoutPiece, PieceKind, Span

SHORT_ABSTRACT = 280
"""Of 6,000 abstracts one has fewer characters."""
LONG_ABSTRACT = 1960
"""No abstract has more characters: arXiv takes 1,920."""
MOST_SHORT = 0.2
"""On a page with more short abstracts than this share, their length says nothing."""
IMPROBABLE = 6.0
"""The cost of a title that leaves an abstract too short, and the gain of one in a long abstract."""
DOUBT = 2.0
"""Layouts whose costs differ by no more are about as likely as each other."""


def make_length_penalty(pieces: Sequence[LayoutPiece]) -> Penalty:
    """Make a penalty of titles that leave abstracts too short; it is negative in too long ones.

    It is `no_penalty` where no abstract is too short or too long.
    """
    papers = list(_papers(pieces))
    short = [title for title, _, length in papers if 0 < length < SHORT_ABSTRACT]
    against: Counter[Span] = Counter()
    favoured: set[int] = set()
    if len(short) <= MOST_SHORT * len(papers):
        nexts = [title for title, _, _ in papers[1:]]
        for (title, _, length), following in zip(papers, [*nexts, None], strict=True):
            if 0 < length < SHORT_ABSTRACT:
                against.update(found.span for found in (title, following) if found)
    for _, paragraphs, length in papers:
        if length > LONG_ABSTRACT:
            favoured |= {at for found in paragraphs for at in range(*found.span)}
    if not against and not favoured:
        return no_penalty
    return lambda span: (
        against[span] * IMPROBABLE / 2 - (IMPROBABLE if span[0] in favoured else 0.0)
    )


def _papers(
    pieces: Sequence[LayoutPiece],
) -> Iterator[tuple[LayoutPiece | None, list[LayoutPiece], int]]:
    """Each title, the paragraphs below it, and how many characters these have."""
    title: LayoutPiece | None = None
    paragraphs: list[LayoutPiece] = []
    for piece in (*pieces, None):
        if piece is not None and piece.kind is PieceKind.PARAGRAPH:
            paragraphs.append(piece)
        elif piece is None or piece.kind is PieceKind.TITLE:
            yield title, paragraphs, sum(len(found.text) for found in paragraphs)
            title, paragraphs = piece, []


def find_doubtful(
    search: LayoutSearch,
    costs: Sequence[float | None],
    pieces: Sequence[LayoutPiece],
    penalty: Penalty,
) -> set[int]:
    """Find the titles of a layout that another layout of nearly the same cost does not have.

    Args:
        search: The search that found the layout.
        costs: The boilerplate costs that it was found with.
        pieces: The layout.
        penalty: The penalty of titles that it was found with.

    Returns:
        The index of the first line of each. Titles that only the other layout has are left out.
    """
    chosen = {piece.span for piece in pieces if piece.kind is PieceKind.TITLE}

    def penalise_chosen(span: Span) -> float:
        return DOUBT if span in chosen else 0.0

    others = search.find(costs, add_penalties(penalty, penalise_chosen))
    other = {piece.span for piece in others if piece.kind is PieceKind.TITLE}
    return {start for start, _ in chosen - other}
