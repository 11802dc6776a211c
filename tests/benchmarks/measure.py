"""Runs commands and says what they took: seconds, processor seconds, memory, bytes written."""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
BETWEEN_SAMPLES = 0.05
"""Seconds between two looks at the memory of a command's processes, at least."""
REST = 20
"""So many times as long as a look took passes until the next one: it must not slow what it sees."""


class FailedError(Exception):
    """A command that is measured failed; the text holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    processor: float
    """Processor seconds of all its processes, user's and system's."""
    memory: int
    """Bytes at the peak: of all processes together, with shared pages counted once, where the
    system tells (`sees_all_processes`), and no less than of the largest process alone."""
    steps: Mapping[str, float] = field(default_factory=dict)
    """Seconds of its steps, where it tells them."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a folder holds."""

    bytes: int = 0
    files: int = 0
    largest_page: int = 0
    """Bytes of its largest HTML file."""


def sees_all_processes() -> bool:
    """Whether the memory of all processes of a command can be summed up here."""
    return (PROC / "self" / "smaps_rollup").exists()


def measure(
    command: Sequence[str], folder: Path, settings: Mapping[str, str] | None = None
) -> Cost:
    """Run a command in a folder. Raises `FailedError` where its exit code is not 0."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(settings or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        done = threading.Event()
        peak = [0]
        watch = threading.Thread(target=_watch, args=(process.pid, done, peak))
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        done.set()
        watch.join()
        said.seek(0)
        output = said.read().decode("utf-8", "replace")
    if process.returncode:
        raise FailedError(f"{' '.join(command)}: exit code {process.returncode}\n{output[-2000:]}")
    largest = usage.ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024)
    return Cost(
        seconds, usage.ru_utime + usage.ru_stime, max(peak[0], largest), parse_steps(output)
    )


def parse_steps(output: str) -> dict[str, float]:
    """Read the lines of an output that are JSON objects of numbers: seconds by step.

    >>> parse_steps('building\\n{"load": 0.5, "pages": 2}\\ndone')
    {'load': 0.5, 'pages': 2.0}
    """
    steps: dict[str, float] = {}
    for line in output.splitlines():
        if not line.startswith("{"):
            continue
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if all(isinstance(value, int | float) for value in row.values()):
            steps.update((name, float(value)) for name, value in row.items())
    return steps


def _watch(session: int, done: threading.Event, peak: list[int]) -> None:
    rest = BETWEEN_SAMPLES
    while not done.wait(rest):
        started = time.perf_counter()
        peak[0] = max(peak[0], _memory(session))
        rest = max(BETWEEN_SAMPLES, REST * (time.perf_counter() - started))


def _memory(session: int) -> int:
    """Bytes that the processes of a session hold now, pages that they share counted once."""
    total = 0
    for folder in PROC.glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(fields[3]) == session:
                total += parse_memory((folder / "smaps_rollup").read_text("utf-8"))
        except (OSError, ValueError, IndexError):
            continue  # it has ended in between
    return total


def parse_memory(text: str) -> int:
    """Read the proportional bytes out of a process' ``smaps_rollup``."""
    line = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) * 1024


def move_away(folder: Path) -> None:
    """Take a folder out of its place, if it is there, but leave it on the disk.

    Where files were removed moments before, ext4 makes new ones more slowly.
    """
    if folder.exists():
        folder.rename(Path(tempfile.mkdtemp(prefix="old-", dir=folder.parent)) / folder.name)


def measure_folder(folder: Path) -> Size:
    """Sum up a folder's files."""
    total = files = largest = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            size = (Path(parent) / name).stat().st_size
            total += size
            files += 1
            if name.endswith(".html"):
                largest = max(largest, size)
    return Size(total, files, largest)


def add_up(costs: Iterable[Cost]) -> Cost:
    """One command after another: times add up, the larger memory counts."""
    every = list(costs)
    steps: dict[str, float] = {}
    for cost in every:
        steps.update(cost.steps)
    return Cost(
        sum(cost.seconds for cost in every),
        sum(cost.processor for cost in every),
        max(cost.memory for cost in every),
        steps,
    )


def take_median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure by itself."""
    names = dict.fromkeys(name for cost in costs for name in cost.steps)
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.processor for cost in costs),
        int(statistics.median(cost.memory for cost in costs)),
        {name: statistics.median(cost.steps.get(name, 0.0) for cost in costs) for name in names},
    )


def find_exponent(small: tuple[float, float], large: tuple[float, float]) -> float | None:
    """How a figure grows between two sizes, each given with it: as which power of the size.

    None where a figure is too small to tell.

    >>> find_exponent((10, 3.0), (100, 30.0))
    1.0
    """
    (n, figure), (more, larger) = small, large
    if figure <= 0 or larger <= 0 or n <= 0 or more <= n:
        return None
    return math.log(larger / figure) / math.log(more / n)


def render_table(rows: Sequence[Sequence[str]]) -> str:
    """Write rows, of which the first holds the names, as a table of Markdown, aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| "
        + " | ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    ]
    rule = "|".join("-" * (width + 1) + (":" if at else "-") for at, width in enumerate(widths))
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])


def write_seconds(seconds: float) -> str:
    """Seconds with the digits that mean something: ``0.84 s``, ``12.3 s``, ``124 s``."""
    return f"{seconds:.{2 if seconds < 10 else 1 if seconds < 100 else 0}f} s"


def write_bytes(size: float) -> str:
    """Bytes in the unit that suits: ``740 B``, ``8.1 kB``, ``404 MB``, ``1.2 GB``."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            scaled = size / factor
            return f"{scaled:.{1 if scaled < 100 else 0}f} {unit}"
    return f"{size:.0f} B"
