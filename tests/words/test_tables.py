"""The tables of words: complete, used, and written as each language writes."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from papercatalog.model.declaration import Use
from papercatalog.model.fields import FIELDS, PaperFields
from papercatalog.outputs.templates import render_text
from papercatalog.words import LANGUAGES, UnknownWordError, Words, choose_language, load_words
from repository import ROOT

PACKAGE = ROOT / "src" / "papercatalog"
ENGLISH, GERMAN, CHINESE = map(load_words, ("en", "de", "zh"))
TAG = re.compile(r"</?([a-z]+)[^>]*>")
DAY = dt.date(2025, 7, 29)


def list_forms(words: Words, key: str) -> list[str]:
    found = words.texts[key]
    return [found] if isinstance(found, str) else [*found.values()]


def list_placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_all_tables_have_the_same_keys() -> None:
    assert {"de", "en", "zh"} <= set(LANGUAGES)
    for language in LANGUAGES:
        assert load_words(language).texts.keys() == ENGLISH.texts.keys(), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_have_the_placeholders_and_tags_of_the_english_ones(language: str) -> None:
    words = load_words(language)
    for key in ENGLISH.texts:
        wanted = list_forms(ENGLISH, key)[-1]
        for text in list_forms(words, key):
            counts = {"count"} if not isinstance(ENGLISH.texts[key], str) else set()
            if not key.startswith("dates.range_in_"):  # each language names what it needs
                assert list_placeholders(text) | counts == list_placeholders(wanted) | counts, key
            assert sorted(TAG.findall(text)) == sorted(TAG.findall(wanted)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_depend_on_a_number_have_the_forms_of_the_language(language: str) -> None:
    words = load_words(language)
    needed = {words.locale.plural_form(number) for number in range(1000)}
    for key, text in words.texts.items():
        assert isinstance(text, str) == isinstance(ENGLISH.texts[key], str), key
        if not isinstance(text, str):
            assert text.keys() == needed, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_breaks_out_of_an_attribute_or_holds_foreign_tags(language: str) -> None:
    words = load_words(language)
    for key in words.texts:
        for text in list_forms(words, key):
            assert set(TAG.findall(text)) <= {"a", "code", "em", "i", "kbd", "strong"}, key
            assert not re.search(r'["<>&]', TAG.sub("", text)) or key == "search.hint", key


def test_labels_and_hints_of_fields_are_those_of_the_declarations() -> None:
    """Commands and issue forms have them from the declarations."""
    for one in FIELDS:
        if Use.FORM in one.uses and f"fields.{one.name}" in ENGLISH.texts:
            assert ENGLISH.text(f"fields.{one.name}") == one.label
            assert not one.hint or ENGLISH.text(f"fields.{one.name}_hint") == one.hint


def list_used() -> Iterator[str]:
    """Give each string, and each pattern of an f-string, in code and templates."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
                    for part in node.values
                )
                yield "".join(parts)
    for file in PACKAGE.glob("theme/**/*.html"):
        text = file.read_text("utf-8")
        yield from map(re.escape, re.findall(r'\b(?:t|words\.text)\("([\w.]+)"', text))
        yield from map(re.escape, re.findall(r'"([a-z]+\.[a-z_]+)" (?:if|else)\b', text))
        yield from map(re.escape, re.findall(r'\belse "([a-z]+\.[a-z_]+)"', text))
        yield from (f"{re.escape(start)}\\w+" for start in re.findall(r't\("([\w.]+)" ~', text))
        yield from (
            rf"counts\.{noun}"
            for noun in re.findall(r'\bcount\([^()]*(?:\([^()]*\))?[^()]*, "(\w+)"\)', text)
        )


def list_said(folder: str) -> set[str]:
    """Give the names of the words that scripts below a folder of the theme's assets say."""
    texts = map(_read, (PACKAGE / "theme" / "assets").glob(f"{folder}/*.js"))
    saying = (text for text in texts if 'import { WORDS } from "' in text)
    return set(re.findall(r"\bWORDS\.(\w+)", "".join(saying)))


def test_scripts_say_all_words_of_their_sections_and_no_others() -> None:
    bundled = list_said("[!c]*") | list_said("cite")
    assert bundled == {*ENGLISH.section("scripts"), "group"}
    assert list_said("contribute") == ENGLISH.section("form").keys()


def test_messages_of_fields_are_those_that_the_form_can_show() -> None:
    """The JSON Schema has them in English; a message is translated where a table has it."""
    schema = json.dumps(PaperFields.model_json_schema())
    for name in ENGLISH.section("rules"):
        assert json.dumps({"errorMessage": ENGLISH.text(f"rules.{name}")})[1:-1] in schema, name
    messages = set(re.findall(r'"errorMessage": "([^"]*)"', schema))
    told = {ENGLISH.text(f"rules.{name}") for name in ENGLISH.section("rules")}
    ids = {message for message in messages if message.startswith("use lower-case letters")}
    assert messages - ids == told, "ids stand in no field of the form"


def test_every_text_is_used() -> None:
    patterns = {
        pattern
        for pattern in list_used()
        if re.match(r"[a-z_\\]+\.|counts", pattern.replace("\\", ""))
    }
    used = re.compile("|".join(sorted(patterns)))
    nouns = set(re.findall(r'count\([^\n]*?"(\w+)"\)', "".join(map(_read, PACKAGE.rglob("*.py")))))
    unused = [
        key
        for key in ENGLISH.texts
        if not used.fullmatch(key)
        and key.removeprefix("counts.") not in nouns
        and not key.startswith(("scripts.", "form.", "rules."))
    ]
    assert not unused


def _read(file: Path) -> str:
    return file.read_text("utf-8")


def test_an_unknown_key_a_missing_value_and_a_missing_count_are_errors() -> None:
    with pytest.raises(UnknownWordError, match=r"no table has home\.nothing"):
        ENGLISH.text("home.nothing")
    with pytest.raises(UnknownWordError, match=r"home\.share: 'before' has no value"):
        ENGLISH.text("home.share", now="1%")
    with pytest.raises(UnknownWordError, match=r"counts\.paper: its forms need a count"):
        ENGLISH.text("counts.paper")


def test_dates_are_written_as_each_language_writes_them() -> None:
    assert [words.day(DAY) for words in (ENGLISH, GERMAN, CHINESE)] == [
        "29 July 2025",
        "29. Juli 2025",
        "2025年7月29日",
    ]
    assert [words.month(DAY) for words in (ENGLISH, GERMAN, CHINESE)] == [
        "July 2025",
        "Juli 2025",
        "2025年7月",
    ]
    day, other = dt.date(2025, 7, 3), dt.date(2024, 12, 30)
    assert [words.days(day, DAY) for words in (ENGLISH, GERMAN, CHINESE)] == [
        "3 to 29 July 2025",
        "3. bis 29. Juli 2025",
        "2025年7月3日至29日",
    ]
    assert [words.days(other, DAY) for words in (ENGLISH, GERMAN)] == [
        "30 December 2024 to 29 July 2025",
        "30. Dezember 2024 bis 29. Juli 2025",
    ]
    assert ENGLISH.days(dt.date(2025, 6, 1), DAY) == "1 June to 29 July 2025"
    assert ENGLISH.days(DAY, DAY) == "29 July 2025"
    heads = [[short for _, short in words.weekdays] for words in (ENGLISH, GERMAN, CHINESE)]
    assert [head[0] for head in heads] == ["Mo", "Mo", "一"]
    assert [head[6] for head in heads] == ["Su", "So", "日"]


def test_numbers_are_written_as_each_language_writes_them() -> None:
    assert [words.number(12345) for words in (ENGLISH, GERMAN)] == ["12,345", "12.345"]
    assert [words.percent(0.1235, 1) for words in (ENGLISH, GERMAN)] == ["12.3%", "12,3\xa0%"]
    assert [words.percent(0.5) for words in (ENGLISH, GERMAN)] == ["50%", "50\xa0%"]
    assert [words.decimal(2.25, 1) for words in (ENGLISH, GERMAN)] == ["2.2", "2,2"]
    assert [words.count(1, "vote") for words in (ENGLISH, GERMAN, CHINESE)] == [
        "1 vote",
        "1 Stimme",
        "1 票",
    ]
    assert GERMAN.count(1234, "vote") == "1.234 Stimmen"


def test_values_are_escaped_in_html_and_years_are_no_numbers() -> None:
    made = render_text(ENGLISH, "searches.result", papers="1 paper", address='"x', query="<b>")
    assert made == '1 paper for <a href="&#34;x">&lt;b&gt;</a>'
    assert render_text(ENGLISH, "topics.search_year", year="2025") == "Search in 2025"
    assert render_text(GERMAN, "trending.how", days=1000).count("1.000") == 1


@pytest.mark.parametrize(
    ("language", "table"),
    [("de", "de"), ("de-CH", "de"), ("zh", "zh"), ("zh-Hant", ""), ("zh-TW", ""), ("fr", "")],
)
def test_a_language_without_a_table_has_english_words(language: str, table: str) -> None:
    assert choose_language(language) == table
    assert load_words(language).language == (table or "en")
