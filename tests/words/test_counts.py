"""Sentences with a number are right for 0, 1, 2 and 1,000: nouns, cases and verbs agree with it."""

from __future__ import annotations

import json
import re
import string
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from papercatalog.outputs.script_words import FORM, MODULE, SCRIPTS, render_words
from papercatalog.outputs.scripts import SCRIPTS as SOURCES
from papercatalog.words import Words, load_words

NUMBERS = (0, 1, 2, 1000)
PHRASES = {
    **{"papers": "paper", "recent_papers": "paper", "papers_before": "paper", "people": "person"},
    **{"authors": "author", "topics": "topic", "terms": "term"},
}
"""Placeholders for a number with its noun, which is a text of its own."""
PLAIN = ("number", "most", "least")
"""Placeholders for a number. The others are constants, such as how many days are recent."""
ONE = r"(?<![\d.,])1(?![\d.,]*\d)"
MANY = r"(?<![\d.,])(?:0|2|1[.,]000)"
WRONG = {
    "en": (
        rf"{ONE} (papers|(top-level )?topics|authors|people|votes|terms|days|others|fields)\b",
        rf"{MANY} (paper|(top-level )?topic|author|person|vote|term|day|other|field)\b",
        rf"\b([Aa]ll|[Tt]he|newest|best|first|last) {ONE}\b",
        rf"{ONE} \w+( \w+){{0,6}} (are|have|were)\b",
        rf"{ONE} \w+ (name|want|do)\b",
        rf"{MANY} \w+( \w+){{0,3}} (is|has|names|wants|does|was)\b",
        rf"{ONE} paper[^.]*\. \w+ them\b",
    ),
    "de": (
        rf"{ONE} (Artikeln|Themen|Hauptthemen|Autoren|Personen|Stimmen|Begriffen?|Tagen?|Felder)\b",
        rf"{ONE} weitere\b(?! Person)",
        rf"{MANY} (Thema|Hauptthema|Autor|Person|Stimme|Begriff|Tag|Feld|weiterer)\b",
        rf"{MANY} weitere Person\b",
        rf"\b([Aa]lle|[Dd]ie|neuesten|besten|ersten|letzten) {ONE}\b",
        rf"\b(von|mit|aus|unter)( mindestens| höchstens)? {MANY} (Artikel|Tage|Themen? )\b",
        rf"(?<!von )(?<!mit )(?<!aus )(?<!mindestens ){MANY} Artikeln\b",
        rf"{ONE} \w+( \w+){{0,3}} (sind|haben|nennen|werden)\b",
        rf"{MANY} \w+( \w+){{0,3}} (ist|hat|nennt|wird)\b",
    ),
    "zh": (r"\d(?=[\u4e00-\u9fff])", r"[\u4e00-\u9fff](?=\d)"),
}
"""What no sentence says, by language. In Chinese a blank stands around each number."""
READ = """
const { WORDS } = await import(process.argv[1]);
const said = {};
for (const number of JSON.parse(process.argv[2])) {
  for (const [name, text] of Object.entries(WORDS)) {
    const asked = typeof text === "function" && /^\\(\\{([\\w,]*)/.exec(String(text))[1];
    const values = Object.fromEntries((asked || "").split(",").map((one) => [one, "?"]));
    if ("count" in values) values.count = number;
    if ("number" in values) values.number = String(number);
    if ("papers" in values) values.papers = WORDS.papers({ count: number });
    said[name] = [...(said[name] ?? []), asked ? text(values) : text];
  }
}
console.log(JSON.stringify(said));
"""


def list_placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def read_pages(words: Words) -> Iterator[tuple[str, str]]:
    """Give each text that pages, feeds and mail say with a number, for each of the numbers."""
    for key, text in words.texts.items():
        forms = [text] if isinstance(text, str) else [*text.values()]
        names = set().union(*map(list_placeholders, forms))
        if key.startswith(("dates.range", f"{SCRIPTS}.", f"{FORM}.")):
            continue
        if isinstance(text, str) and names.isdisjoint((*PHRASES, *PLAIN)):
            continue
        for number in NUMBERS:
            values: dict[str, object] = dict.fromkeys(names, "?") | {"count": number}
            values |= {name: words.count(number, PHRASES[name]) for name in names & {*PHRASES}}
            values |= dict.fromkeys(names & {*PLAIN}, number)
            yield key, words.text(key, **values)


@cache
def read_scripts(language: str) -> dict[str, list[str]]:
    """Give what scripts and the form say for each of the numbers."""
    said: dict[str, list[str]] = {}
    for section in (SCRIPTS, FORM):
        with TemporaryDirectory() as folder:
            module = Path(folder, f"{MODULE}.mjs")
            numbers = (SOURCES / "numbers.js").read_text("utf-8")
            text = render_words(load_words(language), section)
            script = re.sub(r"(?ms)^import [^\n]*\n|/\*.*?\*/ ?", "", numbers + text)
            module.write_text(script, "utf-8")
            command = ["node", "--input-type=module", "-e", READ, str(module), json.dumps(NUMBERS)]
            made = subprocess.run(command, capture_output=True, text=True, check=True)
        said |= {f"{section}.{name}": texts for name, texts in json.loads(made.stdout).items()}
    return said


def find_faults(language: str, text: str) -> list[str]:
    return [rule for rule in WRONG[language] if re.search(rule, re.sub(r"<[^>]*>", "", text))]


@pytest.mark.parametrize("language", sorted(WRONG))
def test_sentences_of_pages_agree_with_their_numbers(language: str) -> None:
    said = [*read_pages(load_words(language))]
    assert len({key for key, _ in said}) > 40
    assert not [(key, text) for key, text in said if find_faults(language, text)]


@pytest.mark.parametrize("language", sorted(WRONG))
def test_sentences_of_scripts_agree_with_their_numbers(language: str) -> None:
    said = read_scripts(language)
    assert len(said["scripts.found"]) == len(NUMBERS)
    wrong = [
        (key, one) for key, texts in said.items() for one in texts if find_faults(language, one)
    ]
    assert not wrong


def test_some_sentences_in_full() -> None:
    pages = {language: [*read_pages(load_words(language))] for language in WRONG}
    assert [text for key, text in pages["de"] if key == "stats.with_code"] == [
        "Mit Code: 0 von 0 Artikeln (?).",
        "Mit Code: 1 von 1 Artikel (?).",
        "Mit Code: 2 von 2 Artikeln (?).",
        "Mit Code: 1.000 von 1.000 Artikeln (?).",
    ]
    assert [text for key, text in pages["en"] if key == "home.all_topics"][1:3] == [
        "The only topic",
        "All 2 topics",
    ]
    assert read_scripts("de")["scripts.of_papers"][:3] == [
        "0 von 0 Artikeln",
        "1 von 1 Artikel",
        "2 von 2 Artikeln",
    ]
    assert read_scripts("en")["scripts.papers_missing"][1] == " Not loaded and not in it: 1 paper."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "1 von 1 Artikeln nennen ihren Code"),
        ("de", "3 von 2 Artikel"),
        ("de", "Alle 1 Thema"),
        ("de", "A und 1 weitere"),
        ("en", "1 of 1 paper name their code"),
        ("en", " 1 paper could not be loaded and are not in it."),
        ("en", "All 1 papers"),
        ("en", "1 paper in all. Browse them by topic"),
        ("en", "0 paper found"),
        ("zh", "共3篇"),
    ],
)
def test_sentences_that_are_wrong_are_found(language: str, text: str) -> None:
    assert find_faults(language, text)
