"""A part of a site, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Part:
    """One of so many parts of a site."""

    number: int
    """From 1 on."""
    count: int

    @classmethod
    def parse(cls, text: str) -> Part:
        """Read ``2/8``. Raises ValueError.

        >>> Part.parse("2/8")
        Part(number=2, count=8)
        """
        number, _, count = text.partition("/")
        part = cls(int(number), int(count))
        if not 1 <= part.number <= part.count:
            raise ValueError(text)
        return part

    def holds(self, path: str) -> bool:
        """Whether a file is this part's, by a hash of its path, which holds year and id.

        In so many parts each file is in one.
        """
        return crc32(path.encode()) % self.count == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"
