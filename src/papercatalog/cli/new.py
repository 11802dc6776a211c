"""``papercatalog new``: makes a new catalog."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import click

from papercatalog.model.problems import suggest
from papercatalog.runtime.files import write_bytes
from papercatalog.runtime.printing import say
from papercatalog.starter import NewCatalog, build_starter, load_vocabulary
from papercatalog.words import DEFAULT, LANGUAGES

_REPOSITORY = re.compile(r"(?:https://github\.com/)?([\w-]{1,39})/([\w.-]{1,100}?)(?:\.git)?/?")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9_][A-Za-z0-9_.:-]*(?:/[!#-&(-;=?-\[\]_a-z~]*)?")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", help="The catalog's name.")
@click.option("--repository", metavar="OWNER/NAME", help="Its repository on GitHub.")
@click.option("--address", help="The site's address.  [default: that of GitHub Pages]")
@click.option("--topics", help="Topics to start with: all, none, or slugs separated by commas.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=DEFAULT,
    show_default=True,
    help="The language of the site.",
)
@click.option(
    "--package",
    help="What pip installs, such as git+https://…@COMMIT.  [default: a wheel of this version]",
)
def new(
    folder: Path,
    name: str | None,
    repository: str | None,
    address: str | None,
    topics: str | None,
    language: str,
    package: str | None,
) -> None:
    """Make a new catalog in FOLDER, ready to push to GitHub.

    It holds two invented papers, topics, settings, workflows and forms, and builds without
    changes. It holds this papercatalog, too, as a wheel in vendor/ that requirements.txt names
    with its hash: its workflows take no package of that name from an index. At a terminal the
    command asks for what the options leave out.

    \b
        papercatalog new my-papers
        papercatalog new my-papers --name "My papers" --repository me/my-papers --topics none
    """
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"the folder {folder} is not empty; name a new one")
    name = " ".join((name or ask("Name", "--name", folder.resolve().name)).split())
    repository = repository or ask("Repository on GitHub, OWNER/NAME", "--repository")
    owner, short = read_repository(repository)
    pages = f"https://{owner.lower()}.github.io/{short}/"
    if short.lower() == f"{owner.lower()}.github.io":
        pages = f"https://{owner.lower()}.github.io/"
    address = address or ask("The site's address", "--address", pages)
    if not _ADDRESS.fullmatch(address):
        raise click.UsageError(
            f"{address!a} is no web address; write one that starts with https://"
        )
    slugs = read_topics(
        topics or ask("Topics: all, none, or slugs separated by commas", "--topics", "all")
    )
    catalog = NewCatalog(
        name=name,
        repository=f"https://github.com/{owner}/{short}",
        address=f"{address.rstrip('/')}/",
        package=package,
        topics=slugs,
        language=language,
    )
    try:
        files = build_starter(catalog)
    except PackageNotFoundError:
        message = "this papercatalog is not installed, so it cannot be packed; give --package"
        raise click.ClickException(message) from None
    for path, content in files.items():
        write_bytes(folder / path, content)
    say(f"wrote {len(files)} files to {folder}; its README.md says how to publish the site")
    say(f"to look at the site: papercatalog -C {folder} serve")


def ask(question: str, option: str, default: str | None = None) -> str:
    """Ask at a terminal; elsewhere take the default, or stop if there is none."""
    if sys.stdin.isatty():
        answer: str = click.prompt(question, default=default)
        return answer
    if default is None:
        raise click.UsageError(f"there is no terminal to ask at; give {option}")
    return default


def read_repository(text: str) -> tuple[str, str]:
    """Parse ``OWNER/NAME`` or the address of a repository on GitHub into owner and name."""
    found = _REPOSITORY.fullmatch(text.strip())
    if found is None:
        raise click.UsageError(f"{text!a} names no repository on GitHub; write OWNER/NAME")
    return found[1], found[2]


def read_topics(text: str) -> tuple[str, ...]:
    """Parse ``all``, ``none`` or slugs separated by commas."""
    known: Sequence[str] = sorted(load_vocabulary().by_slug)
    if text.strip() in ("all", "none"):
        return tuple(known) if text.strip() == "all" else ()
    slugs = tuple(dict.fromkeys(slug for part in text.split(",") if (slug := part.strip())))
    for slug in slugs:
        if slug not in known:
            hint = suggest(slug, known, f"there are {', '.join(known)}")
            raise click.UsageError(f"there is no topic {slug!a}; {hint}")
    return slugs
