"""A language's table of words, and its dates, numbers and percentages.

A key is a section and a name, ``home.search``. Its text has placeholders in braces, ``{count}``. A
text that depends on a number has a form for each plural category that the language has:
https://cldr.unicode.org/index/cldr-spec/plural-rules. Dates and numbers are those of CLDR.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from babel import Locale

TABLES = Path(__file__).parent
DEFAULT = "en"
"""The language of a site whose own has no table."""
LANGUAGES = tuple(sorted(file.stem for file in TABLES.glob("*.toml")))
"""The languages that have a table, as BCP 47 writes them."""
_OTHER_SCRIPT = {"zh": ("Hant", "TW", "HK", "MO")}
"""Subtags by which a language is written in a script that its table does not have."""

_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
"""The languages of the theme that are written so; none has a table."""

Forms = Mapping[str, str]
"""A text's forms by plural category."""


class UnknownWordError(KeyError):
    """A key that the tables do not have, or a text that is asked for in the wrong way."""


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a language; `load_words` gives the same object each time."""

    language: str
    """As BCP 47 writes it."""
    texts: Mapping[str, str | Forms] = field(repr=False)
    """Each text, or its forms, by its key."""
    lang: str = ""
    """Attributes of elements that say these words on a page in another language; after a blank.

    Empty where they are in the page's own language.
    """

    def text(self, key: str, /, **values: object) -> str:
        """Give a text with its placeholders filled in.

        ``count`` chooses the form of a text that has several. Whole numbers are written as the
        language does.

        Raises:
            UnknownWordError: There is no such text, or a placeholder of it has no value.
        """
        template = self.find_text(key, values.get("count"))
        if not values:
            return template
        try:
            return template.format_map({name: self._write(one) for name, one in values.items()})
        except KeyError as error:
            raise UnknownWordError(f"{key}: {error} has no value") from None

    def count(self, number: int, noun: str) -> str:
        """Count things: ``count(2, "paper")`` gives ``2 papers``."""
        return _count(self, number, noun)

    def find_text(self, key: str, count: object = None) -> str:
        """Give a text with its placeholders, in the form for a count."""
        found = self.texts.get(key)
        if found is None:
            raise UnknownWordError(f"no table has {key}")
        if isinstance(found, str):
            return found
        if not isinstance(count, int):
            raise UnknownWordError(f"{key}: its forms need a count")
        return found[_choose_form(self, count)]

    def section(self, name: str) -> dict[str, str | Forms]:
        """Give the texts of a section by their names in it."""
        start = f"{name}."
        return {
            key.removeprefix(start): text
            for key, text in self.texts.items()
            if key.startswith(start)
        }

    def day(self, day: dt.date) -> str:
        """Write a day out: ``29 July 2025``."""
        return _format_date(self, "dates.day", day)

    def short_day(self, day: dt.date) -> str:
        """Write a day without its year: ``29 July``."""
        return _format_date(self, "dates.short_day", day)

    def month(self, day: dt.date) -> str:
        """Write a day's month with its year: ``July 2025``."""
        return _format_date(self, "dates.month", day)

    def month_name(self, day: dt.date) -> str:
        """Name a day's month: ``July``."""
        return _format_date(self, "dates.month_name", day)

    def days(self, first: dt.date, last: dt.date) -> str:
        """Name the days from one to another: ``3 March to 4 May 2025``."""
        if first == last:
            return self.day(last)
        key = "dates.range"
        if first.year == last.year:
            key = "dates.range_in_month" if first.month == last.month else "dates.range_in_year"
        return self.text(
            key,
            first=self.day(first),
            first_short=self.short_day(first),
            first_number=first.day,
            last=self.day(last),
            last_short=self.short_day(last),
            last_number=last.day,
        )

    @cached_property
    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """The weekdays from Monday on: each one's name and how a calendar's column is headed."""
        names = self.locale.days["stand-alone"]
        short = names[self.text("dates.weekday")]
        return tuple((names["wide"][day], short[day].rstrip(".")) for day in range(7))

    def number(self, number: int) -> str:
        """Write a whole number: ``12,345``."""
        return _format_number(self, number)

    def decimal(self, number: float, digits: int) -> str:
        """Write a number with so many digits after the point."""
        return _format(self, f"{number:.{digits}f}", f"#,##0.{'0' * digits}" if digits else "#,##0")

    def percent(self, share: float, digits: int = 0) -> str:
        """Write a share of 1 as a percentage."""
        pattern = self.locale.percent_formats[None].pattern
        if digits:
            pattern = pattern.replace("##0", f"##0.{'0' * digits}")
        return _format(self, str(Decimal(f"{share:.{digits}%}"[:-1]) / 100), pattern)

    @cached_property
    def locale(self) -> Locale:
        """What CLDR knows of the language."""
        from babel import Locale  # importing it takes longer than most commands do

        return Locale.parse(self.language, sep="-")

    @property
    def key(self) -> str:
        """Tells these words from others in caches: the language, since the tables are code."""
        return self.language

    def _write(self, value: object) -> object:
        return self.number(value) if type(value) is int else value


@lru_cache(maxsize=1 << 14)
def _count(words: Words, number: int, noun: str) -> str:
    return words.text(f"counts.{noun}", count=number)


@lru_cache(maxsize=1 << 14)
def _choose_form(words: Words, count: int) -> str:
    return words.locale.plural_form(count)


@lru_cache(maxsize=1 << 14)  # a site has some thousand days, of which each page names several
def _format_date(words: Words, key: str, day: dt.date) -> str:
    from babel.dates import format_date

    return format_date(day, words.text(key), words.locale)


@lru_cache(maxsize=1 << 14)
def _format_number(words: Words, number: int) -> str:
    return _format(words, str(number), None)


def _format(words: Words, number: str, pattern: str | None) -> str:
    from babel.numbers import format_decimal

    return format_decimal(Decimal(number), pattern, words.locale)


@lru_cache
def load_words(language: str) -> Words:
    """Load the words for a site's language; English where there is no table for it."""
    name = choose_language(language) or DEFAULT
    data = tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8"))
    texts = {f"{part}.{key}": text for part in data for key, text in data[part].items()}
    return Words(name, texts, Markup(_mark(language)))  # noqa: S704, no stranger's text


def _mark(language: str) -> str:
    """Give the attributes that tell words of ours from a page in a language without a table."""
    if choose_language(language):
        return ""
    is_turned = re.split("[-_]", language.lower())[0] in _RIGHT_TO_LEFT
    return f' lang="{DEFAULT}"' + (' dir="ltr"' if is_turned else "")


def name_locale(language: str) -> str:
    """Name a language with its usual country, as Open Graph does; empty for English, its default.

    >>> name_locale("de"), name_locale("zh"), name_locale("pt-BR"), name_locale("en")
    ('de_DE', 'zh_CN', 'pt_BR', '')
    """
    from babel.core import get_global

    first, *others = language.split("-")
    usual = get_global("likely_subtags").get(first, "").split("_")[-1]
    country = next((part for part in others if len(part) == 2), usual)
    return f"{first}_{country}" if country and first != DEFAULT else ""


def choose_language(language: str) -> str:
    """Choose the table for a language; empty where there is none.

    >>> choose_language("de"), choose_language("de-AT"), choose_language("zh-Hant")
    ('de', 'de', '')
    """
    first, *others = language.replace("_", "-").split("-")
    name = first.lower()
    has_table = name in LANGUAGES and not set(others) & set(_OTHER_SCRIPT.get(name, ()))
    return name if has_table else ""
