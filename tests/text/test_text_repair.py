from __future__ import annotations

import pytest

from papercatalog.text import repair_abstract, repair_title, split_keywords
from repository import SEED
from text_fixtures import Case, read_cases


@pytest.mark.parametrize("case", read_cases("abstracts.txt"), ids=lambda case: case.title)
def test_repair_abstract(case: Case) -> None:
    assert repair_abstract(case.given) == case.expected


@pytest.mark.parametrize("case", read_cases("seed.txt"), ids=lambda case: case.given)
def test_the_damaged_places_of_a_real_digest(case: Case) -> None:
    (paragraph,) = (line for line in SEED.read_text("utf-8").splitlines() if case.given in line)
    assert case.expected in repair_abstract(paragraph)


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("QwenLong-CPRS: Towards $\\infty$-LLMs", "QwenLong-CPRS: Towards ∞-LLMs"),
        ("$\\mathcal{V}isi\\mathcal{P}runer$ with 10\\% less", "VisiPruner with 10% less"),
        ("A*-Decoding: a_b <c> \n  *d* & `e'", "A*-Decoding: a_b <c> *d* & ‘e’"),
        ("X^{2}-Gaussian \\emph{at} n^{1.5}", "X²-Gaussian at n^1.5"),
        ("V_{0.5}: A Model", "V₀.₅: A Model"),
        ("R^{\\mathrm{2AI}}: a_{b}", "R^2AI: a_b"),
        ("Lone\ud83d \u200bsurrogate\x07", "Lone surrogate"),
        ("Page Crafting for Under $0.1", "Page Crafting for Under $0.1"),
        ("In-the-wild^2 and pass^8", "In-the-wild² and pass^8"),
        ("One of up to 2^{16}", "One of up to 2¹⁶"),
        ("Code at https://a.org/b{here}", "Code at here"),
    ],
)
def test_repair_title(raw: str, title: str) -> None:
    assert repair_title(raw) == title


@pytest.mark.parametrize("case", read_cases("keywords.txt"), ids=lambda case: case.title)
def test_split_keywords(case: Case) -> None:
    text, keywords = split_keywords(case.given)
    expected, _, listed = case.expected.rpartition("\n")
    assert (text, " | ".join(keywords)) == (expected, listed)
