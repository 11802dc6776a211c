"""Prints what importing a dump of JSON Lines into an empty catalog costs, and how that grows.

make bench-import [CORPUS=papers.jsonl.gz]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from build_cost import explain_memory, say
from made_site import make_papers_of, write_catalog, write_dump
from measure import Cost, find_exponent, measure, render_table, write_bytes, write_seconds

SIZES = (10_000, 100_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--sizes", nargs="*", type=int, default=list(SIZES))
    given = parser.parse_args()
    costs = {size: measure_import(size, given.corpus) for size in sorted(given.sizes)}
    print(f"{explain_memory()}\n")
    header = ("rows", "time", "processor", "memory", "processor of a row")
    print(render_table([header, *(make_row(size, cost) for size, cost in costs.items())]))
    for (small, one), (large, other) in pairwise(costs.items()):
        time = find_exponent((small, one.processor), (large, other.processor))
        memory = find_exponent((small, one.memory), (large, other.memory))
        print(f"\nfrom {small:,} to {large:,}: processor ^{time:.2f}, memory ^{memory:.2f}")


def measure_import(size: int, corpus: Path | None) -> Cost:
    """Import so many rows into a catalog without papers."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "catalog"
        write_catalog(root, ())
        dump = Path(name) / "papers.jsonl"
        say(f"writing {size:,} rows")
        write_dump(dump, make_papers_of(size, corpus))
        say("importing them")
        cost = measure((sys.executable, "-m", "papercatalog", "import", str(dump)), root)
        pages = sum(1 for _ in root.glob("docs/papers/*/*.md"))
        if pages != size:
            raise SystemExit(f"{pages} pages of {size} rows")
        return cost


def make_row(size: int, cost: Cost) -> list[str]:
    return [
        f"{size:,}",
        write_seconds(cost.seconds),
        write_seconds(cost.processor),
        write_bytes(cost.memory),
        f"{cost.processor / size * 1000:.2f} ms",
    ]


if __name__ == "__main__":
    main()
