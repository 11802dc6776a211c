"""Checks the site as readers and machines meet it, and prints what its pages cost.

    python tests/benchmarks/check_site.py [links] [axe] [html] [figures]

runs the checks that are named, or all. It builds the repository's site with a hard paper, and an
empty one. axe-core looks at every kind and state of page in both schemes at 360 and 1280 pixels;
html-validate and the Nu checker read the markup; every internal link is followed. Bytes are held to
limits; times are only printed, beside those of a plain Material site in the same run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HELPERS = Path(__file__).parents[1] / "helpers"
sys.path.insert(0, str(HELPERS))

from checked_site import EMPTY_PAGES, PAGES, build_checked_site, find_axe_faults  # noqa: E402
from chromium import ARGUMENTS, REMEDY, find_chromium  # noqa: E402
from html_pages import find_broken_links  # noqa: E402
from page_figures import Figures, PackingHandler, measure_page  # noqa: E402
from page_kinds import PAPER  # noqa: E402
from repository import ROOT, run_command  # noqa: E402
from serving import served  # noqa: E402

MODULES = ROOT / "tests" / "node_modules"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
VALIDATE = MODULES / "html-validate" / "bin" / "html-validate.mjs"
RULES = {"root": True, "extends": ["html-validate:standard"]}
KNOWN = (
    ("autocomplete", "Material's check boxes of drawer and search have it"),
    ("tabindex", "Material's labels of the drawer have an empty one"),
)
"""Faults of the theme's own markup on guide pages: a word of the message, and the reason."""
LIMITS = {
    "paper": (30_000, 4_000),
    "day": (62_000, 13_000),
    "topic": (32_000, 12_000),
    "home": (35_000, 13_000),
    "search": (78_000, 40_000),
}
"""The most bytes of each page as a reader's first, and as what the one beside it adds to that.

A day of 110 papers is 34 kB of rows, a third of which are citations (COinS). What the first page of
another kind adds is mostly its HTML and the scripts of its kind. A search takes 24 kB of scripts,
20 kB of the index, and three papers' pages for the passages that were sought; on a busy machine
what of these comes late counts as the next page's.
"""
OTHER = "papers/2025/a-decoding-token-efficient-inference-scaling/"
MEASURED = {
    "paper": (PAPER, OTHER),
    "day": ("dates/2025/07/29/", PAPER),
    "topic": ("topics/agents/", "topics/training/"),
    "home": ("", PAPER),
    "search": ("search/?q=sparse+attention", PAPER),
}
PLAIN = """
site_name: Plain
docs_dir: plain
site_dir: plain-site
theme: {name: material, font: false, features: [navigation.tabs, navigation.top]}
"""


def main() -> int:
    """Run every check; give the number of those that failed."""
    if not shutil.which("java"):
        print(
            "check-site: Java is missing, which the Nu checker needs (apt-get install default-jre)"
        )
        return 1
    chromium = find_chromium()
    if not chromium:
        print(f"check-site: {REMEDY}")
        return 1
    failed = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder)
        site, empty, plain = build_sites(root)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        checks: dict[str, Callable[[], Iterator[str]]] = {
            "links": lambda: find_broken_links(site, "papercatalog/"),
            "links of an empty site": lambda: find_broken_links(empty, "papercatalog/"),
            "axe": lambda: run_axe(chromium, site, PAGES),
            "axe on an empty site": lambda: run_axe(chromium, empty, EMPTY_PAGES),
            "html": lambda: find_markup_faults([*list_files(site), *list_files(empty)]),
            "figures": lambda: print_figures(browser, site, plain),
        }
        for name, check in checks.items():
            if sys.argv[1:] and name.split()[0] not in sys.argv[1:]:
                continue
            started = time.monotonic()
            faults = list(check())
            print(f"check-site: {name}: {len(faults)} faults, {time.monotonic() - started:.0f} s")
            print("\n".join(f"  {fault}" for fault in faults), end="\n" if faults else "")
            failed += bool(faults)
        browser.close()
    return failed


def build_sites(root: Path) -> tuple[Path, Path, Path]:
    """Build the checked site, an empty catalog's, and a plain Material site of the same guide."""
    full, empty = root / "full", root / "empty"
    full.mkdir()
    site = build_checked_site(full)
    shutil.copytree(ROOT / "docs", empty / "docs", ignore=shutil.ignore_patterns("papers"))
    shutil.copy(ROOT / "mkdocs.yml", empty)
    run_command(empty, "build")
    shutil.copytree(ROOT / "docs" / "guide", root / "plain")
    papers = sorted((ROOT / "docs" / "papers").rglob("*.md"))
    for paper in papers:
        shutil.copy(paper, root / "plain")
    (root / "plain.yml").write_text(PLAIN, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(root / "plain.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return site, empty / "site", root / "plain-site"


def run_axe(chromium: str, site: Path, kinds: tuple[str, ...]) -> Iterator[str]:
    """Let axe-core look at pages of a site, in a browser for each core."""
    host = site.parent / "host"
    host.mkdir()
    (host / "papercatalog").symlink_to(site)
    cores = os.cpu_count() or 1
    shares = [kinds[first::cores] for first in range(cores)]
    with served(host) as address, ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        look = partial(look_at_pages, chromium, f"{address}papercatalog/")
        for faults in pool.map(look, shares):
            yield from faults


def look_at_pages(chromium: str, address: str, kinds: tuple[str, ...]) -> list[str]:
    """Let axe-core look at pages in a browser of their own, and give the faults."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        return [it for kind in kinds for it in find_axe_faults(browser, address + kind, kind)]


def list_files(site: Path) -> list[Path]:
    """List a file of each kind of page."""
    files = {site / kind.partition("?")[0] for kind in PAGES}
    files = {file / "index.html" if file.suffix != ".html" else file for file in files}
    return sorted(filter(Path.is_file, files))


def find_markup_faults(files: list[Path]) -> Iterator[str]:
    """Find what html-validate and the Nu checker say of the markup, but for what is known."""
    rules = files[0].parents[2] / "rules.json"
    rules.write_text(json.dumps(RULES), "utf-8")
    found = rules.with_name("found.json")
    names = [str(file) for file in files]
    options = ["--config", str(rules), "--formatter", f"json={found}"]
    run(["node", str(VALIDATE), *options, *names])
    for page in json.loads(found.read_text("utf-8")):
        for fault in page["messages"]:
            yield from tell(page["filePath"], f"{fault['ruleId']}: {fault['message']}")
    said = run(["java", "-jar", str(NU), "--errors-only", "--format", "json", *names]).stderr
    for fault in json.loads(said)["messages"]:
        yield from tell(fault.get("url", ""), f"vnu: {fault['message']}")


def tell(file: str, message: str) -> Iterator[str]:
    """Give a fault, unless it is a known one of the theme's on a guide page."""
    known = any(word in message for word, _ in KNOWN)
    if not ("/guide/" in file and known):
        yield f"{file}: {message}"


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a checker, which fails where it finds something."""
    return subprocess.run(command, capture_output=True, text=True, check=False)


def print_figures(browser: Browser, site: Path, plain: Path) -> Iterator[str]:
    """Print a table of figures, and give the pages that cost too many bytes."""
    print(f"{'page':16}{'requests':>9}{'cold kB':>9}{'warm kB':>9}{'FCP ms':>8}", end="")
    print(f"{'blocking ms':>13}{'to plain':>10}{'CLS':>7}")
    with served(plain, PackingHandler) as address:
        paper, other = (f"{address}{page.split('/')[-2]}/" for page in (PAPER, OTHER))
        material = measure_page(browser, paper, other)
        print_row("plain Material", material, material)
    with served(site, PackingHandler) as address:
        for name, (page, other) in MEASURED.items():
            figures = measure_page(browser, address + page, address + other)
            print_row(name, figures, material)
            cold, warm = LIMITS[name]
            if figures.cold > cold or figures.warm > warm:
                yield f"{name}: at most {cold:,} bytes are wanted, then {warm:,} for another page"


def print_row(name: str, figures: Figures, plain: Figures) -> None:
    """Print a line of the table, with the ratio of blocking time to a plain Material page's."""
    print(
        f"{name:16}{figures.requests:9}{figures.cold / 1000:9.1f}{figures.warm / 1000:9.1f}", end=""
    )
    ratio = figures.blocking / max(1, plain.blocking)
    print(
        f"{figures.fcp:8.0f}{figures.blocking:13.0f}{ratio:10.2f}{figures.shift:7.3f}", flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
