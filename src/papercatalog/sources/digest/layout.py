"""Finds how a digest's lines are to be read: the reading that goes against the fewest rules.

A reading gives every line a part: furniture, a title's line, an abstract's. Rules cannot judge a
line alone (a short one may be a title, a name or the end of a wrapped paragraph), so each reading
of the whole page has a cost, the sum of what the rules have against it, and the cheapest is taken:
a shortest path, found in one pass over the lines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from papercatalog.sources.digest.boilerplate import LIKELY, SURE, TITLE_LENGTH, furniture_costs
from papercatalog.sources.digest.breaks import (
    Break,
    end_cost,
    ends_sentence,
    find_widths,
    wrap_cost,
)
from papercatalog.sources.digest.lines import Line, join_lines
from papercatalog.sources.digest.titles import line_cost, paragraph_cost, title_cost

TITLE_LINES = 4
"""A title is wrapped to this many lines at most."""

LOST_TITLE = 14.0
"""The cost of an abstract at the page's start that no title precedes."""
LOST_ABSTRACT = 10.0
"""The cost of a title that no abstract follows."""
GOOD_TITLE = 2.0
"""What is added to that for a title of four words or more, which no name is."""
NEXT_PARAGRAPH = 2.0
"""The cost of another paragraph of the same abstract."""
AFTER_FURNITURE = 5.0
"""The cost of one that furniture parts from the others, as it parts papers."""
CANNOT_JOIN = 3.0
"""The cost of a wrap that is not believed unless something else asks for it."""
NAME_IN_TITLE = 4.0
"""The cost of a wrapped title whose last line is a name that furniture follows."""
ENDS_OPEN = 2.0
"""The cost of a paragraph that ends without a full stop."""
HOPELESS = 7.5
"""What so much speaks against, more than against another reading, starts no title."""
UNSPACED = 4.0
"""The cost of a title right below an abstract, on a page that has blank lines."""
LINES_A_PAPER = 30
"""A page with a blank line in this many has them between its papers."""


class Part(Enum):
    """What a piece of the page is."""

    FURNITURE = "furniture"
    TITLE = "title"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together: a line of furniture, a title, an abstract's paragraph."""

    part: Part
    line: int
    """The number of its first line."""
    text: str


class _State(Enum):
    """What the last line that was not furniture belongs to."""

    START = "no paper yet"
    TITLE = "a title"
    ABSTRACT = "an abstract"


@dataclass(frozen=True, slots=True)
class _Step:
    """The cheapest reading of the page down to some line, as its last piece and all before."""

    cost: float
    state: _State
    furniture: bool
    """Whether the last line read is furniture."""
    lost: float
    """What it costs if the paper ends here: a title has no abstract yet."""
    start: int
    """The index of the first line of what this step reads."""
    opens: bool
    """Whether that is a piece, or a wrapped line more of a paragraph."""
    back: _Step | None


def read_layout(lines: Sequence[Line]) -> list[Piece]:
    """Read lines as pieces, in their order; every line is in exactly one of them."""
    if not lines:
        return []
    search = _Search(lines)
    steps: list[_Step] = []
    step: _Step | None = search.cheapest()
    while step is not None and step.back is not None:
        steps.append(step)
        step = step.back
    return list(_pieces(lines, steps[::-1]))


def _pieces(lines: Sequence[Line], steps: Sequence[_Step]) -> Iterator[Piece]:
    starts = [step for step in steps if step.opens]
    ends = [step.start for step in starts[1:]] + [len(lines)]
    for step, end in zip(starts, ends, strict=True):
        part = Part.FURNITURE if step.furniture else _PARTS[step.state]
        text = join_lines([line.text for line in lines[step.start : end]])
        yield Piece(part, lines[step.start].number, text)


_PARTS = {_State.TITLE: Part.TITLE, _State.ABSTRACT: Part.PARAGRAPH}


class _Search:
    """Finds the cheapest reading of some lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.furniture = furniture_costs(lines)
        widths = find_widths(lines)
        self.spaced = sum(line.gap for line in lines[1:]) * LINES_A_PAPER >= len(lines)
        pairs = zip(pairwise(lines), widths, strict=True)
        breaks = [Break(*pair, width, self.spaced) for pair, width in pairs]
        self.wraps = [0.0, *map(wrap_cost, breaks)]
        self.ends = [0.0, *map(end_cost, breaks)]
        """What speaks against a wrap, and against a piece's end, before each line."""

    def cheapest(self) -> _Step:
        """The cheapest reading of all lines."""
        start = _Step(0.0, _State.START, True, 0.0, 0, False, None)
        reached: list[dict[tuple[_State, bool], _Step]] = [{} for _ in range(len(self.lines) + 1)]
        reached[0][start.state, start.furniture] = start
        for at in range(len(self.lines)):
            for end, following in self._following(reached[at].values(), at):
                key = (following.state, following.furniture)
                known = reached[end].get(key)
                if known is None or following.cost < known.cost:
                    reached[end][key] = following
        return min(reached[-1].values(), key=lambda step: step.cost + step.lost)

    def _following(self, steps: Collection[_Step], at: int) -> Iterator[tuple[int, _Step]]:
        """Every way to read on at a line from the steps that end there, and the line after it."""
        furniture = self.furniture[at]
        opening, further = self._opening(at), line_cost(self.lines[at].text) + self.wraps[at]
        titles: list[tuple[int, float, float]] | None = None
        hopeless = min(step.cost for step in steps) + HOPELESS
        for step in steps:
            ended = step.cost + self._end(step, at)
            if furniture is not None:
                cost = ended + furniture
                yield at + 1, _Step(cost, step.state, True, step.lost, at, True, step)
            if furniture == SURE:
                continue
            cost = ended + opening + self._next_paragraph(step)
            yield at + 1, _Step(cost, _State.ABSTRACT, False, 0.0, at, True, step)
            if step.state is _State.ABSTRACT and not step.furniture:
                cost = step.cost + further
                yield at + 1, _Step(cost, _State.ABSTRACT, False, 0.0, at, False, step)
                if self.spaced and not self.lines[at].gap:
                    ended += UNSPACED
            if ended >= hopeless:
                continue
            titles = list(self._titles(at)) if titles is None else titles
            for end, title, lost in titles:
                cost = ended + step.lost + title
                yield end, _Step(cost, _State.TITLE, False, lost, at, True, step)

    def _end(self, step: _Step, at: int) -> float:
        """What speaks against the end of a piece before a line."""
        if step.furniture:
            return 0.0
        open_end = step.state is _State.ABSTRACT and not ends_sentence(self.lines[at - 1].text)
        return self.ends[at] + (ENDS_OPEN if open_end else 0.0)

    def _next_paragraph(self, step: _Step) -> float:
        """What speaks against a paragraph after a step."""
        if step.state is _State.TITLE:
            return 0.0
        if step.state is _State.START:
            return LOST_TITLE
        return AFTER_FURNITURE if step.furniture else NEXT_PARAGRAPH

    def _opening(self, at: int) -> float:
        """What speaks against a line as a paragraph's first, which more lines may follow."""
        text = self.lines[at].text
        if at + 1 < len(self.lines) and self.wraps[at + 1] < CANNOT_JOIN:
            return line_cost(text)
        return paragraph_cost(text)

    def _titles(self, at: int) -> Iterator[tuple[int, float, float]]:
        """The titles that may start at a line: the line after, the cost, the cost if lost."""
        wraps, text = 0.0, ""
        for end in range(at + 1, min(at + TITLE_LINES, len(self.lines)) + 1):
            if self.furniture[end - 1] == SURE or len(text) > TITLE_LENGTH:
                return
            if text:
                wraps += self.wraps[end - 1]
                wraps += NAME_IN_TITLE if self._is_credit(end - 1) else 0.0
            text = join_lines([line.text for line in self.lines[at:end]])
            lost = LOST_ABSTRACT + (GOOD_TITLE if text.count(" ") >= 3 else 0.0)
            yield end, title_cost(text) + wraps, lost

    def _is_credit(self, at: int) -> bool:
        """Whether a line is likely furniture, and sure furniture follows."""
        if self.spaced and not self.lines[at].gap:
            return False
        cost = self.furniture[at]
        follows = at + 1 < len(self.lines) and self.furniture[at + 1] == SURE
        return follows and cost is not None and cost <= LIKELY
