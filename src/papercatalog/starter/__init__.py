"""A catalog to start from: all files of a new one, as values. Writing them is the command's.

``files/`` holds what is a new catalog's own, with ``$name`` and its like to be filled in. The
links ``github`` and ``topics`` lead to this project's own workflows, forms and vocabulary, which a
new catalog takes over as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from papercatalog.model.front_matter import render_value
from papercatalog.model.page import edit_page, parse_page
from papercatalog.model.topic_suggestions import suggest_topics
from papercatalog.model.topics import Vocabulary, parse_topic
from papercatalog.text import plain_text

HERE = Path(__file__).parent
OURS = "https://papercatalog.github.io/papercatalog/"
"""The address of this project's own site, for which a new catalog's is put in."""
LEFT_OUT = (
    "actions/papercatalog/action.yml",
    "pull_request_template.md",
    "workflows/tests.yml",
)
"""What of ``github`` concerns this project's code alone."""
TEXTS = ("mkdocs.yml", "README.md", "requirements.txt")
"""The files that are filled in."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a new catalog's own facts are."""

    name: str
    repository: str
    """The address of its repository on GitHub, without a closing slash."""
    address: str
    """The address of its site, with a closing slash."""
    package: str
    """What pip installs papercatalog from: ``papercatalog==0.1.0``."""
    topics: tuple[str, ...] = ()
    """The slugs of the topics to start from; those above them come along."""


def load_vocabulary() -> Vocabulary:
    """Read the topics that there are to start from."""
    files = sorted((HERE / "topics").glob("*.md"))
    topics = (parse_topic(file.read_text("utf-8"), file.stem, file.name)[0] for file in files)
    return Vocabulary(tuple(topic for topic in topics if topic))


def build_starter(start: Start) -> dict[str, bytes]:
    """Make every file of a new catalog, by its path.

    Raises `KeyError` for a topic that is not among those of `load_vocabulary`.
    """
    vocabulary = _choose(load_vocabulary(), start.topics)
    files = dict(_shared(start))
    files |= {
        f"docs/topics/{topic.slug}.md": (HERE / "topics" / f"{topic.slug}.md").read_bytes()
        for topic in vocabulary.topics
    }
    for file in _files(HERE / "files"):
        path = file.relative_to(HERE / "files").as_posix()
        text = file.read_text("utf-8")
        if path in TEXTS:
            text = Template(text).substitute(_facts(start, quote=path.endswith(".yml")))
        elif path.startswith("docs/papers/"):
            text = _with_topics(text, path, vocabulary)
        files[".gitignore" if path == "gitignore" else path] = text.encode()
    return dict(sorted(files.items()))


def _choose(vocabulary: Vocabulary, slugs: Sequence[str]) -> Vocabulary:
    for slug in slugs:
        vocabulary.by_slug[slug]
    wanted = {above for slug in slugs for above in vocabulary.family(slug)}
    return Vocabulary(tuple(topic for topic in vocabulary.topics if topic.slug in wanted))


def _shared(start: Start) -> Iterator[tuple[str, bytes]]:
    for file in _files(HERE / "github"):
        path = file.relative_to(HERE / "github").as_posix()
        if path not in LEFT_OUT:
            text = file.read_text("utf-8").replace(OURS, start.address)
            yield f".github/{path}", text.encode()


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _facts(start: Start, *, quote: bool) -> dict[str, str]:
    facts = {
        "name": start.name,
        "title": start.name,
        "description": f"{start.name}: research papers, sorted by topic and by day.",
        "address": start.address,
        "repository": start.repository,
        "repository_name": start.repository.rsplit("/", 1)[-1],
        "package": start.package,
    }
    if quote:
        return {key: render_value(fact, quote=True) for key, fact in facts.items()}
    return facts


def _with_topics(text: str, path: str, vocabulary: Vocabulary) -> str:
    paper = parse_page(text, path)
    found = suggest_topics(vocabulary, paper.title, plain_text(paper.abstract))
    topics = [suggestion.slug for suggestion in found]
    return edit_page(text, {"topics": topics}) if topics else text
