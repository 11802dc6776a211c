"""Small catalogs for tests, written to disk; every paper in them is fabricated."""

from __future__ import annotations

import datetime as dt
from difflib import unified_diff
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from papercatalog.cli import main
from papercatalog.model.page import render_page
from papercatalog.model.paper import Paper
from repository import run_command

AGAIN = Path(__file__).parent / "again"
"""Two days of digests, the second with papers of the first, and the first as the API gives it."""

LANTERNS = (
    "Lanterns made of paper glow for a long time, and so do networks that were never trained. "
    "This fabricated work measures both with a candle and a stopwatch. "
    "On three invented benchmarks the lanterns win by 4.2 points."
)
OCEANS = (
    "Oceans that do not exist have tides all the same, or so the sailors of this survey report. "
    "We collect nine thousand of their letters and fit a moon to each of them. "
    "The moons agree to within a minute, which no real moon has ever done."
)
TOPICS = {
    "agents": "title: Agents\nterms:\n- agent\n- browser\n- web page\n",
    "light": "title: Light\nterms: [lantern, candle]\n",
    "paper": "title: Paper\nparent: light\nterms:\n- paper lantern\n",
}


def make_paper(page_id: str, title: str = "Paper Lanterns", **facts: Any) -> Paper:
    values: dict[str, Any] = {"date": dt.date(2025, 7, 28), "abstract": LANTERNS, **facts}
    return Paper(id=page_id, title=title, **values)


CURATED = (
    make_paper("one", "Paper Lanterns", topics=("paper", "light"), digests=("seeds/one.txt",)),
    make_paper("two", "A Tide Table", topics=("agents",), abstract=OCEANS, arxiv="2507.00002"),
    make_paper(
        "three",
        "A Browser for the Sea",
        topics=("agents", "light"),
        abstract=f"A browser shows each web page of the sea. {OCEANS[::-1]}",
    ),
)
"""Three papers of topics that `write_catalog` writes."""


def write_catalog(root: Path, *papers: Paper) -> Path:
    """Write pages and three topics."""
    for slug, front in TOPICS.items():
        page = root / "docs" / "topics" / f"{slug}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"---\n{front}---\nAn invented introduction.\n", "utf-8")
    for paper in papers:
        page = root / "docs" / paper.path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(render_page(paper), "utf-8")
    return root


def build_site(root: Path, config: str, *papers: Paper) -> Path:
    """Write a catalog with its configuration, build it, and give the site's folder."""
    write_catalog(root, *papers)
    (root / "mkdocs.yml").write_text(config, "utf-8")
    run_command(root, "build")
    return root / "site"


def page_of(root: Path, page_id: str) -> str:
    (page,) = root.glob(f"docs/papers/*/{page_id}.md")
    return page.read_bytes().decode("utf-8")


def pages_of(root: Path) -> dict[str, str]:
    """Give each paper's page by its id."""
    return {page.stem: page.read_text("utf-8") for page in root.glob("docs/papers/*/*.md")}


def texts_of(root: Path) -> dict[str, str]:
    """Give each Markdown file's text by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in sorted(root.rglob("*.md"))
    }


def changed_lines(before: str, after: str) -> list[str]:
    """Give the lines that went (``-``) and came (``+``)."""
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def run(root: Path, *arguments: str, typed: str | bytes | None = None) -> Result:
    """Run a command; an exception that is no exit is a failure of the test."""
    result = CliRunner().invoke(main, ["-C", str(root), *arguments], input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
