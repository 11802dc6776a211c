"""The same site as a plain tree that a MkDocs-like renderer builds without our plugin."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import yaml

from papercatalog.build.session import Session
from papercatalog.model.catalog_folder import CatalogFolder, ConfigLoader
from papercatalog.model.home_text import HOME_PAGES
from papercatalog.model.problems import CatalogError, Problem
from papercatalog.outputs import SCRIPT, STYLES, is_source
from papercatalog.outputs.artifacts import (
    TEMPLATE,
    HomeArtifact,
    PageArtifact,
    render_markdown,
    ungroup,
)
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
from papercatalog.outputs.home import render_home_markdown
from papercatalog.runtime.files import Root, write_bytes
from papercatalog.words import load_words, name_locale

T = TypeVar("T")

MARK = ".papercatalog-export"
"""The file by which a folder is known as an earlier export, which may be written over."""
_CALL = re.compile(r'\bwords\.text\("([\w.]+)"((?:, \w+=[^,()]+)*)\)')
_VALUE = re.compile(r", (\w+)=([^,]+)")
THEME = Path(__file__).parents[1] / "theme"


def export_tree(root: Root, session: Session, target: Path) -> int:
    """Write the site of a session as a plain tree below ``target``; gives the number of files.

    Raises:
        CatalogError: The folder holds something else, or ``mkdocs.yml`` cannot be read.
    """
    if target.exists() and any(target.iterdir()) and not (target / MARK).is_file():
        message = "is not empty and no earlier export; name another folder"
        raise CatalogError([Problem(str(target), 0, "", "not-empty", message)])
    config = _read_config(root / "mkdocs.yml")
    site = replace(describe_site(config), docs=_name_docs(root))
    overrides = _text(config, "theme", "custom_dir")
    files = dict(_files(root, session, site, overrides))
    files.pop("docs/README.md", None)  # its text is in docs/index.md
    files["mkdocs.yml"] = _plain_config(config)
    if target.exists():
        shutil.rmtree(target)
    for path, content in sorted(files.items()):
        write_bytes(target / path, content)
    write_bytes(target / MARK, b"Made by papercatalog export; written over by the next one.\n")
    return len(files)


def _name_docs(root: Root) -> str:
    return root.locate("docs/") if isinstance(root, CatalogFolder) else "docs/"


def load_site(root: Root) -> SiteInfo:
    """Read from a catalog's ``mkdocs.yml`` what the outputs need to know; raises CatalogError."""
    return describe_site(_read_config(root / "mkdocs.yml"))


def describe_site(config: yaml.MappingNode) -> SiteInfo:
    """Take from ``mkdocs.yml`` what the outputs need to know."""
    edit_uri = _text(config, "edit_uri") if _get(config, "edit_uri") else None
    return SiteInfo(
        name=_text(config, "site_name"),
        url=_text(config, "site_url"),
        description=_text(config, "site_description"),
        icon=own_icon(_text(config, "theme", "favicon")),
        edit_base=find_edit_base(
            _text(config, "repo_url"), edit_uri, _text(config, "edit_uri_template")
        ),
        author_pages=_read_setting(config, "author_pages", validate_author_pages, AUTHOR_PAGES),
        mail_form=_read_setting(config, "mail_form", validate_mail_form, ""),
        mail_field=_read_setting(config, "mail_field", validate_mail_field, MAIL_FIELD),
        language=_text(config, "theme", "language") or "en",
    )


def _read_setting(
    config: yaml.MappingNode, name: str, validate: Callable[[object], T], default: T
) -> T:
    """Read a setting of the plugin."""
    plugins = _get(config, "plugins")
    listed = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for plugin in listed:
        ours = _get(plugin, "papercatalog") if isinstance(plugin, yaml.MappingNode) else None
        value = _get(ours, name) if isinstance(ours, yaml.MappingNode) else None
        if value is not None:
            try:
                return validate(ConfigLoader("").construct_object(value))
            except (ValueError, yaml.YAMLError) as error:
                line, message = value.start_mark.line + 1, str(error)
                raise CatalogError(
                    [Problem("mkdocs.yml", line, name, "bad-config", message)]
                ) from None
    return default


def _files(
    root: Root, session: Session, site: SiteInfo, overrides: str
) -> Iterator[tuple[str, bytes]]:
    """Give every file of the tree; a later one takes an earlier one's place."""
    places = {"404.html": "404.html", TEMPLATE: TEMPLATE, "base.html": "main.html"}
    places |= {f"partials/{file.name}": "" for file in (THEME / "partials").glob("*.html")}
    for name, place in sorted(places.items()):
        text = fill_words((THEME / name).read_text("utf-8"), site.language)
        text = text.replace('"theme/base.html"', '"base.html"')
        yield f"overrides/{place or name}", text.encode()
    if overrides:
        yield from _copies(root / "overrides", "overrides")
    for path, content in (
        *_copies(THEME / "assets", "docs/assets"),
        *_copies(root / "docs", "docs"),
    ):
        if not is_source(path.removeprefix("docs/")):
            yield path, content
    for artifact in ungroup(session.make_artifacts(site, without={"sitemap"})):
        if isinstance(artifact, HomeArtifact):
            yield "docs/index.md", _render_home(root, artifact).encode()
        elif isinstance(artifact, PageArtifact):
            yield f"docs/{artifact.path}", render_markdown(artifact).encode()
        else:
            yield f"docs/{artifact.path}", artifact.content


def fill_words(template: str, language: str) -> str:
    """Put a language's texts into a template of the theme: other renderers have no table of words.

    >>> fill_words('{{ words.text("shell.generator", material=name | trim) }}', "de")
    '{{ "Erstellt mit {material}" | replace("{material}", (name | trim)) }}'
    """
    words, locale = load_words(language), json.dumps(name_locale(language))

    def write(call: re.Match[str]) -> str:
        text = json.dumps(words.find_text(call[1]), ensure_ascii=False)
        for name, value in _VALUE.findall(call[2]):
            text += f' | replace("{{{name}}}", ({value}))'
        return text

    template = _CALL.sub(write, template).replace("words.lang", json.dumps(words.lang))
    return re.sub(r"(?<=(?:if|{{| =) )locale\b", locale, template)


def _render_home(root: Root, home: HomeArtifact) -> str:
    """Render the home page of the text that people wrote for it, if they did."""
    found = next((name for name in HOME_PAGES if (root / name).is_file()), "")
    try:
        return render_home_markdown(home, (root / found).read_text("utf-8") if found else "")
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogError([Problem(found, 1, "", "bad-yaml", str(error))]) from error


def _copies(folder: Path, place: str) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            yield f"{place}/{file.relative_to(folder).as_posix()}", file.read_bytes()


def _read_config(path: Path) -> yaml.MappingNode:
    """Read ``mkdocs.yml``, and what it inherits, as nodes: tags such as ``!ENV`` stay."""
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise CatalogError([Problem(path.name, 0, "", "bad-config", str(error))]) from error
    if not isinstance(node, yaml.MappingNode):
        message = "holds no settings; see the guide for a complete one"
        raise CatalogError([Problem(path.name, 1, "", "bad-config", message)])
    if base := _text(node, "INHERIT"):
        node.value = [pair for pair in node.value if pair[0].value != "INHERIT"]
        _inherit(node, _read_config(path.parent / base))
    return node


def _inherit(node: yaml.MappingNode, base: yaml.MappingNode) -> None:
    """Take what a mapping does not have from another one, and so in mappings below both."""
    for key, value in base.value:
        own = _get(node, key.value)
        if own is None:
            node.value.append((key, value))
        elif isinstance(own, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            _inherit(own, value)


def _plain_config(config: yaml.MappingNode) -> bytes:
    """Write the configuration without our plugin, its work done already."""
    for key in ("docs_dir", "site_dir"):
        config.value = [pair for pair in config.value if pair[0].value != key]
    plugins = _get(config, "plugins")
    if isinstance(plugins, yaml.SequenceNode):
        plugins.value = [item for item in plugins.value if not _names_us(item)]
    theme = _get(config, "theme")
    if isinstance(theme, yaml.MappingNode):
        _set(theme, "custom_dir", _scalar("overrides"))
    pairs = [(_scalar("path"), _scalar(SCRIPT)), (_scalar("type"), _scalar("module"))]
    module = yaml.MappingNode("tag:yaml.org,2002:map", pairs)
    for key, own in (("extra_css", [*map(_scalar, STYLES)]), ("extra_javascript", [module])):
        there = _get(config, key)
        others = there.value if isinstance(there, yaml.SequenceNode) else []
        _set(config, key, yaml.SequenceNode("tag:yaml.org,2002:seq", [*own, *others]))
    return str(yaml.serialize(config, allow_unicode=True)).encode()


def _names_us(plugin: yaml.Node) -> bool:
    if isinstance(plugin, yaml.MappingNode):
        return any(key.value == "papercatalog" for key, _ in plugin.value)
    return bool(plugin.value == "papercatalog")


def _scalar(value: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", value)


def _get(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _set(node: yaml.MappingNode, key: str, value: yaml.Node) -> None:
    node.value = [pair for pair in node.value if pair[0].value != key]
    node.value.append((_scalar(key), value))


def _text(config: yaml.MappingNode, *keys: str) -> str:
    node: yaml.Node | None = config
    for key in keys:
        node = _get(node, key) if isinstance(node, yaml.MappingNode) else None
    if node and node.tag == "!ENV":
        return str(ConfigLoader("").construct_object(node) or "")
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
