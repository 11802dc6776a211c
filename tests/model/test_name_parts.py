from __future__ import annotations

import pytest
from hypothesis import given

from papercatalog.model.name_parts import join_name, split_name
from strategies import LINES


@pytest.mark.parametrize(
    ("name", "family", "given_name", "suffix"),
    [
        ("Weize Chen", "Chen", "Weize", ""),
        ("Krishna C. Puvvada", "Puvvada", "Krishna C.", ""),
        ("Laurens van der Maaten", "van der Maaten", "Laurens", ""),
        ("Ana de la Cruz López", "de la Cruz López", "Ana", ""),
        ("Luc Van Gool", "Van Gool", "Luc", ""),
        ("Christopher De Sa", "De Sa", "Christopher", ""),
        ("Tam Van Nguyen", "Nguyen", "Tam Van", ""),
        ("Tâm Văn Nguyễn", "Nguyễn", "Tâm Văn", ""),
        ("José Ortega y Gasset", "Ortega y Gasset", "José", ""),
        ("John Smith, Jr.", "Smith", "John", "Jr."),
        ("Guy L. Steele Jr.", "Steele Jr.", "Guy L.", ""),
        ("danah boyd", "boyd", "danah", ""),
        ("Émilie du Châtelet", "du Châtelet", "Émilie", ""),
        ("Jean-Luc O'Neil", "O'Neil", "Jean-Luc", ""),
    ],
)
def test_a_name_is_split(name: str, family: str, given_name: str, suffix: str) -> None:
    assert split_name(name) == (family, given_name, suffix)
    assert join_name(given_name, family, suffix) == name


@pytest.mark.parametrize(
    "name",
    [
        *("Madonna", "李世民", "李 世民", "김철수", "山田 太郎", "Gemma Team", "Meta AI", "NVIDIA"),
        *("Research and Development", "University of Oxford", "The BigCode Contributors"),
        *("Llama Team, AI @ Meta", "Paper Lanterns, Inc.", "Chen W.", "Chen WX", "van Gogh"),
        *("5 Seeds", "Smith, John", "A, B, C", "O'Neil & Sons", "Smith ,Jr."),
    ],
)
def test_a_name_whose_parts_are_not_sure_stays_whole(name: str) -> None:
    assert split_name(name) == (name, "", "")


@given(LINES)
def test_the_parts_of_any_text_are_the_text_again(text: str) -> None:
    family, given_name, suffix = split_name(text)
    assert join_name(given_name, family, suffix) == text
