"""Draws charts as SVG: bars, and lines of shares.

They are drawn by hand: two simple kinds of charts take fewer lines than a plotting library's
settings, which would have to be turned into the site's colours, too. All parts are drawn in
``currentColor``, so that a downloaded chart is readable by itself; the site's style sheet gives
those on pages their colours. Screen readers read title and description (``role="img"``):
https://www.w3.org/TR/svg-aam-1.0/
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from papercatalog.words import Words

WIDTH, HEIGHT = 480, 220
"""The size of a chart; narrow, since a phone shows it at three quarters of that."""
SMALL_WIDTH, SMALL_HEIGHT = 220, 80
"""The size of a chart that stands in a row with others."""
_FONT = 15
_LETTER = 9.6
"""A digit's width at most."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 14, 28
"""The room around the plot, for labels; wide ones of a scale take more at the left."""


class Chart(NamedTuple):
    """What a chart says of itself."""

    name: str
    """Begins the ``id`` of its elements."""
    title: str
    """Plain text."""
    description: str
    """Plain text."""


def draw_bars(chart: Chart, labels: Sequence[str], values: Sequence[int], words: Words) -> Markup:
    """Draw a bar for each value. Labels stand below them if there is room, else the outer two."""
    top = round_up(max(values))
    scale = list(map(words.number, _halves(top)))
    start = _measure_scale(scale)
    step = (WIDTH - start - _RIGHT) / len(values)
    width = step * (0.8 if step > 4 else 1)
    bars = []
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        left, height = start + step * place + (step - width) / 2, _plot_height(value / top)
        bars.append(
            f'<rect x="{left:.1f}" y="{HEIGHT - _BOTTOM - height:.1f}" width="{width:.1f}"'
            f' height="{height:.1f}"><title>{escape(label)}: {words.number(value)}</title></rect>'
        )
    axes = [*_draw_scale(scale, start), *_draw_labels(labels, start, step)]
    return _wrap(chart, WIDTH, HEIGHT, [*axes, f'<g fill="currentColor">{"".join(bars)}</g>'])


def draw_shares(
    chart: Chart, labels: Sequence[str], shares: Sequence[float | None], words: Words
) -> Markup:
    """Draw shares, from 0 to 1, as a line; None is a gap. The outer two labels stand below it."""
    top = round_up(max((share or 0 for share in shares), default=0) * 100) / 100
    scale = [words.percent(share) for share in (0, top / 2, top)]
    start = _measure_scale(scale)
    step = (WIDTH - start - _RIGHT) / len(shares)
    places = [
        None
        if share is None
        else (start + step * (place + 0.5), HEIGHT - _BOTTOM - _plot_height(share / top))
        for place, share in enumerate(shares)
    ]
    parts = [*_draw_scale(scale, start), *_draw_labels(labels, start, step), _draw_line(places)]
    return _wrap(chart, WIDTH, HEIGHT, parts)


def draw_small_shares(chart: Chart, shares: Sequence[float | None]) -> Markup:
    """Draw shares as a line without labels, from none to the largest."""
    top = max((share or 0 for share in shares), default=0) or 1
    step = SMALL_WIDTH / len(shares)
    room = SMALL_HEIGHT - 8
    places = [
        None if share is None else (step * (place + 0.5), 4 + room * (1 - share / top))
        for place, share in enumerate(shares)
    ]
    ground = _draw_rule(0, SMALL_WIDTH, SMALL_HEIGHT - 2)
    return _wrap(chart, SMALL_WIDTH, SMALL_HEIGHT, [ground, _draw_line(places)])


def round_up(value: float) -> int:
    """Round up to 2, 4, 10 or a power of ten times these, so that half of it is whole.

    >>> round_up(0), round_up(3), round_up(11), round_up(621)
    (2, 4, 20, 1000)
    """
    power = 1
    while True:
        for step in (2, 4, 10):
            if step * power >= value:
                return step * power
        power *= 10


def _halves(top: int) -> tuple[int, int, int]:
    return 0, top // 2, top


def _plot_height(share: float) -> float:
    return (HEIGHT - _TOP - _BOTTOM) * share


def _measure_scale(labels: Sequence[str]) -> float:
    """Give the room that the labels of a scale take to the left of the plot."""
    return max(_LEFT, 6 + _LETTER * max(map(len, labels)))


def _draw_scale(labels: Sequence[str], start: float) -> Iterable[str]:
    """Draw three levels: none, half and all."""
    for place, label in enumerate(labels):
        level = HEIGHT - _BOTTOM - _plot_height(place / 2)
        yield _draw_rule(start, WIDTH - _RIGHT, level)
        yield _draw_text(start - 6, level + _FONT / 3, "end", label)


def _draw_labels(labels: Sequence[str], start: float, step: float) -> Iterable[str]:
    level = HEIGHT - _BOTTOM + _FONT + 4
    if max(map(len, labels)) * _LETTER < step:
        for place, label in enumerate(labels):
            yield _draw_text(start + step * (place + 0.5), level, "middle", label)
    else:
        yield _draw_text(start, level, "start", labels[0])
        yield _draw_text(WIDTH - _RIGHT, level, "end", labels[-1])


def _draw_text(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _draw_rule(left: float, right: float, level: float) -> str:
    return (
        f'<line x1="{left}" x2="{right}" y1="{level:.1f}" y2="{level:.1f}"'
        ' stroke="currentColor" stroke-opacity=".3"/>'
    )


def _draw_line(places: Iterable[tuple[float, float] | None]) -> str:
    """Draw a line through places; one without neighbours is a dot, as round ends make it."""
    path, pen = [], "M"
    for place in places:
        if place is None:
            pen = "M"
        else:
            dot = "h0" if pen == "M" else ""
            path.append(f"{pen}{place[0]:.1f} {place[1]:.1f}{dot}")
            pen = "L"
    return (
        f'<path d="{"".join(path)}" fill="none" stroke="currentColor" stroke-width="2.5"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _wrap(chart: Chart, width: int, height: int, parts: Iterable[str]) -> Markup:
    name = escape(chart.name)
    return Markup(  # noqa: S704, all texts are escaped
        f'<svg class="pc-chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' role="img" aria-labelledby="{name}-title {name}-desc" font-family="sans-serif"'
        f' font-size="{_FONT}" fill="currentColor"><title id="{name}-title">{escape(chart.title)}'
        f'</title><desc id="{name}-desc">{escape(chart.description)}</desc>{"".join(parts)}</svg>'
    )
