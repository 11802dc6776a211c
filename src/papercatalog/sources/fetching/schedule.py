"""Computes pauses, back-off and Retry-After; the clock is a parameter, for tests."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """The functions of time that fetching uses; tests replace them."""

    now: Callable[[], float] = time.monotonic
    """A monotonic clock, in seconds."""
    sleep: Callable[[float], None] = time.sleep
    wall: Callable[[], float] = time.time
    """Seconds since 1970, as files and servers tell them."""


def pause_before(last: float | None, now: float, interval: float) -> float:
    """Say how many seconds to wait so that `interval` lies between the last request and the next.

    >>> pause_before(last=10.0, now=11.0, interval=3.0)
    2.0
    """
    return 0.0 if last is None else max(0.0, last + interval - now)


def back_off(attempt: int, first: float) -> float:
    """Say how many seconds to wait after a failed attempt, counted from 1: twice as long each time.

    >>> [back_off(attempt, 2.0) for attempt in (1, 2, 3)]
    [2.0, 4.0, 8.0]
    """
    return first * 2.0 ** (attempt - 1)


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Read a Retry-After header as seconds from `now` (since 1970); None where it says nothing.

    >>> parse_retry_after("120", now=0.0)
    120.0
    >>> parse_retry_after("Thu, 01 Jan 1970 00:01:00 GMT", now=45.0)
    15.0

    Source: RFC 9110, section 10.2.3
    """
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=dt.UTC)
    return max(0.0, then.timestamp() - now)
