"""What outputs may ask: the catalog, the site, and what is derived from all papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from papercatalog.model.authors import Person
from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import FileArtifact
from papercatalog.text import Rendered
from papercatalog.words import Words, load_words

AUTHOR_PAGES = 5
"""The fewest papers for which an author gets a page, unless ``mkdocs.yml`` says otherwise."""
MAIL_FIELD = "email"
"""The form's field for a mail address, unless ``mkdocs.yml`` says otherwise."""
_MAIL_FORM = re.compile(
    r"(?:https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?/[\w./~%-]*"
    r"(?:\?[\w.~%=&+/-]*)?)?",
    re.ASCII,
)
_MAIL_FIELD = re.compile(r"[A-Za-z][\w.\[\]-]{0,99}", re.ASCII)
_GITHUB_EDITOR = re.compile(r"(https?://[^/]+/[^/]+/[^/]+)/edit/(.+/)")

_EDIT_URIS = {
    "bitbucket.org": "src/default/docs/",
    **dict.fromkeys(("github.com", "gitlab.com"), "edit/master/docs/"),
}
"""Where a file can be edited by default, by the repository's host."""

_THEMES_ICON = "assets/images/favicon.png"
"""The favicon that Material brings along."""
ISSUE_TEMPLATE = "add-a-paper.yml"
"""The file of the form in ``.github/ISSUE_TEMPLATE``; the field ``identifier`` can be prefilled."""


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """The site's own facts, as ``mkdocs.yml`` gives them."""

    name: str
    url: str = ""
    """The public address with a closing slash; empty where it is not known."""
    description: str = ""
    edit_base: str = ""
    """The address to which a file's path below ``docs`` is added to edit it; may be empty."""
    language: str = "en"
    """The language of the site's pages, as BCP 47 writes it."""
    icon: str = ""
    """The theme's ``favicon``, relative to the site; empty where it is not the site's own."""
    pages: tuple[str, ...] = ()
    """Addresses of the site's other pages, relative to it, for the sitemap."""
    author_pages: int = AUTHOR_PAGES
    """The fewest papers for which an author gets a page."""
    mail_form: str = ""
    """The address of a service that takes subscriptions to mail; empty where there is none."""
    mail_field: str = MAIL_FIELD
    """The name of the form's field for the reader's mail address."""
    docs: str = "docs/"
    """The folder ``docs`` as the project calls it, with a closing slash."""

    @property
    def words(self) -> Words:
        """The site's own words, in its language or, where there are none, in English."""
        return load_words(self.language)

    def edit_url(self, path: str) -> str:
        """Where a file below ``docs`` can be edited; empty where no repository is known."""
        return f"{self.edit_base}{path}" if self.edit_base else ""

    @property
    def new_base(self) -> str:
        """The address to which a folder below ``docs`` is added for GitHub's "new file" editor.

        Empty where the repository is unknown or its addresses are not GitHub's.

        >>> SiteInfo("", edit_base="https://github.com/me/papers/edit/main/docs/").new_base
        'https://github.com/me/papers/new/main/docs/'
        """
        found = _GITHUB_EDITOR.fullmatch(self.edit_base)
        return f"{found[1]}/new/{found[2]}" if found else ""

    @property
    def issue_form(self) -> str:
        """The address of GitHub's form for an issue that names a paper; may be empty.

        >>> SiteInfo("", edit_base="https://github.com/me/papers/edit/main/docs/").issue_form
        'https://github.com/me/papers/issues/new?template=add-a-paper.yml'
        """
        found = _GITHUB_EDITOR.fullmatch(self.edit_base)
        return f"{found[1]}/issues/new?template={ISSUE_TEMPLATE}" if found else ""


def find_edit_base(repository: str, edit_uri: str | None, template: str) -> str:
    """Give the address to which a file's path below ``docs`` is added to edit it; may be empty.

    Args:
        repository: ``repo_url``.
        edit_uri: None where the configuration has none.
        template: ``edit_uri_template``; one that does not end in the path gives no address.

    >>> find_edit_base("https://github.com/me/papers", None, "")
    'https://github.com/me/papers/edit/master/docs/'
    >>> find_edit_base("https://example.org/a", "e/", "blob/main/docs/{path}")
    'https://example.org/a/blob/main/docs/'

    Source: https://www.mkdocs.org/user-guide/configuration/#edit_uri
    """
    if template:
        edit_uri, _, rest = template.partition("{path}")
        if rest or "{" in edit_uri or edit_uri == template:
            return ""
    elif edit_uri is None:
        edit_uri = _EDIT_URIS.get(urlsplit(repository).netloc.lower(), "")
    elif edit_uri and not edit_uri.endswith("/"):
        edit_uri += "/"
    if not edit_uri or not (repository or urlsplit(edit_uri).netloc):
        return ""
    base = repository if edit_uri[0] in "?#" else f"{repository.rstrip('/')}/"
    return urljoin(base, edit_uri)


def own_icon(favicon: str) -> str:
    """Give a theme's ``favicon`` if it is the site's own, and an empty text if it is Material's."""
    return "" if favicon == _THEMES_ICON else favicon


def validate_author_pages(value: object) -> int:
    """Check the setting ``author_pages`` and give it.

    Raises:
        ValueError: It is no whole number from 1 on.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"write a whole number from 1 on, such as {AUTHOR_PAGES}")
    return value


def validate_mail_form(value: object) -> str:
    """Check the setting ``mail_form`` and give it.

    Raises:
        ValueError: It is neither empty nor an https address that a security policy can name.
    """
    if not isinstance(value, str) or not _MAIL_FORM.fullmatch(value) or len(value) > 500:
        raise ValueError("write an address such as https://service.example.org/subscribe")
    return value


def validate_mail_field(value: object) -> str:
    """Check the setting ``mail_field`` and give it.

    Raises:
        ValueError: It is no name of a field.
    """
    if not isinstance(value, str) or not _MAIL_FIELD.fullmatch(value):
        raise ValueError(f"write the name of the form's field, such as {MAIL_FIELD}")
    return value


@dataclass(frozen=True, slots=True)
class Context:
    """One build's catalog, site, and functions that give what is derived from them."""

    catalog: Catalog
    site: SiteInfo
    render: Callable[[str], Rendered]
    """Renders an abstract or an introduction, Markdown."""
    find_gist: Callable[[Paper], str]
    """Gives the most telling sentence of a paper's abstract, as plain text."""
    related: Callable[[Paper], Sequence[Paper]]
    """Gives a paper's related papers, nearest first; waits until they have been found."""
    index_files: Callable[[], Iterable[FileArtifact]]
    """Gives the files of the search index; waits until they have been made."""
    search: Callable[[str], Sequence[Paper]]
    """Gives the papers with every word of a query, best first; waits for the index."""

    @property
    def words(self) -> Words:
        """The site's own words."""
        return self.site.words

    def with_pages(self, pages: Iterable[str]) -> Context:
        """Give the context with addresses of the site's other pages."""
        return replace(self, site=replace(self.site, pages=tuple(sorted(pages))))

    @property
    def people(self) -> Mapping[str, Person]:
        """The people with a page of their own by id, sorted by name."""
        return self.catalog.authors.people(self.site.author_pages)
