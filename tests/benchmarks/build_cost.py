"""Prints what building a site of N papers costs, beside other generators, in one run.

    make bench N=10000 [CORPUS=papers.jsonl.gz]

Papers are grown from the repository's own, or from those of the corpus, by a seeded generator; with
N=0 the corpus is taken as it is. Every build is cold: sites and caches are moved away before. The
generators take turns, and the medians of all rounds are printed. Those that are not installed are
left out; ``contenders.py`` says how each is found and what it is given.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from contenders import FINDERS, OURS, Contender, find_makers
from made_site import make_papers_of
from measure import (
    Cost,
    Size,
    add_up,
    measure,
    measure_folder,
    render_table,
    sees_all_processes,
    take_median,
    write_bytes,
    write_seconds,
)

HEADER = ("", "time", "processor", "memory", "files", "size", "a paper", "ours to it", "processor")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=10_000, help="papers to make; 0: the corpus itself")
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=list(FINDERS), default=list(FINDERS))
    given = parser.parse_args()
    makers, missing = find_makers(given.only)
    for line in missing:
        print(line)
    with tempfile.TemporaryDirectory() as folder:
        papers = list(make_papers_of(given.n, given.corpus))
        contenders = []
        for name, make in makers.items():
            say(f"writing {len(papers):,} papers for {name}")
            contenders.append(make(Path(folder) / name, papers))
        count = len(papers)
        del papers
        rounds = [[run_cold(contender) for contender in contenders] for _ in range(given.rounds)]
        sizes = [measure_folder(contender.site) for contender in contenders]
    print(f"{count:,} papers, cold, medians of {given.rounds} rounds; {explain_memory()}\n")
    print(render_table([HEADER, *make_rows(contenders, rounds, sizes, count)]))


def run_cold(contender: Contender) -> list[Cost]:
    """Run a contender's commands with nothing left of earlier runs."""
    contender.clean()
    say(f"building with {contender.name}")
    return [
        measure(command, contender.folder, contender.settings) for _, command in contender.commands
    ]


def make_rows(
    contenders: Sequence[Contender],
    rounds: Sequence[Sequence[Sequence[Cost]]],
    sizes: Sequence[Size],
    papers: int,
) -> list[list[str]]:
    """Give a contender's row, and one for each of its commands where there are several.

    ``rounds`` holds for each round and contender what each command took.
    """
    medians = [
        take_median([add_up(costs[at]) for costs in rounds]) for at in range(len(contenders))
    ]
    ours = next(
        (cost for one, cost in zip(contenders, medians, strict=True) if one.name == OURS), None
    )
    rows = []
    for at, (contender, cost, size) in enumerate(zip(contenders, medians, sizes, strict=True)):
        row = [
            *_figures(contender.name, cost),
            f"{size.files:,}",
            write_bytes(size.bytes),
            write_bytes(size.bytes / max(1, papers)),
        ]
        if ours is None or ours is cost:
            row += ["", ""]
        else:
            row += [
                f"{ours.seconds / cost.seconds:.2f}",
                f"{ours.processor / cost.processor:.2f}",
            ]
        rows.append(row)
        if len(contender.commands) > 1:
            for part, (name, _) in enumerate(contender.commands):
                of_part = take_median([costs[at][part] for costs in rounds])
                rows.append([*_figures(f"– {name}", of_part), *[""] * 5])
    return rows


def _figures(name: str, cost: Cost) -> list[str]:
    return [
        name,
        write_seconds(cost.seconds),
        write_seconds(cost.processor),
        write_bytes(cost.memory),
    ]


def explain_memory() -> str:
    """Say what the figures of memory are here."""
    if sees_all_processes():
        return "memory of all processes together at the peak"
    return "memory of the largest process at its peak"


def say(progress: str) -> None:
    """Progress goes to standard error, so that the table stays whole."""
    print(f"  {progress}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
