"""How alike two papers are in title, abstract and authors, and what that is enough for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from papercatalog.model.ids import normalise_title
from papercatalog.model.paper import Paper

NEAR_TITLE = 75
"""Below this, in percent, titles say nothing for two papers being one."""
SAME_WORDS = 95
"""From this on, in percent, titles differ by a slip of the pen, unless they differ in a number."""
SHARED_AUTHORS = 50
"""Authors overlap, in percent of the shorter list, from this on."""
TELLING = 100
"""An abstract of fewer characters says nothing."""
LIKELY_ABSTRACT = 75
"""From this on, in percent, abstracts are likely to be one paper's, whatever the title."""

SURE = ((75, 90, 0), (90, 80, 0), (90, 65, SHARED_AUTHORS))
"""Title, abstract and authors, in percent, that are together enough to be sure."""

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two papers share, each in percent; None where one of them says too little."""

    title: float
    abstract: float | None
    authors: float | None
    """How many of the shorter list stand in the longer one."""
    same_numbers: bool
    """Whether the titles hold the same numbers: a second version often differs in no more."""

    def is_sure(self) -> bool:
        """Whether the two are one paper."""
        if not self.same_numbers:
            return False
        authors = self.authors or 0
        if self.abstract is None:
            return self.title >= SAME_WORDS and authors >= SHARED_AUTHORS
        return any(
            self.title >= title and self.abstract >= abstract and authors >= least
            for title, abstract, least in SURE
        )

    def is_likely(self) -> bool:
        """Whether a person should look at the two."""
        if self.abstract is not None and self.abstract >= LIKELY_ABSTRACT:
            return True
        return self.title >= SAME_WORDS and self.same_numbers

    def __str__(self) -> str:
        parts = [f"titles {self.title:.0f} % alike"]
        if self.abstract is not None:
            parts.append(f"abstracts {self.abstract:.0f} % alike")
        if self.authors is not None:
            parts.append(f"{self.authors:.0f} % of the authors the same")
        if not self.same_numbers:
            parts.append("other numbers in the title")
        return ", ".join(parts)


def compare_papers(one: Paper, other: Paper) -> Likeness:
    """Weigh two papers; texts by the Indel distance of their characters."""
    titles = one.title_key, other.title_key
    abstract = None
    if min(len(one.abstract), len(other.abstract)) >= TELLING:
        abstract = fuzz.ratio(one.abstract, other.abstract)
    numbers = [sorted(_NUMBER.findall(title)) for title in titles]
    return Likeness(
        title=fuzz.ratio(*titles),
        abstract=abstract,
        authors=_overlap(one.authors, other.authors),
        same_numbers=numbers[0] == numbers[1],
    )


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> float | None:
    """Compare names by first letter and surname, since sources abbreviate the rest."""
    names, others = set(map(_name_key, one)), set(map(_name_key, other))
    if not names or not others:
        return None
    return 100 * len(names & others) / min(len(names), len(others))


def _name_key(name: str) -> tuple[str, str]:
    words = normalise_title(name).split()
    return (words[0][:1], words[-1]) if words else ("", name)
