"""Finds a catalog's folders where the project's configuration puts them.

Everything else names files as they lie in most catalogs: ``docs/papers/2025/x.md``,
``seeds/2025-07-29.txt``, ``.cache/papercatalog``. `CatalogFolder` says where that is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from papercatalog.model.problems import CatalogError, Problem

CONFIGS = ("mkdocs.yml", "mkdocs.yaml")
"""The names of a configuration that no command names, as MkDocs has them."""
SEEDS, CACHE = "seeds", ".cache"
"""The folders of digests and of the cache, unless the configuration names others."""
_NAMES = re.compile(r"(?<![\w/.-])(docs|seeds)/")


@dataclass(frozen=True)
class CatalogFolder:
    """The folder of a catalog: ``folder / "docs/index.md"`` is that file, wherever it lies."""

    config: Path
    """The configuration, ``mkdocs.yml``; absolute, as all paths here."""
    docs: Path
    seeds: Path
    cache: Path
    site: Path
    overrides: Path
    """The theme's ``custom_dir``."""

    @classmethod
    def of(
        cls,
        config: Path,
        *,
        docs: str | Path = "docs",
        site: str | Path = "site",
        overrides: str | Path = "overrides",
        seeds: str = "",
        cache: str = "",
    ) -> CatalogFolder:
        """Resolve the folders that a configuration names, each relative to its own folder.

        Those of digests and of the cache, if it names none, lie in the lowest folder that holds
        both the configuration and ``docs``.
        """
        home = config.parent.resolve()
        found, site, overrides = (_find(config.parent, place) for place in (docs, site, overrides))
        common = Path(os.path.commonpath([home, found.parent]))
        return cls(
            home / config.name,
            found,
            Path(os.path.normpath(home / seeds if seeds else common / SEEDS)),
            Path(os.path.normpath(home / cache if cache else common / CACHE)),
            site,
            overrides,
        )

    @cached_property
    def root(self) -> Path:
        """The lowest folder that holds configuration, pages and digests."""
        parts = (self.config.parent, self.docs.parent, self.seeds.parent)
        return Path(os.path.commonpath(parts))

    @cached_property
    def _places(self) -> Mapping[str, Path]:
        return {
            "mkdocs.yml": self.config,
            "docs": self.docs,
            "seeds": self.seeds,
            ".cache": self.cache,
            "site": self.site,
            "overrides": self.overrides,
        }

    def __truediv__(self, name: str | Path) -> Path:
        """Give the file of a name such as ``docs/index.md``."""
        first, _, rest = str(name).partition("/")
        return self._places.get(first, self.root / first) / rest

    def name(self, file: Path) -> str:
        """Name a file as the catalog does: the opposite of ``/``; an absolute path elsewhere."""
        path = file if file.is_absolute() else self.root / file
        for first in ("docs", "seeds"):
            if path.is_relative_to(place := self._places[first]):
                return (first / path.relative_to(place)).as_posix()
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()

    def locate_problem(self, problem: Problem) -> Problem:
        """Put real folders into what a problem says."""
        path, message = self.locate(problem.path), self.locate(problem.message)
        return replace(problem, path=path, message=message)

    def locate(self, text: str) -> str:
        """Put real folders, relative to the catalog's root, into a text that names files.

        >>> CatalogFolder.of(Path("/a/mkdocs.yml"), docs="content").locate("docs/index.md: …")
        'content/index.md: …'
        """
        if self.docs == self.root / "docs" and self.seeds == self.root / SEEDS:
            return text
        return _NAMES.sub(
            lambda name: f"{self._places[name[1]].relative_to(self.root).as_posix()}/", text
        )


def _find(home: Path, place: str | Path) -> Path:
    """Find a folder that a configuration in ``home`` names.

    MkDocs follows no links when it makes the path absolute. Where a symbolic link leads to
    ``home``, the path given begins at the link's target, if that is the same folder.
    """
    given = Path(os.path.normpath(home.absolute() / place))
    real = Path(os.path.normpath(home.resolve() / os.path.relpath(given, home.absolute())))
    return real if given.resolve() == real.resolve() else given


def load_catalog_folder(folder: Path, config: str = "") -> CatalogFolder:
    """Read from a configuration where a catalog's folders are.

    Args:
        folder: Holds the configuration.
        config: The configuration's name, relative to the folder; empty for MkDocs' own.

    Raises:
        CatalogError: The configuration cannot be read.
    """
    names = [config] if config else [name for name in CONFIGS if (folder / name).is_file()]
    path = folder / (names or CONFIGS)[0]
    if not path.is_file():
        return CatalogFolder.of(path)
    values = _load_config(path)
    theme, ours = values.get("theme"), _find_settings(values.get("plugins"))
    overrides = theme.get("custom_dir") if isinstance(theme, dict) else None
    return CatalogFolder.of(
        path,
        docs=_text(values.get("docs_dir"), "docs"),
        site=_text(values.get("site_dir"), "site"),
        overrides=_text(overrides, "overrides"),
        seeds=_text(ours.get("seeds"), ""),
        cache=_text(ours.get("cache"), ""),
    )


class ConfigLoader(yaml.SafeLoader):
    """Reads values and ``!ENV``; what other tags mean is for MkDocs to say."""


def _read_variable(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """Read ``!ENV NAME`` or ``!ENV [NAME, OTHER, default]`` as MkDocs does."""
    parts = [node] if isinstance(node, yaml.ScalarNode) else node.value
    for part in parts[:-1] or parts:
        if (text := os.environ.get(str(part.value))) is not None:
            tag = loader.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
            return loader.construct_object(yaml.ScalarNode(tag, text))
    return loader.construct_object(parts[-1]) if len(parts) > 1 else None


ConfigLoader.add_constructor("!ENV", _read_variable)
ConfigLoader.add_multi_constructor("", lambda *_: None)


def _load_config(path: Path) -> dict[str, Any]:
    """Read a configuration, and below it what it inherits."""
    try:
        values = yaml.load(path.read_text("utf-8"), ConfigLoader)  # noqa: S506, a safe loader
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise CatalogError([Problem(path.name, 0, "", "bad-config", str(error))]) from error
    if not isinstance(values, dict):
        message = "holds no settings; see the guide for a complete one"
        raise CatalogError([Problem(path.name, 1, "", "bad-config", message)])
    base = values.get("INHERIT")
    return {**_load_config(path.parent / base), **values} if isinstance(base, str) else values


def list_inherited(path: Path) -> list[Path]:
    """List the configurations that a configuration inherits, the nearest first.

    One that cannot be read ends the list: loading it says why.
    """
    try:
        values = yaml.load(path.read_text("utf-8"), ConfigLoader)  # noqa: S506, a safe loader
    except (OSError, ValueError, yaml.YAMLError):
        return []
    base = values.get("INHERIT") if isinstance(values, dict) else None
    if not isinstance(base, str):
        return []
    return [path.parent / base, *list_inherited(path.parent / base)]


def _find_settings(plugins: object) -> dict[str, Any]:
    """Find the settings of our plugin, which a configuration lists or maps."""
    for plugin in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(plugin, dict) and isinstance(ours := plugin.get("papercatalog"), dict):
            return ours
    return {}


def _text(value: object, default: str) -> str:
    return value if isinstance(value, str) else default
