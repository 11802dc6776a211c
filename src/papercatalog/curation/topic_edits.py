"""Plans changes of topics and of the papers that name them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from papercatalog.curation.edits import EditError, FileChanges, read_page
from papercatalog.model.catalog import Catalog
from papercatalog.model.front_matter import (
    find_line_end,
    parse_front_matter,
    render_value,
    split_lines,
)
from papercatalog.model.page import edit_page
from papercatalog.model.paper import Paper
from papercatalog.model.problems import CatalogError, Problem
from papercatalog.model.topic_suggestions import suggest_topics
from papercatalog.model.topics import (
    Topic,
    Vocabulary,
    parse_topic,
    validate_vocabulary,
)
from papercatalog.runtime.files import Root
from papercatalog.text import plain_text

FOLDER = "docs/topics/"
"""The folder of topic pages, relative to the catalog's root."""


def plan_topic_rename(root: Root, catalog: Catalog, old: str, new: str) -> FileChanges:
    """Give a topic another slug: rename its page, and change subtopics and papers that name it.

    Raises:
        EditError: The old topic is unknown or the new one exists.
        CatalogError: The vocabulary would have a problem afterwards.
    """
    topic = _topic(catalog, old)
    _check_new(catalog, new)
    written = {replace(topic, slug=new).path: read_page(root, topic.path)}
    written |= _move_children(root, catalog, old, new)
    written |= _move_papers(root, catalog, lambda paper: _swap(paper.topics, old, new))
    return _checked(catalog, written, (topic.path,))


def plan_topic_merge(root: Root, catalog: Catalog, old: str, into: str) -> FileChanges:
    """Move a topic's terms, papers and subtopics to another topic and remove its page.

    Raises:
        EditError: A topic is unknown, or both are the same.
        CatalogError: The vocabulary would have a problem afterwards.
    """
    topic, target = _topic(catalog, old), _topic(catalog, into)
    if topic is target:
        raise EditError(f"cannot merge '{old}' with itself; name two topics")
    written = {target.path: set_terms(read_page(root, target.path), (*target.terms, *topic.terms))}
    children = _move_children(root, catalog, old, into)
    if children.pop(target.path, None):
        written[target.path] = _set_line(written[target.path], "parent", topic.parent)
    written |= children
    written |= _move_papers(root, catalog, lambda paper: _swap(paper.topics, old, into))
    return _checked(catalog, written, (topic.path,))


def plan_topic_split(
    root: Root, catalog: Catalog, old: str, new: Topic
) -> tuple[FileChanges, tuple[Paper, ...]]:
    """Move some terms of a topic to a new topic, and the papers that match them.

    A paper of the old topic names the new one instead if `suggest_topics` suggests that.

    Returns:
        The changes, and the papers that move, newest first.

    Raises:
        EditError: A topic or term is unknown, the new topic exists, or no term would stay or move.
        CatalogError: The vocabulary would have a problem afterwards.
    """
    topic = _topic(catalog, old)
    _check_new(catalog, new.slug)
    if missing := [term for term in new.terms if term not in topic.terms]:
        raise EditError(f"topic '{old}' has no term {missing[0]!a}; its terms are in {topic.path}")
    rest = tuple(term for term in topic.terms if term not in new.terms)
    if not rest or not new.terms:
        raise EditError("name some of the topic's terms with --term, but not all of them")
    others = [other for other in catalog.vocabulary.topics if other is not topic]
    after = Vocabulary((*others, replace(topic, terms=rest), new))
    papers = tuple(
        paper
        for paper in catalog.papers
        if old in paper.topics and _matches_topic(after, new, paper)
    )
    moved = {paper.id for paper in papers}
    written = {
        topic.path: set_terms(read_page(root, topic.path), rest),
        new.path: render_topic(new),
    }
    written |= _move_papers(
        root,
        catalog,
        lambda paper: _swap(paper.topics, old, new.slug) if paper.id in moved else paper.topics,
    )
    return _checked(catalog, written, ()), papers


def render_topic(topic: Topic) -> str:
    """Write a topic's page as text."""
    lines = [f"title: {render_value(topic.title)}"]
    lines += [f"parent: {topic.parent}"] if topic.parent else []
    lines += ["terms:", *(f"- {render_value(term)}" for term in topic.terms)]
    return "\n".join(["---", *lines, "---", topic.introduction, ""])


def set_terms(text: str, terms: Sequence[str]) -> str:
    """Set the terms of a topic page; a term that stays on a line of its own keeps that line."""
    front = parse_front_matter(text, "")
    lines = split_lines(text)
    start = front.lines["terms"]
    later = [line for line in front.lines.values() if line > start]
    stop = min([*later, front.end])
    items = lines[start : stop - 1]
    line_end = find_line_end(text)
    if not items:
        lines[start - 1] = f"terms: {render_value(list(terms))}{line_end}"
        return "".join(lines)
    indent = items[0][: len(items[0]) - len(items[0].lstrip())]
    old = front.values["terms"]
    kept = dict(zip(old, items, strict=True)) if len(old) == len(items) else {}
    fresh = (f"{indent}- {render_value(term)}{line_end}" for term in terms)
    lines[start : stop - 1] = [
        str(kept.get(term, line)) for term, line in zip(terms, fresh, strict=True)
    ]
    return "".join(lines)


def _move_children(root: Root, catalog: Catalog, old: str, new: str) -> dict[str, str]:
    return {
        topic.path: _set_line(read_page(root, topic.path), "parent", new)
        for topic in catalog.vocabulary.children(old)
    }


def _move_papers(
    root: Root, catalog: Catalog, change: Callable[[Paper], tuple[str, ...]]
) -> dict[str, str]:
    changes = ((f"docs/{paper.path}", paper.topics, change(paper)) for paper in catalog.papers)
    return {
        path: edit_page(read_page(root, path), {"topics": list(after)})
        for path, before, after in changes
        if before != after
    }


def _swap(topics: Sequence[str], old: str, new: str) -> tuple[str, ...]:
    if old not in topics:
        return tuple(topics)
    return tuple(dict.fromkeys(new if slug == old else slug for slug in topics))


def _set_line(text: str, key: str, value: str | None) -> str:
    """Set a key that stands on one line, or remove it if the value is None."""
    line = parse_front_matter(text, "").lines[key]
    lines = split_lines(text)
    line_end = find_line_end(text)
    lines[line - 1 : line] = [] if value is None else [f"{key}: {value}{line_end}"]
    return "".join(lines)


def _matches_topic(vocabulary: Vocabulary, topic: Topic, paper: Paper) -> bool:
    found = suggest_topics(vocabulary, paper.title, plain_text(paper.abstract))
    return topic.slug in {suggestion.slug for suggestion in found}


def _topic(catalog: Catalog, slug: str) -> Topic:
    topic = catalog.vocabulary.by_slug.get(slug)
    if topic is None:
        raise EditError(f"there is no topic {slug!a}; the topics are in {FOLDER}")
    return topic


def _check_new(catalog: Catalog, slug: str) -> None:
    if slug in catalog.vocabulary.by_slug:
        raise EditError(f"there is already a topic '{slug}'; merge into it or choose another name")


def _checked(catalog: Catalog, written: dict[str, str], removed: tuple[str, ...]) -> FileChanges:
    """Give the changes; raise `CatalogError` if the vocabulary would have a problem after them."""
    texts = {path: text for path, text in written.items() if path.startswith(FOLDER)}
    topics = [
        topic
        for topic in catalog.vocabulary.topics
        if topic.path not in texts and topic.path not in removed
    ]
    problems: list[Problem] = []
    for path, text in sorted(texts.items()):
        topic, found = parse_topic(text, path.removeprefix(FOLDER).removesuffix(".md"), path)
        problems += found
        topics += [topic] if topic else []
    problems += validate_vocabulary(Vocabulary(tuple(topics)))
    if problems:
        raise CatalogError(problems)
    return FileChanges(written, removed)
