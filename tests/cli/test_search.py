"""``papercatalog search``: the website's answers in the terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

from click.testing import CliRunner, Result

from corpus import index_documents
from papercatalog.build.segments import make_render, to_documents, to_search_topics
from papercatalog.cli import main
from papercatalog.model.loading import load_catalog
from papercatalog.search.engine import search
from papercatalog.search.reader import SearchIndex
from repository import ROOT, run_command


def ask(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "search", *words])


def test_it_gives_the_engine_s_papers_in_its_order(catalog_root: Path) -> None:
    catalog = load_catalog(ROOT)
    files = dict(
        index_documents(to_documents(catalog.papers, make_render({})), to_search_topics(catalog))
    )
    index = SearchIndex(files.__getitem__)
    expected = [index.card(hit.paper).url for hit in search(index, "sparse attention").hits]
    assert len(expected) >= 2
    answer = ask(catalog_root, "sparse", "attention", "--json", "--limit", "500")
    assert [row["url"] for row in json.loads(answer.stdout)] == expected
    assert answer.exit_code == 0


def test_people_get_titles_days_and_files(catalog_root: Path) -> None:
    answer = ask(catalog_root, "title:routing", "transformers", "--limit", "1")
    title, page = answer.stdout.splitlines()
    assert title == "2025-07-29  Efficient Content-Based Sparse Attention with Routing Transformers"
    assert (catalog_root / page.strip()).is_file()
    assert "shown" in answer.stderr


def test_a_word_that_was_corrected_is_told(catalog_root: Path) -> None:
    answer = ask(catalog_root, "quantisatoin")
    assert "no paper has 'quantisatoin'; searched for 'quantization' instead" in answer.stderr


def test_nothing_found_is_exit_code_1(catalog_root: Path) -> None:
    answer = ask(catalog_root, "year:1999", "attention")
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert "found 0 papers" in answer.stderr


def test_the_built_index_serves_as_long_as_it_is_true(catalog_root: Path) -> None:
    run_command(catalog_root, "build")
    before = ask(catalog_root, "actor critics", "--json").stdout
    manifest = catalog_root / "site" / "search" / "manifest.bin"
    content, built = manifest.read_bytes(), manifest.stat().st_mtime_ns
    manifest.write_bytes(content[: len(content) // 2])
    assert ask(catalog_root, "actor critics", "--json").stdout == before
    manifest.write_bytes(bytes(len(content)))
    os.utime(manifest, ns=(built, built))
    torn = ask(catalog_root, "actor critics")
    assert torn.exit_code == 1
    assert "build the site again" in torn.output
    page = next((catalog_root / "docs" / "papers").rglob("*.md"))
    page.write_text(page.read_text("utf-8") + "\nMore.\n", encoding="utf-8")
    assert ask(catalog_root, "actor critics", "--json").stdout == before
