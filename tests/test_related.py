"""Related papers are the nearest ones, nearest first."""

from __future__ import annotations

from papercatalog.related import find_related

TEXTS = {
    "asked": ("Sparse attention kernels", "Sparse attention with routing and kernels on chips."),
    "near": ("Sparse attention kernels again", "Sparse attention with routing and kernels."),
    "farther": ("Attention maps", "Attention with routing of pictures."),
    "far": ("Protein folding", "Molecules and pictures of chemistry."),
    "alone": ("Zebras", "Stripes."),
}


def test_the_nearest_come_first_and_a_paper_is_not_its_own() -> None:
    related = find_related(TEXTS)
    assert related["asked"][:2] == ("near", "farther")
    assert related["near"][0] == "asked"
    assert all(page not in others for page, others in related.items())


def test_papers_without_a_word_in_common_are_not_related() -> None:
    related = find_related(TEXTS)
    assert related["alone"] == ()
    assert "far" not in related["asked"]


def test_no_more_than_asked_for_and_the_same_whatever_the_order() -> None:
    backwards = dict(reversed(TEXTS.items()))
    assert find_related(backwards) == find_related(TEXTS)
    assert find_related(TEXTS, count=1)["asked"] == ("near",)


def test_equally_near_papers_come_by_id() -> None:
    texts = dict.fromkeys(("c", "a", "b"), ("Sparse attention", "The very same words."))
    assert find_related(texts)["c"] == ("a", "b")
