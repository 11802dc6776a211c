"""The built site: every paper in its places, no broken link, nothing of others, the same bytes."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from html_pages import find_broken_links, is_local, load_html, load_pages, resolve
from papercatalog.model.loading import load_catalog
from papercatalog.text import plain_title
from repository import SMALL, run_command

DAY = dt.date(2025, 7, 29)
ADDRESS = "https://papercatalog.github.io/papercatalog/"
SECONDS = 60
"""How long a change may take to show on the live site; it takes a few."""


def run_mkdocs(folder: Path, *arguments: str, **variables: str) -> str:
    """Run MkDocs by itself and give all it says."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small catalog to build and edit."""
    shutil.copytree(SMALL, tmp_path / "small")
    return tmp_path / "small"


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small catalog's site, built by MkDocs alone."""
    folder = tmp_path_factory.mktemp("small") / "small"
    shutil.copytree(SMALL, folder)
    run_mkdocs(folder, "build", "--strict", PYTHONHASHSEED="1")
    return folder / "site"


def test_every_paper_is_on_its_page_in_its_topics_and_on_its_day(site: Path, root: Path) -> None:
    catalog = load_catalog(root)
    pages = load_pages(site)
    listed = catalog.by_day[DAY]
    assert len(listed) == 110
    linked = {
        address: {(resolve(address, link), text) for link, text in page.links}
        for address, page in pages.items()
    }
    for paper in listed:
        assert pages[paper.url].headings == [paper.title]
        assert pages[paper.url].title == f"{paper.title} - Paper Catalog"
        for slug in paper.topics:
            for above in catalog.vocabulary.family(slug):
                assert (paper.url, paper.title) in linked[f"topics/{above}/"]
            assert f"topics/{slug}/" in {target for target, _ in linked[paper.url]}
        assert (paper.url, paper.title) in linked["dates/2025/07/29/"]
        assert "dates/2025/07/29/" in {target for target, _ in linked[paper.url]}


@pytest.mark.parametrize("which", ["site", "small_site"])
def test_every_internal_link_and_anchor_leads_somewhere(
    which: str, request: pytest.FixtureRequest
) -> None:
    built: Path = request.getfixturevalue(which)
    base = {"site": "papercatalog/", "small_site": "small/"}[which]
    broken = list(find_broken_links(built, base))
    assert not broken, "\n".join(broken[:20])
    assert len(load_pages(built)) > 20


@pytest.mark.parametrize("which", ["site", "small_site"])
def test_nothing_is_loaded_from_elsewhere(which: str, request: pytest.FixtureRequest) -> None:
    built: Path = request.getfixturevalue(which)
    for address, page in load_pages(built).items():
        for asset in page.assets:
            assert is_local(asset) or asset.startswith("data:"), f"{address}: {asset}"
            if is_local(asset) and address != "404.html":
                assert (built / resolve(address, asset)).is_file(), f"{address}: {asset}"
    for style in built.rglob("*.css"):
        addresses = re.findall(r"url\(['\"]?([^'\")]+)", style.read_text("utf-8"))
        assert not [a for a in addresses if not is_local(a) and not a.startswith("data:")], style
        assert "@import" not in style.read_text("utf-8"), style


def test_pages_say_what_they_are(site: Path) -> None:
    for address, page in load_pages(site).items():
        if address == "404.html":
            continue
        assert page.canonical == f"{ADDRESS}{address}"
        assert page.title.endswith("Paper Catalog"), address
        assert page.description, address
        assert len(page.headings) == 1, address


def test_the_sitemap_names_every_page_and_no_other(site: Path) -> None:
    names = [
        place.removeprefix(ADDRESS)
        for file in site.glob("sitemap-*.xml")
        for place in re.findall("<loc>([^<]*)</loc>", file.read_text("utf-8"))
    ]
    days = {address for address in load_pages(site) if re.fullmatch(r"dates/(\d+/){0,2}", address)}
    built = set(load_pages(site)) - {"404.html"}
    assert sorted(names) == sorted(set(names))
    assert set(names) <= built
    assert built - set(names) <= days


def test_strangers_text_is_never_markup(small_site: Path) -> None:
    for address, page in load_pages(small_site).items():
        for tag, attributes in page.elements:
            assert attributes.get("src") != "x", address
            handlers = [name for name in attributes if name.startswith("on")]
            assert not handlers, f"{address}: {tag} {handlers}"
        text = (
            small_site / address / "index.html"
            if address.endswith("/")
            else small_site / (address or "index.html")
        ).read_text("utf-8")
        assert "<script>alert" not in text, address
        assert "javascript:alert" not in [link for link, _ in page.links], address
        assert "<Config" not in text and "config_file_path" not in text, address


def test_hostile_titles_stand_as_typed(small_site: Path) -> None:
    for paper in load_catalog(SMALL).papers:
        page = load_html(small_site / paper.url / "index.html")
        assert page.title == f"{plain_title(paper.title)} - A small catalog"
        assert page.headings == [plain_title(paper.title)]


def test_the_same_input_gives_the_same_bytes(small: Path, small_site: Path) -> None:
    run_mkdocs(small, "build", "--strict", PYTHONHASHSEED="2", TZ="Pacific/Kiritimati")
    assert contents(small / "site") == contents(small_site)


def test_the_day_of_the_build_shows_nowhere(small: Path, small_site: Path) -> None:
    run_mkdocs(small, "build", "--strict", SOURCE_DATE_EPOCH="86400")
    assert contents(small / "site") == contents(small_site)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_digests_without_pages_are_shown_by_the_plugin_alone(small: Path) -> None:
    for page in (small / "docs" / "papers" / "2025").glob("injected-*.md"):
        page.unlink()
    said = run_mkdocs(small, "build", "--strict")
    assert "papers of seeds/ that have no page yet: 2;" in said
    titles = {page.title for page in load_pages(small / "site").values()}
    assert (
        "<img src=x onerror=alert(1)> A fabricated title that is markup - A small catalog" in titles
    )
    assert not list((small / "docs" / "papers" / "2025").glob("injected-*.md"))


def test_problems_fail_a_strict_build_with_file_line_and_remedy(small: Path) -> None:
    page = small / "docs" / "papers" / "2025" / "injected-script.md"
    page.write_text(page.read_text().replace("[language, vision]", "[language, vison]"))
    for command in ("papercatalog", "mkdocs"):
        done = subprocess.run(
            [sys.executable, "-m", command, "build", *(["--strict"] * (command == "mkdocs"))],
            cwd=small,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        said = "docs/papers/2025/injected-script.md:4: topics: unknown topic 'vison'"
        assert f"{said}; did you mean 'vision'? [unknown-topic]" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr


def test_a_build_does_only_what_changed(small: Path) -> None:
    run_command(small, "build")
    home = small / "site" / "index.html"
    before = home.stat().st_mtime_ns
    again = run_command(small, "build").stdout
    assert again.startswith("6 papers, 3 topics, 4 days in site, nothing has changed")
    assert home.stat().st_mtime_ns == before
    page = small / "docs" / "papers" / "2024" / "a-fabricated-paper-without-a-topic.md"
    page.write_text(page.read_text().replace("without a topic", "of no topic"))
    said = run_command(small, "build").stdout
    assert "6 papers, 3 topics, 4 days" in said
    assert "nothing has changed" not in said
    built = small / "site" / "papers" / "2024" / "a-fabricated-paper-without-a-topic"
    assert load_html(built / "index.html").headings == ["A fabricated paper of no topic"]
    shutil.rmtree(small / "site")
    run_command(small, "build")
    assert home.is_file()


@pytest.fixture
def live(small: Path) -> Iterator[tuple[Path, str]]:
    """The small catalog, served live: its folder and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (small.parent / "log.txt").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "papercatalog", "serve", "--address", f"127.0.0.1:{port}"],
        cwd=small,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    yield small, f"http://127.0.0.1:{port}/small/"
    server.terminate()
    server.wait(SECONDS)
    log.close()
    with socket.socket() as free:  # what served the site has ended, too
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))


def wait_for(address: str, words: str) -> None:
    """Wait until a page of the live site holds some words."""
    end = time.monotonic() + SECONDS
    found = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=SECONDS) as answer:
                found = answer.read().decode()
        except (urllib.error.URLError, ConnectionError) as error:
            found = str(error)
        if words in found:
            return
        time.sleep(0.3)
    pytest.fail(f"{address} does not show {words!r}: {found[:300]}")


def test_a_live_site_shows_every_edit(live: tuple[Path, str]) -> None:
    folder, address = live
    paper = folder / "docs" / "papers" / "2025" / "2410.08110.md"
    topic = folder / "docs" / "topics" / "vision.md"
    seed = folder / "seeds" / "2025-07-29.txt"
    wait_for(f"{address}papers/2025/2410.08110/", "with every fact")
    paper.write_text(paper.read_text().replace("with every fact", "with a new title"))
    wait_for(f"{address}papers/2025/2410.08110/", "with a new title")
    topic.write_text(topic.read_text().replace("What a camera sees", "What an eye sees"))
    wait_for(f"{address}topics/vision/", "What an eye sees")
    author = folder / "docs" / "authors" / "ada-example.md"
    author.write_text(author.read_text().replace("Ada is", "Ada was"))
    wait_for(f"{address}authors/ada-example/", "Ada was")
    added = "A Fabricated Paper of a Changed Digest"
    text = seed.read_text().replace("Jul 29\n", f"Jul 29\n\n{added}\n\n{'Made up today. ' * 20}\n")
    seed.write_text(text)
    wait_for(f"{address}dates/2025/07/29/", added)
