"""Prints how the cost of a site grows with its papers, and what small changes to a large one cost.

    make bench-growth [CORPUS=papers.jsonl.gz]

First the repository's own papers and made ones at each size are built cold, with the exponent of
every figure between two sizes: 1 is a cost in proportion, 2 its square. Then one paper of a
catalog of 10,000 is changed, a day of 30 is imported, and all is checked. Beside each figure
stands the most that it should be, on two cores.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from build_cost import explain_memory, say
from corpus import ROOT
from made_site import make_papers_of, write_catalog, write_day
from measure import (
    Cost,
    Size,
    find_exponent,
    measure,
    measure_folder,
    move_away,
    render_table,
    take_median,
    write_bytes,
    write_seconds,
)

PROGRAM = (sys.executable, "-m", "papercatalog")
SIZES = (1_000, 10_000, 100_000)
MIDDLE = 10_000
A_DAY = 30
OWN = "the repository's own"


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that something may cost."""

    seconds: float
    memory: float | None = None


COLD = {110: Limit(1.5), 10_000: Limit(10, 400e6), 100_000: Limit(120, 2e9)}
CHANGED, IMPORTED, CHECKED, CHECKED_AGAIN = Limit(1.5), Limit(1), Limit(3), Limit(0.7)


@dataclass(frozen=True, slots=True)
class Built:
    """A cold build."""

    papers: int
    cost: Cost
    size: Size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        say("building the repository's own papers")
        own = copy_own(folder / "own")
        small = Built(
            len(list(own.glob("docs/papers/*/*.md"))),
            take_median([build_cold(own) for _ in range(given.rounds)]),
            measure_folder(own / "site"),
        )
        built = [build_at(folder / str(size), size, given.corpus) for size in sorted(given.sizes)]
        print(f"cold; {explain_memory()}\n")
        print(render_table([HEADER, *map(make_row, [small, *built])]))
        for one, other in pairwise(built):
            print(f"\nfrom {one.papers:,} to {other.papers:,} papers, grows as a power of\n")
            print(render_table([("", *EXPONENTS), *make_exponents(one, other)]))
        say(f"changing a catalog of {MIDDLE:,}")
        print(f"\n{MIDDLE:,} papers, medians of {given.rounds} rounds\n")
        root = folder / str(MIDDLE)
        if not root.exists():
            build_at(root, MIDDLE, given.corpus)
        rows = (
            (label, write_seconds(cost.seconds), write_bytes(cost.memory), render_limit(limit))
            for label, cost, limit in change(root, given.corpus, given.rounds)
        )
        print(render_table([("", "time", "memory", "at most"), *rows]))


def copy_own(root: Path) -> Path:
    """Copy the repository's catalog."""
    for name in ("docs", "seeds"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def build_at(root: Path, size: int, corpus: Path | None) -> Built:
    """Write a catalog of so many papers and build it."""
    say(f"writing {size:,} papers")
    papers = write_catalog(root, make_papers_of(size, corpus))
    say("building them")
    return Built(papers, build_cold(root), measure_folder(root / "site"))


def build_cold(root: Path) -> Cost:
    """Build with nothing left of earlier builds."""
    forget(root)
    move_away(root / "site")
    return measure((*PROGRAM, "build", "--timings"), root)


def forget(root: Path) -> None:
    """Move away what builds have worked out."""
    move_away(root / ".cache")


HEADER = ("papers", "time", "processor", "memory", "size", "a paper", "largest page", "at most")


def make_row(built: Built) -> list[str]:
    return [
        f"{built.papers:,}",
        write_seconds(built.cost.seconds),
        write_seconds(built.cost.processor),
        write_bytes(built.cost.memory),
        write_bytes(built.size.bytes),
        write_bytes(built.size.bytes / max(1, built.papers)),
        write_bytes(built.size.largest_page),
        render_limit(COLD.get(built.papers)),
    ]


EXPONENTS = ("smaller", "larger", "exponent")


def make_exponents(one: Built, other: Built) -> Iterator[list[str]]:
    """Give each figure at both sizes and its exponent, the steps of the build last."""
    seconds = {
        "time": (one.cost.seconds, other.cost.seconds),
        "processor": (one.cost.processor, other.cost.processor),
        **{
            f"– {step}": (spent, other.cost.steps.get(step, 0.0))
            for step, spent in one.cost.steps.items()
        },
    }
    sizes = {
        "memory": (one.cost.memory, other.cost.memory),
        "size": (one.size.bytes, other.size.bytes),
        "largest page": (one.size.largest_page, other.size.largest_page),
    }
    for figures, write in ((seconds, write_seconds), (sizes, write_bytes)):
        for name, (small, large) in figures.items():
            exponent = find_exponent((one.papers, small), (other.papers, large))
            shown = "" if exponent is None else f"{exponent:.2f}"
            yield [name, write(small), write(large), shown]


def change(root: Path, corpus: Path | None, rounds: int) -> Iterator[tuple[str, Cost, Limit]]:
    """Change the catalog in small, import into it and check it; gives what each took."""
    files = sorted(root.glob("docs/papers/*/*.md"))
    spent = []
    for file in files[:: max(1, len(files) // rounds)][:rounds]:
        file.write_text(file.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
        spent.append(measure((*PROGRAM, "build"), root))
    yield "one paper changed, built again", take_median(spent), CHANGED
    day = write_new_day(root, corpus)
    for state in ("cached", "nothing cached"):
        if state != "cached":
            forget(root)
        spent = []
        for _ in range(rounds):
            spent.append(measure((*PROGRAM, "import", str(day)), root))
            for page in set(root.glob("docs/papers/*/*.md")).difference(files):
                page.unlink()
        yield f"a day's {A_DAY} papers imported, {state}", take_median(spent), IMPORTED
        spent = [measure((*PROGRAM, "check"), root) for _ in range(rounds)]
        limit = CHECKED_AGAIN if state == "cached" else CHECKED
        yield f"checked, {state}", take_median(spent), limit


def write_new_day(root: Path, corpus: Path | None) -> Path:
    """Write a day's papers that the catalog does not have: those that a larger one goes on with."""
    new = islice(make_papers_of(MIDDLE + A_DAY, corpus), MIDDLE, None)
    path = root / "seeds" / "2025-07-29.json"
    write_day(path, new)
    return path


def render_limit(limit: Limit | None) -> str:
    """Write a limit, as ``10 s, 400 MB``."""
    if limit is None:
        return ""
    memory = f", {write_bytes(limit.memory)}" if limit.memory else ""
    return f"{limit.seconds:g} s{memory}"


if __name__ == "__main__":
    main()
