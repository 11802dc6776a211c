"""Finds the cheapest layout of a page: which lines are boilerplate, titles and abstracts.

A layout gives every line a kind. Rules cannot judge a line alone (a short one may be a title, a
name or the end of a wrapped paragraph), so each layout of the whole page has a cost, the sum of
what the rules have against it, and the cheapest is taken: a shortest path, found in one pass over
the lines (dynamic programming, linear in their number).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from papercatalog.sources.digest.boilerplate import LIKELY, SURE, TITLE_LENGTH
from papercatalog.sources.digest.breaks import (
    Break,
    end_cost,
    ends_sentence,
    find_widths,
    wrap_cost,
)
from papercatalog.sources.digest.lines import Line, join_lines
from papercatalog.sources.digest.markup import ABSTRACT, TITLE
from papercatalog.sources.digest.name_forms import is_author_line
from papercatalog.sources.digest.pieces import LayoutPiece, PieceKind, Span
from papercatalog.sources.digest.titles import (
    line_cost,
    opening_cost,
    paragraph_cost,
    title_cost,
    uneven_cost,
)

TITLE_LINES = 5
"""A title is wrapped to this many lines at most."""

LOST_TITLE = 14.0
"""The cost of an abstract at the page's start that no title precedes."""
LOST_ABSTRACT = 10.0
"""The cost of a title that no abstract follows."""
GOOD_TITLE = 2.0
"""What is added to that for a title of four words or more, which no name is."""
NEXT_PARAGRAPH = 2.0
"""The cost of another paragraph of the same abstract."""
AFTER_BOILERPLATE = 5.0
"""The cost of one that boilerplate parts from the others, as it parts papers."""
MAX_JOIN_COST = 3.0
"""A line whose wrap costs as much or more is judged as a paragraph by itself."""
MARKER_IN_TITLE = 5.0
"""The cost of a wrapped title whose next line has a list marker."""
NAME_IN_TITLE = 4.0
"""The cost of a wrapped title whose last line is a name that boilerplate follows."""
ENDS_OPEN = 5.0
"""The cost of a paragraph that ends without a full stop; of 200 abstracts one does."""
BOLD_PARAGRAPH = 10.0
"""The cost of a heading that is read as a paragraph."""
TITLE_BEAM = 7.5
"""The beam width of titles: one starts only from layouts that cost at most this much more than the
cheapest one down to the same line."""
UNSPACED = 4.0
"""The cost of a title right below an abstract, on a page that has blank lines."""
LINES_A_PAPER = 30
"""A page with a blank line in this many has them between its papers."""


Penalty = Callable[[Span], float]
"""A cost of reading some lines as a title, beside what the rules say of their text."""


def no_penalty(span: Span) -> float:
    """Add no cost to a title."""
    return 0.0


def add_penalties(first: Penalty, second: Penalty) -> Penalty:
    """Make the sum of two penalties."""
    return lambda span: first(span) + second(span)


class _State(Enum):
    """What the last line that was not boilerplate belongs to."""

    START = "no paper yet"
    TITLE = "a title"
    ABSTRACT = "an abstract"


@dataclass(frozen=True, slots=True)
class _Step:
    """The cheapest layout of the page down to some line, as its last piece and all before."""

    cost: float
    state: _State
    boilerplate: bool
    """Whether the last line is boilerplate."""
    lost: float
    """What it costs if the paper ends here: a title has no abstract yet."""
    start: int
    """The index of the first line of this step."""
    opens: bool
    """Whether that is a piece, or a wrapped line more of a paragraph."""
    back: _Step | None


_KINDS = {_State.TITLE: PieceKind.TITLE, _State.ABSTRACT: PieceKind.PARAGRAPH}


class LayoutSearch:
    """Finds the cheapest layout of some lines."""

    def __init__(self, lines: Sequence[Line], rules: Sequence[float | None]) -> None:
        """Prepare for searches that share what the rules say of titles and paragraphs.

        Args:
            lines: The page's lines.
            rules: The cost of each as boilerplate by the rules alone, None where it is none. What
                is sure or likely by them stays so in every search, whatever its costs.
        """
        self.lines = lines
        self._sure = [cost == SURE for cost in rules]
        self._likely = [cost is not None and cost <= LIKELY for cost in rules]
        widths = find_widths(lines)
        self.spaced = sum(line.gap for line in lines[1:]) * LINES_A_PAPER >= len(lines)
        """Whether the page has blank lines between its papers."""
        pairs = zip(pairwise(lines), widths, strict=True)
        breaks = [Break(*pair, width, self.spaced) for pair, width in pairs]
        self._wraps = [0.0, *map(wrap_cost, breaks)]
        self._ends = [0.0, *map(end_cost, breaks)]
        """The costs of a wrap, and of a piece's end, before each line."""
        self._titles_at: dict[int, list[tuple[int, float, float]]] = {}
        self._paragraphs_at: dict[int, tuple[float, float]] = {}
        """The costs of titles and paragraphs that start at a line, by its index."""

    def find(
        self,
        boilerplate: Sequence[float | None],
        penalty: Penalty = no_penalty,
    ) -> list[LayoutPiece]:
        """Split the lines into pieces, in their order; every line is in exactly one of them.

        Args:
            boilerplate: The cost of reading each line as boilerplate, None where it is none.
            penalty: The further cost of reading some lines as a title.
        """
        if not self.lines:
            return []
        assert self._sure == [cost == SURE for cost in boilerplate]  # noqa: S101
        steps: list[_Step] = []
        step: _Step | None = self._cheapest(boilerplate, penalty)
        while step is not None and step.back is not None:
            if step.opens:
                steps.append(step)
            step = step.back
        steps.reverse()
        ends = [step.start for step in steps[1:]] + [len(self.lines)]
        return [
            LayoutPiece(
                PieceKind.BOILERPLATE if step.boilerplate else _KINDS[step.state],
                step.start,
                tuple(self.lines[step.start : end]),
            )
            for step, end in zip(steps, ends, strict=True)
        ]

    def _cheapest(self, boilerplate: Sequence[float | None], penalty: Penalty) -> _Step:
        """The cheapest layout of all lines."""
        start = _Step(0.0, _State.START, True, 0.0, 0, False, None)
        reached: list[dict[tuple[_State, bool], _Step]] = [{} for _ in range(len(self.lines) + 1)]
        reached[0][start.state, start.boilerplate] = start
        for at in range(len(self.lines)):
            for end, following in self._following(
                reached[at].values(), at, boilerplate[at], penalty
            ):
                key = (following.state, following.boilerplate)
                known = reached[end].get(key)
                if known is None or following.cost < known.cost:
                    reached[end][key] = following
            reached[at].clear()
        return min(reached[-1].values(), key=lambda step: step.cost + step.lost)

    def _following(
        self, steps: Collection[_Step], at: int, boilerplate: float | None, penalty: Penalty
    ) -> Iterator[tuple[int, _Step]]:
        """Every way to go on with a line from the steps that end there, and the line after it."""
        if not steps:
            return
        line = self.lines[at]
        known = self._paragraphs_at.get(at)
        if known is None:
            known = self._opening(at), line_cost(line.text) + self._wraps[at]
            self._paragraphs_at[at] = known
        opening, further = known
        titles: list[tuple[int, float, float]] | None = None
        beam = min(step.cost for step in steps) + TITLE_BEAM
        for step in steps:
            ended = step.cost + self._end(step, at)
            if boilerplate is not None:
                cost = ended + boilerplate
                yield at + 1, _Step(cost, step.state, True, step.lost, at, True, step)
            if self._sure[at]:
                continue
            if line.label != TITLE:
                cost = ended + opening + self._next_paragraph(step)
                yield at + 1, _Step(cost, _State.ABSTRACT, False, 0.0, at, True, step)
            if step.state is _State.ABSTRACT and not step.boilerplate:
                cost = step.cost + further
                yield at + 1, _Step(cost, _State.ABSTRACT, False, 0.0, at, False, step)
                if self.spaced and not line.gap:
                    ended += UNSPACED
            if line.label == ABSTRACT or (ended >= beam and line.label != TITLE):
                continue
            if titles is None:
                titles = self._titles_at.get(at)
                if titles is None:
                    titles = self._titles_at[at] = list(self._titles(at))
            for end, title, lost in titles:
                cost = ended + step.lost + title + penalty((at, end))
                yield end, _Step(cost, _State.TITLE, False, lost, at, True, step)

    def _end(self, step: _Step, at: int) -> float:
        """The cost of ending a piece before a line."""
        if step.boilerplate:
            return 0.0
        open_end = step.state is _State.ABSTRACT and not ends_sentence(self.lines[at - 1].full)
        return self._ends[at] + (ENDS_OPEN if open_end else 0.0)

    def _next_paragraph(self, step: _Step) -> float:
        """The cost of a paragraph after a step."""
        if step.state is _State.TITLE:
            return 0.0
        if step.state is _State.START:
            return LOST_TITLE
        return AFTER_BOILERPLATE if step.boilerplate else NEXT_PARAGRAPH

    def _opening(self, at: int) -> float:
        """The cost of a line as a paragraph's first, which more lines may follow."""
        line = self.lines[at]
        if line.label == ABSTRACT:
            return 0.0
        bold = BOLD_PARAGRAPH if line.heading else 0.0
        if at + 1 < len(self.lines) and self._wraps[at + 1] < MAX_JOIN_COST:
            return bold + opening_cost(line.text)
        return bold + paragraph_cost(line.text)

    def _titles(self, at: int) -> Iterator[tuple[int, float, float]]:
        """The titles that may start at a line: the line after, the cost, the cost if lost."""
        if self.lines[at].label == TITLE:
            yield at + 1, 0.0, LOST_ABSTRACT
        wraps, text = 0.0, ""
        for end in range(at + 1, min(at + TITLE_LINES, len(self.lines)) + 1):
            if self._sure[end - 1] or len(text) > TITLE_LENGTH:
                return
            if text:
                wraps += self._wraps[end - 1]
                wraps += MARKER_IN_TITLE if self.lines[end - 1].marker else 0.0
                wraps += NAME_IN_TITLE if self._is_credit(end - 1) else 0.0
            text = join_lines([text, self.lines[end - 1].text] if text else [self.lines[at].text])
            lost = LOST_ABSTRACT + (GOOD_TITLE if text.count(" ") >= 3 else 0.0)
            uneven = uneven_cost([line.text for line in self.lines[at:end]])
            yield end, title_cost(text) + uneven + wraps, lost

    def _is_credit(self, at: int) -> bool:
        """Whether a line is a list of authors, or a name that sure boilerplate follows."""
        if is_author_line(self.lines[at].text):
            return True
        if self.spaced and not self.lines[at].gap:
            return False
        return self._likely[at] and at + 1 < len(self.lines) and self._sure[at + 1]
