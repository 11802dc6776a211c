"""The inverted index in memory: for every word, the papers that hold it and where.

Keys are words as written, folded. Marked keys stand beside them: ``chen@`` a name in the authors,
``statespace-`` a hyphenated chunk as one word, ``#agents`` a topic, ``+code`` papers with code,
``^votes`` votes, ``=2410.08115`` an identifier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from papercatalog.search.analysis import analyse, chunks, fold, stem
from papercatalog.search.document import Document, SearchTopic
from papercatalog.search.postings import (
    ABSTRACT_START,
    AUTHOR_IMPACT,
    AUTHOR_STEP,
    NO_PLACES,
    ONE_PLACE,
    TOPIC_IMPACT,
    Row,
    body_impact,
    encode_places,
    title_impact,
)

Index = dict[str, list[Row]]
"""The postings of each key, by paper."""

FACT_MARKS = "#+^="
"""The first characters of keys that are not words."""
WORD_MARKS = "@-"
"""The last characters of keys that are words of another kind."""


def group_key(key: str) -> str:
    """What a key is sorted and found by: a word's stem; a fact's key as it is."""
    return key if key[0] in FACT_MARKS else stem(key.rstrip(WORD_MARKS))


def build_index(documents: Sequence[Document], topics: Sequence[SearchTopic]) -> Index:
    """The index of documents in the order of their numbers."""
    index: Index = defaultdict(list)
    topic_words = {topic.slug: set(_spots(topic.title)[0]) for topic in topics}
    ancestors = _ancestors(topics)
    for number, document in enumerate(documents):
        _add_text(index, number, document, topic_words)
        _add_authors(index, number, document.authors)
        for topic in sorted({above for slug in document.topics for above in ancestors[slug]}):
            index[f"#{topic}"].append((number, 1, -1, NO_PLACES))
        if document.code:
            index["+code"].append((number, 1, -1, NO_PLACES))
        if document.votes:
            index["^votes"].append((number, document.votes, -1, NO_PLACES))
        for identifier in filter(None, (document.arxiv, document.doi)):
            index[f"={fold(identifier)}"].append((number, 1, -1, NO_PLACES))
    return index


def _add_text(
    index: Index, number: int, document: Document, topic_words: dict[str, set[str]]
) -> None:
    title, title_length = _spots(document.title)
    body, body_length = _spots(document.abstract)
    of_topics = {word for slug in document.topics for word in topic_words[slug]}
    in_title = title_impact(title_length)
    for word, places in title.items():
        spots = [place for place in places if place < ABSTRACT_START]
        spots += [ABSTRACT_START + place for place in body.get(word, ())]
        index[word].append((number, in_title, places[0], encode_places(spots)))
    impacts = [body_impact(count, body_length) for count in range(16)]
    for word, places in body.items():
        if word in title:
            continue
        count = len(places)
        impact = TOPIC_IMPACT if word in of_topics else impacts[min(count, 15)]
        if word[-1] == "-":
            encoded = NO_PLACES
        elif count == 1 and places[0] < 255 - ABSTRACT_START:
            encoded = ONE_PLACE[ABSTRACT_START + places[0]]
        else:
            encoded = encode_places([ABSTRACT_START + place for place in places])
        index[word].append((number, impact, -1, encoded))
    for word in sorted(of_topics - title.keys() - body.keys()):
        index[word].append((number, TOPIC_IMPACT, -1, NO_PLACES))


def _add_authors(index: Index, number: int, authors: Sequence[str]) -> None:
    names: dict[str, list[int]] = defaultdict(list)
    for at, author in enumerate(authors):
        for word, places in _spots(author)[0].items():
            names[word.rstrip("-")] += [at * AUTHOR_STEP + place for place in places]
    for word, places in names.items():
        index[f"{word}@"].append((number, AUTHOR_IMPACT, -1, encode_places(sorted(places))))


def _spots(text: str) -> tuple[dict[str, list[int]], int]:
    """The places of each word of a text, counted from 0, and how many words it has."""
    found: dict[str, list[int]] = {}
    at = 0
    for chunk in chunks(text):
        words, width = analyse(chunk)
        for word, offset in words:
            if word in found:
                found[word].append(at + offset)
            else:
                found[word] = [at + offset]
        at += width
    return found, at


def _ancestors(topics: Sequence[SearchTopic]) -> dict[str, tuple[str, ...]]:
    """For each topic, itself and the topics above it."""
    parents = {topic.slug: topic.parent for topic in topics}
    found = {}
    for slug in parents:
        line = [slug]
        while (above := parents.get(line[-1])) is not None and above not in line:
            line.append(above)
        found[slug] = tuple(line)
    return found
