"""What the plugin needs of a project's settings, theme and other plugins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import material  # type: ignore[import-untyped]
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from papercatalog.plugin.config import find_language
from papercatalog.plugin.messages import log
from papercatalog.words import LANGUAGES, choose_language, load_words, name_locale

MATERIAL = Path(material.__file__).parent / "templates"
SEARCHES = frozenset(("search", "material/search"))
"""The names of MkDocs' own search and of Material's."""
SITE_URL = (
    "site_url is not set, so the site does not know its address: it has no feeds, no sitemap and "
    "no link previews"
)


def require_material(config: MkDocsConfig) -> None:
    """Raise `PluginError` unless the theme is Material, or one that builds on it."""
    if not any(MATERIAL.samefile(folder) for folder in config.theme.dirs if Path(folder).exists()):
        raise PluginError(
            f"papercatalog has no pages for the theme {config.theme.name!r}: its pages build on "
            "Material's; write theme: {name: material}"
        )


def require_directory_urls(config: MkDocsConfig) -> None:
    """Raise `PluginError` if pages would not have addresses such as ``topics/agents/``."""
    if config.use_directory_urls:
        return
    offline = any(name.endswith("offline") for name in config.plugins)
    remedy = (
        "the plugin offline switches it off: take that out; a built site can be looked at without "
        "a network by python -m http.server"
        if offline
        else "write use_directory_urls: true, which is the default"
    )
    raise PluginError(f"papercatalog cannot build with use_directory_urls: false; {remedy}")


def warn_of_search(config: MkDocsConfig) -> None:
    """Warn if there is another search, which would find no paper and has no box of its own."""
    if not SEARCHES.isdisjoint(config.plugins):
        log.warning(
            "the plugin search writes an index that nothing on the site loads, since papercatalog "
            "brings a search of its own: take search out of plugins"
        )


def tell_of_address(config: MkDocsConfig) -> None:
    """Say what is missing from a site that does not know its address."""
    if not config.site_url:
        log.info(SITE_URL)


def drop_instant_navigation(config: MkDocsConfig) -> None:
    """Switch off what would load a page into another one: each of ours has scripts of its own."""
    features = config.theme.get("features") or []
    instant = [name for name in features if str(name).startswith("navigation.instant")]
    if instant:
        config.theme["features"] = [name for name in features if name not in instant]
        log.info("%s: switched off, since pages of the catalog are loaded whole", instant[0])


def prepare_templates(environment: Environment, config: MkDocsConfig, ours: Path) -> None:
    """Give the theme's templates what ours need.

    Their tags leave no blank lines behind, ``words`` are those of the site's language, which
    ``locale`` names for link previews, and the theme's own templates, below ours, have names such
    as ``theme/base.html``.
    """
    environment.trim_blocks = environment.lstrip_blocks = True
    language = find_language(config)
    environment.globals |= {"words": load_words(language), "locale": name_locale(language)}
    if not choose_language(language):
        log.info(
            "theme.language: papercatalog has no words in %s, so that its own are English; it has "
            "them in %s",
            language,
            ", ".join(LANGUAGES),
        )
    assert environment.loader is not None  # noqa: S101, MkDocs has set it
    below = config.theme.dirs[config.theme.dirs.index(str(ours)) + 1 :]
    named = PrefixLoader({"theme": FileSystemLoader(below)})
    environment.loader = ChoiceLoader([environment.loader, named])


def lacks_search_box(html: str, meta: Mapping[str, object]) -> bool:
    """Whether a page that the theme's own template made has no search box."""
    return "template" not in meta and "data-search-box" not in html
