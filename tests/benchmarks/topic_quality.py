"""Measures the suggested topics against the curated ones: ``make evaluate-topics``.

With a file of papers as JSON lines (``title``, ``abstract`` and, where they are known,
``topics``) it measures on those, and tells how often nothing is suggested for the others.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import ROOT
from papercatalog.model.catalog import Catalog
from papercatalog.model.loading import load_catalog
from papercatalog.model.topic_suggestions import suggest_topics
from papercatalog.model.topics import Vocabulary
from papercatalog.text import plain_text


@dataclass(frozen=True)
class Sample:
    """A paper as the suggester sees it, and the topics that people gave it."""

    title: str
    abstract: str
    """Plain text."""
    topics: tuple[str, ...]
    """Empty where nobody has said."""


@dataclass
class Tally:
    """Counts of one topic, or of all: suggested rightly, wrongly, and not suggested."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of the suggestions that people agree with; 0 where there are none."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of people's topics that are suggested; 0 where there are none."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        return f"{self.precision:9.3f} {self.recall:9.3f} {self.f1:9.3f}"


@dataclass
class Measure:
    """How the suggestions for some papers compare with people's topics."""

    papers: int = 0
    labelled: int = 0
    none: int = 0
    """Papers for which nothing is suggested."""
    first: int = 0
    """Labelled papers whose first suggestion is the first topic that people gave."""
    suggested: int = 0
    seconds: float = 0.0
    tallies: dict[str, Tally] = field(default_factory=dict)

    @property
    def micro(self) -> Tally:
        """All topics' counts together."""
        tallies = self.tallies.values()
        return Tally(
            sum(tally.right for tally in tallies),
            sum(tally.wrong for tally in tallies),
            sum(tally.missed for tally in tallies),
        )


def measure(vocabulary: Vocabulary, samples: Iterable[Sample]) -> Measure:
    """Suggest topics for every sample and count."""
    result = Measure(tallies={topic.slug: Tally() for topic in vocabulary.topics})
    suggest_topics(vocabulary, "", "")  # the first call prepares the terms; it is not timed
    for sample in samples:
        start = time.perf_counter()
        suggestions = suggest_topics(vocabulary, sample.title, sample.abstract)
        result.seconds += time.perf_counter() - start
        slugs = tuple(suggestion.slug for suggestion in suggestions)
        result.papers += 1
        result.suggested += len(slugs)
        result.none += not slugs
        if not sample.topics:
            continue
        result.labelled += 1
        result.first += slugs[:1] == sample.topics[:1]
        for slug in {*slugs, *sample.topics}:
            tally = result.tallies[slug]
            tally.right += slug in slugs and slug in sample.topics
            tally.wrong += slug not in sample.topics
            tally.missed += slug not in slugs
    return result


def render_report(result: Measure) -> str:
    """Write the table of topics, the means and the shares."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: Measure) -> Iterator[str]:
    papers = max(1, result.papers)
    if result.labelled:
        yield f"{'topic':24}{'papers':>7} {'precision':>9} {'recall':>9} {'F1':>9}"
        used = {slug: tally for slug, tally in result.tallies.items() if tally != Tally()}
        for slug, tally in sorted(used.items()):
            yield f"{slug:24}{tally.right + tally.missed:7} {tally}"
        known = [tally for tally in used.values() if tally.right + tally.missed]
        means = (
            sum(values) / len(known)
            for values in zip(
                *((tally.precision, tally.recall, tally.f1) for tally in known), strict=True
            )
        )
        yield f"{'macro':24}{len(known):7} " + " ".join(f"{mean:9.3f}" for mean in means)
        yield f"{'micro':24}{result.labelled:7} {result.micro}"
        yield f"first topic the same: {result.first / result.labelled:.1%}"
    yield f"papers: {result.papers}, of them curated: {result.labelled}"
    yield f"left without a topic: {result.none / papers:.1%}"
    yield f"topics suggested for a paper: {result.suggested / papers:.2f}"
    yield f"time for a paper: {1e6 * result.seconds / papers:.0f} µs"


def curated_samples(catalog: Catalog) -> Iterator[Sample]:
    """Give the papers of the catalog as samples."""
    for paper in catalog.papers:
        yield Sample(paper.title, plain_text(paper.abstract), paper.topics)


def load_samples(path: Path, vocabulary: Vocabulary) -> Iterator[Sample]:
    """Read papers from JSON lines, gzipped or not; topics that are not ours are left out."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for line in filter(str.strip, text.decode("utf-8").split("\n")):
        paper = json.loads(line)
        topics = tuple(slug for slug in paper.get("topics") or () if slug in vocabulary.by_slug)
        yield Sample(paper["title"], paper["abstract"], topics)


def main(arguments: list[str]) -> None:
    """Measure on the file given, else on the repository's own curated papers."""
    catalog = load_catalog(ROOT)
    if arguments:
        samples = load_samples(Path(arguments[0]), catalog.vocabulary)
    else:
        samples = curated_samples(catalog)
    sys.stdout.write(render_report(measure(catalog.vocabulary, samples)))


if __name__ == "__main__":
    main(sys.argv[1:])
