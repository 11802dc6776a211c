"""The fast way of making pages against MkDocs' own, and a changed catalog against a new build."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli

from made_catalog import run
from papercatalog.build.incremental import BuildRecord, PreviousBuild, load_previous
from papercatalog.build.page_shell import cut_shell, kind_of, make_placeholder_page
from papercatalog.build.writer import SiteWriter
from papercatalog.outputs.artifacts import PageArtifact, PageContent
from papercatalog.runtime.cache import Cache
from repository import ROOT, SMALL

STEPS = 4


def build(folder: Path, *, options: str = "", hooks: str = "") -> tuple[dict[str, bytes], str]:
    """Build a catalog with our plugin alone; give all files of its site, and what MkDocs said.

    It is built in this process, which starts no other: see `build_in_processes`.
    """
    done = CliRunner().invoke(cli, write_build(folder, options, hooks))
    assert done.exit_code == 0, done.output
    return read_site(folder), done.output


def build_in_processes(folder: Path) -> dict[str, bytes]:
    """Build a catalog with our plugin alone in a process of its own, which may start others."""
    subprocess.run(
        [sys.executable, "-m", "mkdocs", *write_build(folder)],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        check=True,
    )
    return read_site(folder)


def write_build(folder: Path, options: str = "", hooks: str = "") -> list[str]:
    """Write a configuration with our plugin alone, and give the arguments of MkDocs for it."""
    config = (folder / "mkdocs.yml").read_text("utf-8")
    ours = f"{hooks}plugins:\n  - papercatalog{options}\n"
    plain = re.sub(r"(?m)^plugins:\n(?:  .*\n)+", ours, config)
    (folder / "plain.yml").write_text(plain, encoding="utf-8")
    return ["build", "--strict", "-f", str(folder / "plain.yml")]


def read_site(folder: Path, name: str = "site") -> dict[str, bytes]:
    """Read all files of a site."""
    files = ((file, file.relative_to(folder / name)) for file in (folder / name).rglob("*"))
    return {path.as_posix(): file.read_bytes() for file, path in files if file.is_file()}


def assert_same(found: dict[str, bytes], expected: dict[str, bytes]) -> None:
    assert sorted(found) == sorted(expected)
    assert [path for path in found if found[path] != expected[path]] == []


@pytest.mark.parametrize("source", [ROOT, SMALL], ids=["real", "hostile"])
def test_the_shell_gives_the_bytes_of_the_ordinary_way(source: Path, tmp_path: Path) -> None:
    for name in ("docs", "seeds"):
        shutil.copytree(source / name, tmp_path / name)
    shutil.copy(source / "mkdocs.yml", tmp_path)
    ordinary, _ = build(tmp_path, options=":\n      shell: false")
    shutil.rmtree(tmp_path / "site")
    shelled, said = build(tmp_path)
    assert "rendered by itself" not in said
    assert len(ordinary) > len(list((tmp_path / "docs").rglob("*.md")))
    assert_same(shelled, ordinary)


def test_a_hook_that_touches_pages_turns_the_ordinary_way_on(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    hook = tmp_path / "small" / "hook.py"
    hook.write_text("def on_post_page(output, **rest):\n    return output + '<!-- seen -->'\n")
    files, said = build(tmp_path / "small", hooks="hooks: [hook.py]\n")
    assert "every page is rendered by itself because of hook" in said
    pages = [path for path in files if path.endswith("index.html") and "old" not in path]
    assert pages
    marked = [path for path in pages if b"<!-- seen -->" in files[path]]
    assert len(marked) >= 6 + 3 + 3


@pytest.mark.parametrize(
    ("named", "by_itself"),
    [
        ("search/index.md", False),
        ("dates/2025/07/28.md", True),
        ("papers/2025/2410.08110.md", True),
        ("topics/index.md", False),
        ("topics/vision/feed.xml", False),
    ],
)
def test_a_navigation_that_names_a_page_of_ours_turns_the_ordinary_way_on(
    named: str, by_itself: bool, tmp_path: Path
) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    _, said = build(tmp_path / "small", hooks=f"nav: [index.md, {named}]\n")
    assert (f"rendered by itself because of {named}" in said) == by_itself
    assert ("rendered by itself" in said) == by_itself


def test_a_changed_catalog_gives_the_bytes_of_a_new_build(tmp_path: Path) -> None:
    """Edit, add, delete and rename at random; each build must equal one from nothing."""
    warm, cold = tmp_path / "warm", tmp_path / "cold"
    shutil.copytree(SMALL, warm)
    build_in_processes(warm)
    chance = random.Random(20250729)
    for step in range(STEPS):
        change(warm, chance, step)
        shutil.copytree(warm, cold, ignore=shutil.ignore_patterns("site", ".cache"))
        expected, _ = build(cold)
        assert_same(build_in_processes(warm), expected)
        shutil.rmtree(cold)


@pytest.mark.parametrize(
    ("setting", "other"),
    [
        ("plugins:", "plugins:"),
        ("plugins:", "site_dir: public\nplugins:"),
        ("  - papercatalog\n", "  - papercatalog:\n      shell: false\n"),
    ],
    ids=["other plugins", "other folder", "without shells"],
)
def test_the_command_builds_a_changed_catalog_as_a_new_one(
    setting: str, other: str, tmp_path: Path
) -> None:
    warm, cold = tmp_path / "warm", tmp_path / "cold"
    shutil.copytree(SMALL, warm)
    config = warm / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace(setting, other), encoding="utf-8")
    page = warm / "docs" / "papers" / "2025" / "2410.08110.md"
    build_by_command(warm)
    for step in range(2):
        page.write_text(page.read_text("utf-8") + f"\nSentence {step}.\n", encoding="utf-8")
        changed = build_by_command(warm)
    shutil.copytree(warm, cold, ignore=shutil.ignore_patterns("site", "public", ".cache"))
    new = build_by_command(cold)
    assert_same(changed, new)
    assert_same(build_by_command(warm), new)


def build_by_command(folder: Path) -> dict[str, bytes]:
    result = run(folder, "build")
    assert result.exit_code == 0, result.output
    return read_site(folder, "public" if (folder / "public").exists() else "site")


def test_a_cache_that_goes_while_the_site_is_built_is_no_error(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    build(tmp_path / "small")
    page = tmp_path / "small" / "docs" / "papers" / "2025" / "2410.08110.md"
    page.write_text(page.read_text("utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    (tmp_path / "small" / "hook.py").write_text(
        "import shutil\nfrom pathlib import Path\n\n\ndef on_env(env, config, **rest):\n"
        "    shutil.rmtree(Path(config.docs_dir).with_name('.cache'))\n    return env\n"
    )
    found, _ = build(tmp_path / "small", hooks="hooks: [hook.py]\n")
    shutil.rmtree(tmp_path / "small" / "site")
    expected, _ = build(tmp_path / "small")
    assert_same(found, expected)


def test_without_shells_nothing_of_the_last_site_stays(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    build(tmp_path / "small")
    aside = tmp_path / "small" / "site" / ".papercatalog-next" / "papers" / "1999"
    aside.mkdir(parents=True)
    (aside / "index.html").write_text("left by a build that did not end")
    (tmp_path / "small" / "docs" / "papers" / "2025" / "2410.08110.md").unlink()
    found, _ = build(tmp_path / "small", options=":\n      shell: false")
    shutil.rmtree(tmp_path / "small" / "site")
    expected, _ = build(tmp_path / "small", options=":\n      shell: false")
    assert_same(found, expected)


def test_pages_follow_their_shell(tmp_path: Path) -> None:
    content = PageContent("A page.", "<div><h1>X</h1></div>")
    page = PageArtifact("papers/2025/x.md", "X", bytes, lambda: content)
    kind = kind_of(page.url)
    record = BuildRecord()
    for text in "ab":
        shell = cut_shell(f"{text}<title>placeholdertitle7f3a</title>", kind)
        found = load_previous(Cache(), tmp_path).found
        writer = SiteWriter(tmp_path, {kind: shell}, PreviousBuild(record, found))
        list(writer.write([page]))
        record = writer.record
        file = tmp_path / "papers" / "2025" / "x" / "index.html"
        assert file.read_text() == f"{text}<title>X</title>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ada is", "Ada was"),
        ('"Ben Oskarsson"', '"Another <b>name</b>"'),
        ("names: [", "papers: [2410.08110]\nnames: ["),
        ("author_pages: 5", "author_pages: 1"),
    ],
    ids=["text", "names", "papers", "setting"],
)
def test_a_changed_author_gives_the_bytes_of_a_new_build(
    old: str, new: str, tmp_path: Path
) -> None:
    warm, cold = tmp_path / "warm", tmp_path / "cold"
    shutil.copytree(SMALL, warm)
    before, _ = build(warm, options=":\n      author_pages: 5")
    page = warm / "docs" / "authors" / "ada-example.md"
    page.write_text(page.read_text("utf-8").replace(old, new), encoding="utf-8")
    options = ":\n      author_pages: 5".replace(old, new)
    shutil.copytree(warm, cold, ignore=shutil.ignore_patterns("site", ".cache"))
    found, _ = build(warm, options=options)
    expected, _ = build(cold, options=options)
    assert_same(found, expected)
    assert found != before


def test_the_theme_is_another_page_that_is_not_kept(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    build(tmp_path / "small")
    config = tmp_path / "small" / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("site_name: A", "site_name: Another"))
    found, _ = build(tmp_path / "small")
    assert b"Another" in found["papers/2025/2410.08110/index.html"]


def test_pages_that_are_still_right_are_not_written_again(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    site = tmp_path / "small" / "site"
    build(tmp_path / "small")
    before = {file: file.stat().st_mtime_ns for file in site.rglob("index.html")}
    page = tmp_path / "small" / "docs" / "papers" / "2025" / "2410.08110.md"
    page.write_text(page.read_text("utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    build(tmp_path / "small")
    after = {file: file.stat().st_mtime_ns for file in site.rglob("index.html")}
    changed = {file.relative_to(site).as_posix() for file in after if after[file] != before[file]}
    assert "papers/2025/2410.08110/index.html" in changed
    assert not [path for path in changed if path.startswith("dates/2024/")]


def test_of_files_made_together_those_that_are_the_same_are_not_written_again(
    tmp_path: Path,
) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    index = tmp_path / "small" / "site" / "search"
    build(tmp_path / "small")
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in index.rglob("*.bin")}
    page = tmp_path / "small" / "docs" / "papers" / "2025" / "2410.08110.md"
    page.write_text(page.read_text("utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    build(tmp_path / "small")
    after = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in index.rglob("*.bin")}
    kept = [file for file in before if file in after and after[file][1] == before[file][1]]
    assert kept
    assert [file for file in kept if after[file] != before[file]] == []
    assert after.keys() != before.keys()


def test_a_page_that_somebody_changed_in_the_site_is_made_anew(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    before, _ = build(tmp_path / "small")
    path = "papers/2025/2410.08110/index.html"
    (tmp_path / "small" / "site" / path).write_text("not ours")
    (tmp_path / "small" / "site" / "papers" / "left.html").write_text("not ours either")
    (tmp_path / "small" / "site" / "papers" / "1999" / "left").mkdir(parents=True)
    (tmp_path / "small" / "site" / "papers" / "1999" / "left" / "a.html").write_text("nor this")
    after, _ = build(tmp_path / "small")
    assert_same(after, before)
    assert not (tmp_path / "small" / "site" / "papers" / "1999").exists()


def test_a_cache_that_is_no_database_is_no_error(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    before, _ = build(tmp_path / "small")
    for file in (tmp_path / "small" / ".cache").rglob("*.sqlite"):
        file.write_bytes(b"torn" * 5000)
    after, _ = build(tmp_path / "small")
    assert_same(after, before)


def test_the_number_of_workers_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = []
    for workers in ("1", "3"):
        monkeypatch.setenv("PAPERCATALOG_WORKERS", workers)
        folder = tmp_path / workers
        shutil.copytree(ROOT / "docs", folder / "docs")
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        shutil.copy(ROOT / "mkdocs.yml", folder)
        for number in range(400):
            page = folder / "docs" / "papers" / "2024" / f"made-up-{number}.md"
            page.parent.mkdir(exist_ok=True)
            text = f'---\ntitle: "Made up {number}"\ndate: 2024-01-02\n---\nText {number * 7919}.\n'
            page.write_text(text, encoding="utf-8")
        built.append(build_in_processes(folder))
    assert_same(built[0], built[1])


def test_a_shell_has_each_text_in_its_place() -> None:
    content = PageContent('say "hi"', "<p>x</p>")
    page = PageArtifact("papers/2025/x.md", "A < B", bytes, lambda: content)
    kind = kind_of(page.url)
    placeholder = make_placeholder_page(kind)
    said = placeholder.make()
    html = f"<title>{placeholder.title}</title>{placeholder.url}|{said.body}|{said.description}"
    filled = cut_shell(html, kind).fill(page, content)
    assert filled == "<title>A &lt; B</title>papers/2025/x/|<p>x</p>|say &#34;hi&#34;"


def test_force_forgets_what_was_kept(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    before = build_by_command(tmp_path / "small")
    path = "papers/2025/2410.08110/index.html"
    file = tmp_path / "small" / "site" / path
    time = file.stat().st_mtime_ns
    with closing(Cache(tmp_path / "small")) as cache:
        wrong = {key: value.replace(b"Fabricated", b"Kept!") for key, value in kept(cache, "paper")}
        cache.put("paper", wrong)
    assert run(tmp_path / "small", "build", "--force").exit_code == 0
    assert file.stat().st_mtime_ns != time
    assert file.read_bytes() == before[path]


def kept(cache: Cache, kind: str) -> list[tuple[bytes, bytes]]:
    """All that a cache has of a kind, by key."""
    database = cache._database
    assert database is not None
    rows = database.execute("SELECT key, value FROM kept WHERE kind = ?", (kind,)).fetchall()
    assert rows
    return rows


def change(folder: Path, chance: random.Random, step: int) -> None:
    pages = sorted(path for path in (folder / "docs" / "papers").rglob("*.md"))
    page = chance.choice(pages)
    text = page.read_text("utf-8")
    kind = chance.choice(["edit", "add", "delete", "rename", "retitle", "topic", "author"])
    if kind == "edit":
        page.write_text(f"{text}\nAnother sentence about translation.\n", encoding="utf-8")
    elif kind == "add":
        fresh = f'---\ntitle: "Added {step}"\ndate: 2023-03-0{step + 1}\n---\nMade up.\n'
        target = folder / "docs" / "papers" / "2023" / f"added-{step}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(fresh, encoding="utf-8")
    elif kind == "delete":
        page.unlink()
    elif kind == "rename":
        page.rename(page.with_name(f"renamed-{step}.md"))
    elif kind == "retitle":
        page.write_text(re.sub('title: "', f'title: "{step} ', text, count=1), encoding="utf-8")
    elif kind == "author":
        author = folder / "docs" / "authors" / "ada-example.md"
        author.write_text(f"{author.read_text('utf-8')}\nSentence {step}.\n", encoding="utf-8")
    else:
        topic = chance.choice(sorted((folder / "docs" / "topics").glob("*.md")))
        words = topic.read_text("utf-8")
        topic.write_text(re.sub("(?m)^title: (.*)$", r"title: \1 anew", words), encoding="utf-8")


def test_a_page_has_its_own_markup_in_its_head() -> None:
    kind = kind_of("papers/2025/x/")
    placeholder = make_placeholder_page(kind).make()
    html = f"<head>{placeholder.head}<title>t</title></head><body>{placeholder.body}</body>"
    own = PageContent.of("", "<div><h1>x</h1></div>", '<meta name="a">\n <meta name="b">\n')
    page = PageArtifact("papers/2025/x.md", "x", key=lambda: b"", make=lambda: own)
    filled = cut_shell(html, kind).fill(page, own)
    assert '<head><meta name="a"><meta name="b"><title>' in filled
    assert "placeholder" not in filled
