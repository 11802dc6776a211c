"""The form by which a reader adds a paper, and what its script needs: schema, letters, lookup.

The script lies in ``theme/assets/contribute``; it makes the page's text and leads to the
repository's own editor, so that no server of ours takes part.
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
from papercatalog.model.ids import build_id
from papercatalog.model.paper import Facts, Paper
from papercatalog.outputs.artifacts import Artifact, FileArtifact, FilesArtifact
from papercatalog.outputs.site_info import Site
from papercatalog.outputs.templates import render_page_body
from papercatalog.runtime.hashing import hash_key

FULL = 1000
"""Of more keys than this, two a paper, the lookup has 16 times as many files, and so on."""
DIGITS = 4
"""The most hexadecimal digits by which the files of the lookup are told apart."""


def build(catalog: Catalog, site: Site) -> Iterator[Artifact]:
    """Make ``contribute/index.md`` and beside it ``schema.json``, ``letters.json``, ``known/``."""
    most = 2 * len(catalog.papers)
    digits = next(n for n in range(DIGITS + 1) if most <= FULL * 16**n or n == DIGITS)
    yield render_page_body(
        "contribute",
        "contribute/index.md",
        "Add a paper",
        f"Add a paper to {site.name}, or correct one",
        vocabulary=catalog.vocabulary,
        site=site,
        digits=digits,
    )
    rules = partial(_list_rules, catalog)
    yield FilesArtifact("contribute/rules", rules, lambda: catalog.vocabulary_key)
    known = partial(_list_known, catalog, digits)
    yield FilesArtifact("contribute/known", known, partial(_hash_known, catalog))


def _list_rules(catalog: Catalog) -> Iterator[FileArtifact]:
    """Make what a page is held to, and how its name is spelled."""
    yield FileArtifact("contribute/schema.json", _json(build_schema(catalog)))
    yield FileArtifact("contribute/letters.json", _json(spell_letters()))


def _hash_known(catalog: Catalog) -> bytes:
    """Hash all that papers are known by, and where their pages lie."""
    facts = (
        f"{paper.url} {paper.arxiv} {paper.doi} {paper.aliases} {paper.title_key}"
        for paper in catalog.papers
    )
    return hash_key("\n".join(facts))


def _list_known(catalog: Catalog, digits: int) -> Iterator[FileArtifact]:
    """Make the files of the lookup; the first digits of the keys name them."""
    shards: dict[str, dict[str, str]] = {f"{n:0{digits}x}"[:digits]: {} for n in range(16**digits)}
    for key, url in known_keys(catalog).items():
        shards[key[:digits]][key[digits:]] = url
    for name, shard in shards.items():
        yield FileArtifact(f"contribute/known/{name or 'all'}.json", _json(shard))


def build_schema(catalog: Catalog) -> dict[str, Any]:
    """Give the JSON Schema of a page's front matter, its topics those of the catalog."""
    schema = Facts.model_json_schema()
    topics = sorted(topic.slug for topic in catalog.vocabulary.topics)
    schema["properties"]["topics"]["items"]["enum"] = topics
    return schema


def known_keys(catalog: Catalog) -> dict[str, str]:
    """Give the address of each paper by what it is known by, hashed.

    A key is the CRC-32, in eight hexadecimal digits, of ``arxiv:``, ``doi:``, ``id:`` or
    ``title:`` and the value; of two papers under one key the newest counts.
    """
    found: dict[str, str] = {}
    for paper in reversed(catalog.papers):
        for name in _names(paper):
            found[f"{zlib.crc32(name.encode()):08x}"] = paper.url
    return dict(sorted(found.items()))


def _names(paper: Paper) -> Iterator[str]:
    """Name a paper; its id only where neither arXiv id nor title say it already."""
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
    """Give the ASCII spelling of every letter that is not one, as python-slugify spells it.

    Keys are the upper byte of the code points of a block of 256, in hexadecimal; a list ends with
    its block's last spelling. Letters that NFKD takes apart are left out.
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
