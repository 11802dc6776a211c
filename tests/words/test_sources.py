"""No template, row or script says a word that does not come from the tables."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from repository import ROOT

PACKAGE = ROOT / "src" / "papercatalog"
THEME = PACKAGE / "theme"
TEMPLATES = sorted(THEME.rglob("*.html"))
SCRIPTS = sorted(THEME.glob("assets/*/*.js"))
NAMES = {
    *("API", "Atom", "BibTeX", "CSL-JSON", "CSV", "DOI", "JSON", "JSON Lines", "Markdown", "ORCID"),
    *("PDF", "RIS", "SVG", "arXiv", "Material for MkDocs", "https", "DOCTYPE html", "UTF-8"),
}
"""Names of formats and services, the same in all languages."""
SHOWN = re.compile(r'\b(?:aria-label|placeholder|title|alt|abbr|label)="([^"]*)"')
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
CODE = re.compile(r"<(pre|style|script|svg|code)\b.*?</\1>|<!--.*?-->", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`')
SENTENCE = re.compile(r"(?:^|\s)[A-Za-z]{2,}[,:]? [a-z]{2,}|^[A-Z][a-z]+(?: …|\.)?$")
"""Two words, or one in title case."""
UNSHOWN = {
    "cite/sentence.js",
    "contribute/schema.js",
    "search/codec.js",
    "search/manifest.js",
    "search/postings.js",
    "search/term_shard.js",
}
"""Scripts with citations, which are English, and with errors that pages do not show literally."""
KEYS = {
    *("Enter", "Escape", "ArrowDown", "ArrowUp", "Topic", "Date", "Author", "Code", "GET", "Shift"),
    *("Element", "Object", "No", "Yes"),
}
"""Names of keys, and of facets in the markup."""


def find_words_of_template(text: str) -> Iterator[str]:
    """Give what a template says by itself, in text or in an attribute that readers get."""
    markup = CODE.sub("", JINJA.sub("\0", text))
    markup = re.sub(r'"[^"<>]*\0[^"<>]*"', '""', markup)
    for part in [*re.split(r"<[^>]*>", markup), *SHOWN.findall(markup)]:
        said = re.sub(r'[\w/]+\.json|[\w-]+=""', "", part.replace("\0", " ")).strip(" \n·.,:()←→/…")
        if LETTERS.search(said) and said not in NAMES:
            yield said
    for literal in re.findall(r'\{\{[^}]*?("[^"]*")[^}]*\}\}', text):
        if re.search(r"[A-Za-z]{2,} [a-z]{2,}", literal):
            yield literal


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(THEME)))
def test_no_template_says_words_of_its_own(file: Path) -> None:
    assert not [*find_words_of_template(file.read_text("utf-8"))]


def find_words_of_script(text: str) -> Iterator[str]:
    """Give the literals of a script that look like words for readers."""
    for literal in LITERAL.findall(COMMENT.sub("", text)):
        said = re.sub(r"\$\{[^}]*\}", "0", literal[1:-1])
        if re.search(r"[<>=\\[\]{}#;]|\.pc-|pc-|md-|\./|\(", said) or said in KEYS:
            continue
        if SENTENCE.search(said) and said not in NAMES:
            yield said


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: str(file.relative_to(THEME / "assets")))
def test_no_script_says_words_of_its_own(file: Path) -> None:
    found = [*find_words_of_script(file.read_text("utf-8"))]
    assert not found or file.relative_to(THEME / "assets").as_posix() in UNSHOWN


ROWS = sorted((PACKAGE / "outputs").glob("*.py"))


def find_words_of_module(text: str) -> Iterator[str]:
    """Give what a module writes between tags, or into an attribute that readers get."""
    tree = ast.parse(text)
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if id(node) in documents or "<" not in node.value:
            continue
        for said in [
            *re.findall(r"(?:>|^(?=[^<>\"=]*<))([^<>]*)", node.value),
            *SHOWN.findall(node.value),
        ]:
            if LETTERS.search(said) and said.strip() not in NAMES:
                yield said


@pytest.mark.parametrize("file", ROWS, ids=lambda file: file.name)
def test_no_output_says_words_of_its_own(file: Path) -> None:
    assert not [*find_words_of_module(file.read_text("utf-8"))]


def test_planted_words_are_found() -> None:
    assert [*find_words_of_template('<p class="a">{{ x }} papers</p>')] == ["papers"]
    assert [*find_words_of_template('<a aria-label="All">{{ x }}</a>')] == ["All"]
    assert [*find_words_of_template('<b>{{ x if y else "no papers yet" }}</b>')] == [
        '"no papers yet"'
    ]
    assert not [*find_words_of_template('<a title="{{ t("a.b") }}" href="x">{{ t("a.b") }} · </a>')]
    assert [*find_words_of_script('say("Nothing is saved."); say(`${a} papers found`);')] == [
        "Nothing is saved.",
        "0 papers found",
    ]
    assert [*find_words_of_script('button("Close"); element("div", { class: "pc-a pc-b" });')] == [
        "Close"
    ]
    planted = "a = f'<p>{b} more</p>'\nc = '<i title=\"All\">'\n"
    assert sorted(find_words_of_module(planted)) == [" more", "All"]
