"""The words that scripts say, as JavaScript: texts, and functions that fill in placeholders.

A module of the site says ``WORDS.close`` or ``WORDS.removed({ papers })``. Unbundled it imports
``WORDS`` from the module that `render_words` renders. In a bundle each text stands where it is said
(`WordsInBundle`), so that a bundle has its own words alone.
"""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Iterable

from papercatalog.words import UnknownWordError, Words

MODULE = "words"
"""The module that is generated, beside the modules of search and of the form."""
SCRIPTS, FORM = "scripts", "form"
"""The sections of the tables for bundled scripts and for those of the form "Add a paper"."""
_SAID = re.compile(r"\bWORDS\.(\w+)")
_FORMAT = "formatNumber"
_SAMPLES = range(200)
"""Numbers by which a language is tested for having but two forms, as English has."""


def render_words(words: Words, section: str) -> str:
    """Render all words of a section as a module; with types, so that it can be checked."""
    entries = [
        f"  {name}: {_render(words, section, name, typed=True)},\n"
        for name in _list(words, section)
    ]
    numbers = f'import {{ {_FORMAT} }} from "./numbers.js";\n\n' if section == SCRIPTS else ""
    return f"{numbers}export const WORDS = {{\n{''.join(entries)}}};\n"


def put_words(words: Words, script: str) -> str:
    """Put the words of a bundle where it says them; a function that it calls twice stands first.

    Raises:
        UnknownWordError: The bundle says what the tables do not have.
    """
    said = Counter(_SAID.findall(script))
    texts = {name: _render(words, SCRIPTS, name) for name in said}
    shared = {name: text for name, text in texts.items() if said[name] > 1 and text.startswith("(")}

    def put(found: re.Match[str]) -> str:
        name = found[1]
        if name in shared:
            return f"say_{name}"
        return f"({texts[name]})" if texts[name].startswith("(") else texts[name]

    first = "".join(f"const say_{name} = {text};\n" for name, text in shared.items())
    return first + _SAID.sub(put, script)


def needs_numbers(words: Words, script: str) -> bool:
    """Tell whether a script says words with numbers, which `formatNumber` writes."""
    return any(_FORMAT in _render(words, SCRIPTS, name) for name in set(_SAID.findall(script)))


def _list(words: Words, section: str) -> list[str]:
    names = list(words.section(section))
    return ["group", *names] if section == SCRIPTS else names


def _render(words: Words, section: str, name: str, *, typed: bool = False) -> str:
    """Render a text: a string, or a function of its placeholders."""
    if name == "group":
        return json.dumps(words.locale.number_symbols["latn"]["group"], ensure_ascii=False)
    text = words.texts.get(f"{section}.{name}")
    if text is None:
        raise UnknownWordError(f"no table has {section}.{name}")
    forms = {"other": text} if isinstance(text, str) else dict(text)
    names = sorted(set().union(*map(_list_placeholders, forms.values())))
    if not isinstance(text, str):
        names = sorted({*names, "count"})
    elif not names:
        return json.dumps(text, ensure_ascii=False)
    count = f"{_FORMAT}(count)" if section == SCRIPTS else "count"
    literals = {form: _render_template(one, count) for form, one in forms.items()}
    if len(literals) == 1:
        body = literals["other"]
    elif _has_two_forms(words):
        one = literals["one"].replace(f"${{{count}}}", "1")
        body = f"count===1?{one}:{literals['other']}"
    else:
        chosen = ", ".join(f"{form}: {one}" for form, one in literals.items())
        body = f'({{ {chosen} }})[new Intl.PluralRules("{words.language}").select(count)]'
    types = ""
    if typed:
        kinds = (f"{one}: {'number' if one == 'count' else 'string | number'}" for one in names)
        types = f"/** @type {{{{{', '.join(kinds)}}}}} */ "
    return f"({types}{{{','.join(names)}}})=>{body}"


def _render_template(text: str, count: str) -> str:
    literal = re.sub(r"([`\\]|\$(?=\{))", r"\\\1", text)
    return "`{}`".format(
        re.sub(
            r"\{(\w+)\}",
            lambda found: f"${{{count if found[1] == 'count' else found[1]}}}",
            literal,
        )
    )


def _list_placeholders(text: str) -> Iterable[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _has_two_forms(words: Words) -> bool:
    """Whether a language has one form for 1 and one for all other numbers."""
    choose = words.locale.plural_form
    return all(choose(number) == ("one" if number == 1 else "other") for number in _SAMPLES)
