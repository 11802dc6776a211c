"""The pieces of a page's layout: boilerplate, titles and paragraphs, each on whole lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from papercatalog.sources.digest.lines import Line, join_lines

Span = tuple[int, int]
"""The indexes of a piece's first line and of the line after its last."""


class PieceKind(Enum):
    """What a piece of the page is."""

    BOILERPLATE = "boilerplate"
    TITLE = "title"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class LayoutPiece:
    """Lines that belong together: a line of boilerplate, a title, an abstract's paragraph."""

    kind: PieceKind
    start: int
    """The index of its first line among the page's."""
    lines: tuple[Line, ...]

    @property
    def span(self) -> Span:
        """The indexes of its first line and of the line after its last."""
        return self.start, self.start + len(self.lines)

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def text(self) -> str:
        """Its lines joined, without the wrapping that its kind does not need."""
        first, *rest = self.lines
        if self.kind is PieceKind.BOILERPLATE:
            return first.text
        if self.kind is PieceKind.TITLE:
            texts = [first.text, *(line.full for line in rest[:-1])]
            texts += [f"{line.marker} {line.text}".strip() for line in rest[-1:]]
            return join_lines(texts)
        numbered = any(map(str.isdigit, first.marker))
        opening = first.full if numbered else f"{first.text} {first.suffix}".rstrip()
        return join_lines([opening, *(line.full for line in rest)])
