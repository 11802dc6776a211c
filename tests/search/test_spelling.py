"""Edit distances and completions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papercatalog.search.spelling import edit_distance, offer_completions, pick_completions


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance(one: str, other: str) -> None:
    def plainly(i: int, j: int) -> int:
        if min(i, j) == 0:
            return max(i, j)
        best = min(
            plainly(i - 1, j) + 1,
            plainly(i, j - 1) + 1,
            plainly(i - 1, j - 1) + (one[i - 1] != other[j - 1]),
        )
        if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
            best = min(best, plainly(i - 2, j - 2) + 1)
        return best

    assert edit_distance(one, other, 2) == min(3, plainly(len(one), len(other)))


def test_rare_words_and_those_of_the_typed_stem_are_searched_but_not_offered() -> None:
    words = [("vision", 11), ("visions", 8), ("visionniah", 1), ("visionary", 6), ("visual", 12)]
    assert pick_completions("vision", words) == ["visions", "visionary", "visionniah"]
    assert offer_completions("vision", words) == []
    assert offer_completions("visi", words) == ["vision", "visionary"]
    assert offer_completions("vision", [("vision", 7), ("visionary", 3)]) == ["visionary"]
    assert offer_completions("vision", [("vision", 8), ("visionary", 3)]) == []
    assert offer_completions("vi", [("vision", 2), ("visual", 3)]) == ["visual"]
