"""What MkDocs' configuration says of the catalog and its site, and what is added to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.config.config_options import ExtraScriptValue, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from papercatalog.build.theme_assets import EXTRAS, FEATURES, needs_theme_script
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.outputs import SCRIPT
from papercatalog.outputs.context import (
    AUTHOR_PAGES,
    MAIL_FIELD,
    SiteInfo,
    find_edit_base,
    own_icon,
    validate_author_pages,
    validate_mail_field,
    validate_mail_form,
)

T = TypeVar("T")


def folder_of(config: MkDocsConfig, seeds: str, cache: str) -> CatalogFolder:
    """Give the catalog's folder as the configuration and the plugin's settings have it."""
    return CatalogFolder.of(
        Path(config.config_file_path or "mkdocs.yml"),
        docs=config.docs_dir,
        site=config.site_dir,
        overrides=config.theme.custom_dir or "overrides",
        seeds=seeds,
        cache=cache,
    )


class Setting(BaseConfigOption[T]):
    """A setting with a check of its own."""

    def __init__(self, validate: Callable[[object], T], default: T) -> None:
        super().__init__()
        self._validate, self.default = validate, default

    def run_validation(self, value: object) -> T:
        """Refuse what the check refuses."""
        try:
            return self._validate(value)
        except ValueError as error:
            raise ValidationError(str(error)) from None


class Settings(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in ``mkdocs.yml``."""

    shell = Type(bool, default=True)
    """Whether the theme renders one page of a kind for all, or each page by itself."""
    seeds = Type(str, default="")
    """The folder of digests, relative to the configuration's; empty for ``seeds`` beside docs."""
    cache = Type(str, default="")
    """The folder of what is kept between builds; empty for ``.cache`` beside docs."""
    author_pages = Setting(validate_author_pages, AUTHOR_PAGES)
    """The fewest papers for which an author gets a page."""
    whole_theme = Type(bool, default=False)
    """Whether catalog pages load all of the theme's styles and its script, as other pages do."""
    mail_form = Setting(validate_mail_form, "")
    """Where a service takes subscriptions to mail; empty for no form."""
    mail_field = Setting(validate_mail_field, MAIL_FIELD)
    """The name of that form's field for the mail address."""
    content_security_policy = Type((bool, dict), default=True)
    """Whether pages have a policy; or sources to allow beside the site's own, by directive."""


def describe_site(
    config: MkDocsConfig, *, docs: str, author_pages: int, mail_form: str, mail_field: str
) -> SiteInfo:
    """Take from the configuration what the outputs need to know, all but others' pages."""
    return SiteInfo(
        name=config.site_name,
        url=config.site_url or "",
        description=config.site_description or "",
        edit_base=find_edit_base(
            config.repo_url or "", config.edit_uri, str(config.edit_uri_template or "")
        ),
        icon=own_icon(str(config.theme.get("favicon", ""))),
        language=find_language(config),
        docs=docs,
        author_pages=author_pages,
        mail_form=mail_form,
        mail_field=mail_field,
    )


def find_language(config: MkDocsConfig) -> str:
    """Give the language of the site's pages, as the theme has it."""
    return str(config.theme.get("language") or "en")


def make_module(path: str) -> ExtraScriptValue:
    """Give a script that pages load as a module."""
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


def uses_theme_script(config: MkDocsConfig, files: Files) -> bool:
    """Tell whether the configuration has what needs the theme's script on every page.

    That is a feature of the theme, a setting below ``extra``, or a script that uses the theme's
    observables, such as ``document$``. Scripts of other hosts are not read.
    """
    features = map(str, config.theme.get("features") or ())
    if any(name.startswith(FEATURES) for name in features) or any(map(config.extra.get, EXTRAS)):
        return True
    paths = [str(script) for script in config.extra_javascript if str(script) != SCRIPT]
    scripts = map(files.get_file_from_path, paths)
    return any(needs_theme_script(file.content_string) for file in scripts if file)
