from __future__ import annotations

import datetime as dt
import subprocess

import pytest

from corpus import index_documents
from made_index import index_of
from papercatalog.search.engine import search
from papercatalog.search.index.document import Document
from papercatalog.search.ranking import idf
from script_modules import script_modules

LITERAL = [(1, 1, 288), (10, 1, 1992), (10, 10, 47), (6132, 40, 5020), (10_000, 10_000, 1)]
"""Papers, document frequency, and ln(1 + (papers - frequency + 0.5) / (frequency + 0.5)) * 1000."""


@pytest.mark.parametrize(("papers", "frequency", "rarity"), LITERAL)
def test_idf(papers: int, frequency: int, rarity: int) -> None:
    assert idf(papers, frequency) == rarity


def test_idf_in_the_browser() -> None:
    asked = [[papers, frequency] for papers, frequency, _ in LITERAL]
    script = (
        f'import {{ idf }} from "{(script_modules() / "ranking.js").as_uri()}";'
        f"console.log({asked}.map(([papers, frequency]) => idf(papers, frequency)).join(' '))"
    )
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(rarity) for *_, rarity in LITERAL]


def test_a_rarer_word_outweighs_a_commoner_one() -> None:
    texts = [
        "quokka wombat koala",
        "wombat badger koala",
        "wombat",
        "wombat",
        "quokka badger koala",
    ]
    shelf = [
        Document(str(at), f"p/{at}/", "Title", (), (), text, dt.date(2025, 1, 1))
        for at, text in enumerate(texts)
    ]
    index = index_of(dict(index_documents(shelf, ())))
    found = search(index, "quokka wombat echidna").hits
    assert [hit.paper for hit in found] == [0]
    by_word = {word: search(index, word).hits[0].score for word in ("quokka", "wombat")}
    assert by_word["quokka"] > by_word["wombat"]
