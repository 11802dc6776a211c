"""Makes the files of a new catalog, as values; `papercatalog new` writes them.

``files/`` holds files for new catalogs only, with placeholders such as ``$name``. The symbolic
links ``github``, ``topics`` and ``requirements.lock`` lead to this project's own workflows, forms,
topics and locked dependencies, which a new catalog gets as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from papercatalog.model.front_matter import render_value
from papercatalog.model.page import edit_page, parse_page
from papercatalog.model.topic_suggestions import suggest_topics
from papercatalog.model.topics import Vocabulary, parse_topic
from papercatalog.starter.wheel import WHEEL_NAME, build_wheel
from papercatalog.text import plain_text
from papercatalog.words import DEFAULT, load_words

HERE = Path(__file__).parent
OURS = "https://papercatalog.github.io/papercatalog/"
"""This project's own site; in files of ``github`` the new catalog's address replaces it."""
LEFT_OUT = (
    "SECURITY.md",
    "actions/papercatalog/action.yml",
    "dependabot.yml",
    "pull_request_template.md",
    "workflows/release.yml",
    "workflows/tests.yml",
)
"""Files of ``github`` that concern only this project's code."""
TEXTS = (".yml", ".md")
"""The endings of files with placeholders."""
FORMULA = r"$`O(n \log n)`$"
"""The formula of the example of a page."""


@dataclass(frozen=True, slots=True)
class NewCatalog:
    """A new catalog's name, addresses and topics."""

    name: str
    repository: str
    """The address of its repository on GitHub, without a closing slash."""
    address: str
    """The address of its site, with a closing slash."""
    package: str | None = None
    """A requirement that pip installs, such as ``papercatalog==0.3.0``; None packs the papercatalog
    that runs into the catalog."""
    topics: tuple[str, ...] = ()
    """Slugs of topics to start with; the topics above them are added."""
    language: str = DEFAULT
    """The language of its site, one that has words."""


def load_vocabulary() -> Vocabulary:
    """Read the topics that a new catalog can start with."""
    files = sorted((HERE / "topics").glob("*.md"))
    topics = (parse_topic(file.read_text("utf-8"), file.stem, file.name)[0] for file in files)
    return Vocabulary(tuple(topic for topic in topics if topic))


def build_starter(new: NewCatalog) -> dict[str, bytes]:
    """Give the content of each file of a new catalog, by its path relative to the folder.

    Raises:
        KeyError: A topic is not in `load_vocabulary`.
        PackageNotFoundError: The papercatalog that runs cannot be packed.
    """
    vocabulary = _choose(load_vocabulary(), new.topics)
    files = {**dict(_shared(new)), **_require(new.package)}
    files |= {
        f"docs/topics/{topic.slug}.md": (HERE / "topics" / f"{topic.slug}.md").read_bytes()
        for topic in vocabulary.topics
    }
    for file in _files(HERE / "files"):
        path = file.relative_to(HERE / "files").as_posix()
        text = file.read_text("utf-8")
        if not path.startswith(".github/") and path.endswith(TEXTS):
            text = Template(text).substitute(_facts(new, quote=path.endswith(".yml")))
        if path.startswith("docs/papers/"):
            text = _with_topics(text, path, vocabulary)
        files[".gitignore" if path == "gitignore" else path] = text.encode()
    return dict(sorted(files.items()))


def _choose(vocabulary: Vocabulary, slugs: Sequence[str]) -> Vocabulary:
    for slug in slugs:
        vocabulary.by_slug[slug]
    wanted = {above for slug in slugs for above in vocabulary.family(slug)}
    return Vocabulary(tuple(topic for topic in vocabulary.topics if topic.slug in wanted))


def _shared(new: NewCatalog) -> Iterator[tuple[str, bytes]]:
    for file in _files(HERE / "github"):
        path = file.relative_to(HERE / "github").as_posix()
        if path not in LEFT_OUT:
            text = file.read_text("utf-8").replace(OURS, new.address)
            yield f".github/{path}", text.encode()


def _require(package: str | None) -> dict[str, bytes]:
    """Give the files that say, and hold, what pip installs."""
    if package is not None:
        return {"requirements.txt": f"{package}\n".encode()}
    wheel = build_wheel()
    line = f"./vendor/{WHEEL_NAME} --hash=sha256:{hashlib.sha256(wheel).hexdigest()}"
    return {
        "requirements.txt": f"{line}\n-r requirements.lock\n".encode(),
        "requirements.lock": (HERE / "requirements.lock").read_bytes(),
        f"vendor/{WHEEL_NAME}": wheel,
    }


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _facts(new: NewCatalog, *, quote: bool) -> dict[str, str]:
    words = load_words(new.language)
    said = {
        name: words.text(f"starter.{name}", name=new.name, formula=FORMULA)
        for name in words.section("starter")
    }
    facts = {
        "name": new.name,
        "title": new.name,
        "description": said.pop("description"),
        "address": new.address,
        "repository": new.repository,
        "repository_name": new.repository.rsplit("/", 1)[-1],
    }
    if quote:
        facts = {key: render_value(fact, quote=True) for key, fact in facts.items()}
    language = "" if new.language == DEFAULT else f"  language: {new.language}\n"
    return {**said, **facts, "language": language}


def _with_topics(text: str, path: str, vocabulary: Vocabulary) -> str:
    paper = parse_page(text, path)
    found = suggest_topics(vocabulary, paper.title, plain_text(paper.abstract))
    topics = [suggestion.slug for suggestion in found]
    return edit_page(text, {"topics": topics}) if topics else text
