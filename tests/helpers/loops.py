"""Runs coroutines in tests, also where the browser's driver has an event loop in this thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_in_thread(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in an event loop of a thread of its own; gives its result."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()
