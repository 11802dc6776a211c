"""Draws the pictures of link previews and the site's icon with Pillow.

A picture has one colour, mixed with that of paper in 16 steps: it is drawn in grey, and the grey
levels become a palette. That keeps the files small. The font is Pillow's own, which knows ASCII.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""The size of a link preview's picture in pixels."""
PAPER = (251, 248, 242)
"""The colour of paper in the light scheme."""
MARK_SIZE = 32
"""The side of the square that `MARK` is drawn on."""
MARK = ((6, 4, 14, 8), (6, 8, 26, 14), (4, 16, 28, 28))
"""The site's mark is a drawer of a library's catalog with a card: the card's tab, the card and the
drawer's front, as left, top, right, bottom. All are even, so an icon of 16 pixels is sharp."""
MARK_LINES = ((10, 10, 22, 12),)
"""The line on the card, in the colour around it."""
MARK_HOLE = (12, 18, 20, 26)
"""The box of the drawer's round pull."""
MARK_RADIUS = 6
"""The radius of an icon's corners."""
_STEPS = 16
_MARGIN = 84
_TITLE_SIZES = (112, 96, 82, 70, 58)
_MAX_LINES = 3
_SIGNS = str.maketrans(
    {**dict.fromkeys("‐‑‒–—−", "-"), "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"}
    | {"Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "ı": "i", "…": "..."}
)


def draw_card(colour: tuple[int, int, int], title: str, name: str = "") -> bytes:
    """Draw the picture of a link preview, as PNG.

    Args:
        colour: The background's colour.
        title: Stands large at the bottom; left out if the font cannot write it.
        name: Stands small at the top, beside the mark; left out if the font cannot write it.
    """
    from PIL import ImageDraw

    image = _draw_base(spell(name)).copy()
    draw = ImageDraw.Draw(image)
    size, lines = _wrap(spell(title))
    for number, line in enumerate(reversed(lines)):
        place = (_MARGIN - 4, HEIGHT - _MARGIN - number * size * 1.16)
        draw.text(place, line, 255, _load_font(size), "ls", stroke_width=size / 60)
    return _save(image, colour)


def draw_icon(colour: tuple[int, int, int], size: int, *, rounded: bool) -> bytes:
    """Draw the site's icon, as PNG; the system rounds the corners of those that are not."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (size, size))
    _draw_mark(image, 0, 0, size, 255)
    corners = None
    if rounded:
        corners = Image.new("L", (size * 8, size * 8))
        radius = MARK_RADIUS * size * 8 / MARK_SIZE
        box = (0, 0, size * 8 - 1, size * 8 - 1)
        ImageDraw.Draw(corners).rounded_rectangle(box, radius, 255)
        corners = corners.resize((size, size), Image.Resampling.BOX)
    return _save(image, colour, corners)


def spell(text: str) -> str:
    """Spell a text with the letters of the font, without accents; empty if that cannot be done.

    >>> spell("Théorie – Łódź"), spell("機械学習")
    ('Theorie - Lodz', '')
    """
    letters = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    spelt = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return spelt if all(" " <= letter <= "~" or letter in "‘’“”·" for letter in spelt) else ""


@cache
def _draw_base(name: str) -> Image:
    """Draw what all pictures of a site have."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (WIDTH, HEIGHT))
    _draw_mark(image, 640, -88, 690, 20)
    _draw_mark(image, _MARGIN - 14, 38, 112, 255)
    if name:
        place = (_MARGIN + 106, 94)
        ImageDraw.Draw(image).text(place, name, 235, _load_font(40), "lm")
    return image


def _draw_mark(image: Image, left: int, top: int, side: int, level: int) -> None:
    """Draw the mark in a square, which may lie partly outside, at a level of grey."""
    from PIL import Image, ImageDraw

    scale = 8 if side < 256 else 2
    drawn = Image.new("L", (side * scale, side * scale))
    draw = ImageDraw.Draw(drawn)
    unit = side * scale / MARK_SIZE

    def enlarge(corners: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        left, top, right, bottom = (corner * unit for corner in corners)
        return left, top, right - 1, bottom - 1

    for part in MARK:
        draw.rectangle(enlarge(part), 255)
    for part in MARK_LINES:
        draw.rectangle(enlarge(part), 0)
    draw.ellipse(enlarge(MARK_HOLE), 0)
    mask = drawn.resize((side, side), Image.Resampling.BOX)
    image.paste(level, (left, top), mask)


def _wrap(text: str) -> tuple[int, list[str]]:
    """Find the largest size at which a text fits, and its lines; what is too long is cut."""
    lines: list[str] = []
    for size in _TITLE_SIZES:
        lines = list(_fill(text, size))
        if len(lines) <= _MAX_LINES and all(map(_fits, lines, [size] * len(lines))):
            return size, lines
    cut = [line for line in lines[:_MAX_LINES] if _fits(line, _TITLE_SIZES[-1])]
    return _TITLE_SIZES[-1], [*cut[:-1], *(f"{line} ..." for line in cut[-1:])]


def _fill(text: str, size: int) -> Iterator[str]:
    """Fill lines with words."""
    line = ""
    for word in text.split():
        if line and not _fits(f"{line} {word}", size):
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line


def _fits(line: str, size: int) -> bool:
    return _load_font(size).getlength(line) <= WIDTH - 2 * _MARGIN


@cache
def _load_font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101, wheels of Pillow have FreeType
    return font


def _save(image: Image, colour: tuple[int, int, int], corners: Image | None = None) -> bytes:
    """Write an image in grey as a PNG whose colours go from ``colour`` to that of paper."""
    from PIL import Image

    levels = image.point([(level * (_STEPS - 1) + 127) // 255 for level in range(256)])
    coloured = Image.frombytes("P", image.size, levels.tobytes())
    coloured.putpalette(
        [
            round(dark + (light - dark) * step / (_STEPS - 1))
            for step in range(_STEPS)
            for dark, light in zip(colour, PAPER, strict=True)
        ]
    )
    if corners:
        coloured = coloured.convert("RGB")
        coloured.putalpha(corners)
    file = BytesIO()
    coloured.save(file, "PNG", compress_level=6)  # level 9 takes 10 times as long for 10 % less
    return file.getvalue()
