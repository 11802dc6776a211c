"""Shows the progress of long work on standard error, and times steps."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")

INTERVAL = 5.0
"""Seconds between two lines of progress outside a terminal."""


def show_progress(
    items: Iterable[T], label: str, total: int, count: Callable[[T], int] = lambda _: 1
) -> Iterator[T]:
    """Pass the items on and show progress: a bar in a terminal, else a line every `INTERVAL`.

    ``total`` is the number of units expected; ``count`` gives the units of an item.
    """
    if sys.stderr.isatty():
        with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
            for item in items:
                yield item
                bar.update(count(item))
        return
    told = time.monotonic()
    done = 0
    for item in items:
        yield item
        done += count(item)
        if time.monotonic() - told >= INTERVAL:
            told = time.monotonic()
            click.echo(f"{label}: {done:,} of {total:,}", err=True)


@contextmanager
def timed(steps: dict[str, float], name: str) -> Iterator[None]:
    """Add the seconds that the block takes to the step's."""
    started = time.monotonic()
    try:
        yield
    finally:
        steps[name] = steps.get(name, 0.0) + time.monotonic() - started
