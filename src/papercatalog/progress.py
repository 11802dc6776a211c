"""Says how far long work is, on standard error: a bar in a terminal, lines elsewhere; times it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")

INTERVAL = 5.0
"""Seconds between two plain lines."""


def show_progress(items: Iterable[T], label: str, total: int) -> Iterator[T]:
    """Pass the items on and tell how far they are; ``total`` is how many are expected."""
    if sys.stderr.isatty():
        with click.progressbar(items, label=label, length=total, file=sys.stderr) as bar:
            yield from bar
        return
    told = time.monotonic()
    for number, item in enumerate(items, 1):
        yield item
        if time.monotonic() - told >= INTERVAL:
            told = time.monotonic()
            click.echo(f"{label}: {number:,} of {total:,}", err=True)


@contextmanager
def timed(steps: dict[str, float], name: str) -> Iterator[None]:
    """Add the seconds that the block takes to the step's."""
    started = time.monotonic()
    try:
        yield
    finally:
        steps[name] = steps.get(name, 0.0) + time.monotonic() - started
