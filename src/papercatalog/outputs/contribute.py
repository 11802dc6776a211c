"""The page "Add a paper": its form, and the schema, letters and lookup that its script loads.

The script in ``theme/assets/contribute`` writes the paper's page and opens it in the repository's
editor; no server is needed.
"""

from __future__ import annotations

import json
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from text_unidecode import unidecode  # type: ignore[import-untyped]

from papercatalog.model.catalog import Catalog
from papercatalog.model.declaration import PaperField, Use
from papercatalog.model.field_types import Kind
from papercatalog.model.fields import FIELDS, PaperFields
from papercatalog.model.ids import build_id
from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import Artifact, FileArtifact, FileGroup
from papercatalog.outputs.context import Context
from papercatalog.outputs.script_words import FORM, MODULE, render_words
from papercatalog.outputs.templates import make_page
from papercatalog.runtime.hashing import hash_key
from papercatalog.text.tex.symbols import FUNCTIONS, SYMBOLS
from papercatalog.words import Words, load_words

MAX_KEYS = 1000
"""The keys that one file of the lookup holds on average, at most; a paper has about two."""
MAX_DIGITS = 4
"""The hexadecimal digits in the name of a file of the lookup, at most."""
_INPUTS = {Kind.LINE: "text", Kind.ADDRESS: "url", Kind.DAY: "date"}
"""The type of the HTML input of each kind of field that has one line."""


def build(context: Context) -> Iterator[Artifact]:
    """Make ``contribute/index.md`` and beside it ``schema.json``, ``letters.json``,
    ``symbols.json`` and ``known/``.
    """
    catalog, site, words = context.catalog, context.site, context.words
    digits = count_digits(catalog)
    asked = [field for field in FIELDS if Use.FORM in field.uses and field.path != "title"]
    yield make_page(
        context,
        "contribute",
        "contribute/index.md",
        words.text("contribute.title"),
        words.text("contribute.description", site=site.name),
        vocabulary=catalog.vocabulary,
        site=site,
        digits=digits,
        lists=[(field.name, *_name_field(words, field)) for field in asked if field.kind.is_list],
        lines=[
            (field.name, *_name_field(words, field), _INPUTS[field.kind], field.required)
            for field in asked
            if field.kind in _INPUTS
        ],
    )
    rules = partial(_list_rules, catalog, words)
    rules_key = partial(hash_key, catalog.vocabulary_key, words.key)
    yield FileGroup("contribute/rules", rules_key, rules)
    yield FileArtifact(f"assets/contribute/{MODULE}.js", render_words(words, FORM).encode())
    known = partial(_list_known, catalog, digits)
    yield FileGroup("contribute/known", partial(_hash_known, catalog), known)


def _name_field(words: Words, field: PaperField) -> tuple[str, str]:
    """Give a field's label and hint."""
    hint = words.text(f"fields.{field.name}_hint") if field.hint else ""
    return words.text(f"fields.{field.name}"), hint


def count_digits(catalog: Catalog) -> int:
    """Count the hexadecimal digits of a key that name its file of the lookup."""
    keys = 2 * len(catalog.papers)
    return next(n for n in range(MAX_DIGITS + 1) if keys <= MAX_KEYS * 16**n or n == MAX_DIGITS)


def _list_rules(catalog: Catalog, words: Words) -> Iterator[FileArtifact]:
    """Make the rules for front matter, the ASCII spellings for a page's file name, and symbols."""
    yield FileArtifact(
        "contribute/schema.json", _json(translate_schema(build_schema(catalog), words))
    )
    yield FileArtifact("contribute/letters.json", _json(spell_letters()))
    commands = {"symbols": SYMBOLS, "functions": sorted(FUNCTIONS)}
    yield FileArtifact("contribute/symbols.json", _json(commands))


def _hash_known(catalog: Catalog) -> bytes:
    """Hash the keys and addresses that the lookup holds."""
    facts = (
        f"{paper.url} {paper.arxiv} {paper.doi} {paper.aliases} {paper.title_key}"
        for paper in catalog.papers
    )
    return hash_key("\n".join(facts))


def _list_known(catalog: Catalog, digits: int) -> Iterator[FileArtifact]:
    """Make the files of the lookup; each is named by the first digits of its keys."""
    shards: dict[str, dict[str, str]] = {f"{n:0{digits}x}"[:digits]: {} for n in range(16**digits)}
    for key, url in known_keys(catalog).items():
        shards[key[:digits]][key[digits:]] = url
    for name, shard in shards.items():
        yield FileArtifact(f"contribute/known/{name or 'all'}.json", _json(shard))


def build_schema(catalog: Catalog) -> dict[str, Any]:
    """Build the JSON Schema of a page's front matter, with the catalog's topics as an enum."""
    schema = PaperFields.model_json_schema()
    topics = sorted(topic.slug for topic in catalog.vocabulary.topics)
    schema["properties"]["topics"]["items"]["enum"] = topics
    return schema


def translate_schema(schema: Any, words: Words) -> Any:
    """Give a schema with its titles and messages in the site's language, as the form shows them."""
    english = load_words("en")
    told = {
        str(text): words.text(f"{section}.{name}")
        for section in ("fields", "rules")
        for name, text in english.section(section).items()
    }

    def translate(value: Any) -> Any:
        if isinstance(value, list):
            return [*map(translate, value)]
        if not isinstance(value, dict):
            return value
        return {
            name: told.get(one, one)
            if name in ("title", "errorMessage") and isinstance(one, str)
            else translate(one)
            for name, one in value.items()
        }

    return translate(schema)


def known_keys(catalog: Catalog) -> dict[str, str]:
    """Map hashed identifiers, ids and titles to the addresses of their papers.

    A key is the CRC-32, in eight hexadecimal digits, of ``arxiv:``, ``doi:``, ``id:`` or
    ``title:`` followed by the value. If two papers have one key, the newer one is kept.
    """
    found: dict[str, str] = {}
    for paper in reversed(catalog.papers):
        for name in _names(paper):
            found[f"{zlib.crc32(name.encode()):08x}"] = paper.url
    return dict(sorted(found.items()))


def _names(paper: Paper) -> Iterator[str]:
    """Yield what a paper is known by; its id only if neither arXiv id nor title imply it."""
    title = paper.title_key
    if paper.arxiv:
        yield f"arxiv:{paper.arxiv}"
    if paper.doi:
        yield f"doi:{paper.doi}"
    for page in (paper.id, *paper.aliases):
        if page not in (build_id(title, paper.arxiv), title.replace(" ", "-")):
            yield f"id:{page}"
    yield f"title:{title}"


@cache
def spell_letters() -> dict[str, list[str]]:
    """Give the ASCII spelling of every letter outside ASCII, as python-slugify spells it.

    A key is the upper byte of a block of 256 code points, in hexadecimal; its list has the
    spellings by the lower byte and ends with the last that is not empty. Letters that NFKD
    decomposes are left out.
    """
    blocks = {}
    for block in range(0x100):
        spellings = [_spell(chr(block << 8 | low)) for low in range(0x100)]
        while spellings and not spellings[-1]:
            spellings.pop()
        if spellings:
            blocks[f"{block:02x}"] = spellings
    return blocks


def _spell(letter: str) -> str:
    if letter.isascii() or unicodedata.normalize("NFKD", letter) != letter:
        return ""
    return str(unidecode(letter))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
