"""Facts of records: every format gives what its fields declare, each parsed by its kind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from papercatalog.model.fields import SOURCED
from papercatalog.sources.arxiv import parse_arxiv_feed
from papercatalog.sources.facts import find_facts, parse_facts, split_list
from papercatalog.sources.formats import read_source

WHOLE = {
    "venue": "Journal of Fabrication",
    "keywords": ("agents", "language models"),
    "paper": "https://example.org/paper",
    "pdf": "https://example.org/paper.pdf",
}
BIBTEX = r"""@article{a, title = {T}, journal = {Journal of {F}abrication},
  keywords = {agents, {language} models, Agents},
  url = {\url{https://example.org/paper}}, pdf = {https://example.org/paper.pdf}}"""
RIS = """TY  - JOUR
TI  - T
T2  - Journal of Fabrication
KW  - agents
KW  - language models
UR  - https://example.org/paper
L1  - https://example.org/paper.pdf
ER  - """
CSL = {
    "title": "T",
    "container-title": "Journal of <i>Fabrication</i>",
    "keyword": "agents, language models",
    "URL": "https://example.org/paper",
}
CROSSREF = {
    "DOI": "10.1000/x",
    "title": ["T"],
    "container-title": ["Journal of Fabrication"],
    "resource": {"primary": {"URL": "https://example.org/paper"}},
    "link": [
        {"URL": "https://example.org/paper.xml", "content-type": "text/xml"},
        {
            "URL": "https://example.org/check.pdf",
            "content-type": "application/pdf",
            "intended-application": "similarity-checking",
        },
        {"URL": "https://example.org/paper.pdf", "content-type": "application/pdf"},
    ],
}
DAILY = {"paper": {"id": "2507.00001", "title": "T", "ai_keywords": ["agents", "language models"]}}
OPENREVIEW = {
    "title": "T",
    "venue": {"value": "Journal of Fabrication"},
    "keywords": {"value": ["agents", "language models"]},
    "url": "https://example.org/paper",
    "pdf": {"value": "https://example.org/paper.pdf"},
}
SEMANTIC_SCHOLAR = {
    "title": "T",
    "venue": "",
    "journal": {"name": "Journal of Fabrication", "volume": "1"},
    "keywords": "language models",
    "openAccessPdf": {"url": "https://example.org/paper.pdf", "status": "GREEN"},
}
CSV = """title,journal-ref,author keywords,url,pdf_url
T,Journal of Fabrication,agents; language models,https://example.org/paper,https://example.org/paper.pdf
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<entry><id>http://arxiv.org/abs/2410.08115v2</id><title>T</title>
<arxiv:journal_ref>Journal of
 Fabrication</arxiv:journal_ref>
<link href="http://arxiv.org/abs/2410.08115v2" rel="alternate"/>
<link title="pdf" href="http://arxiv.org/pdf/2410.08115v2" rel="related"/></entry></feed>"""


def facts_of(name: str, source: object) -> dict[str, Any]:
    text = source if isinstance(source, str) else json.dumps(source)
    parsed = read_source(name, text.encode())
    assert parsed.remarks == ()
    (record,) = parsed.records
    return dict(record.facts)


@pytest.mark.parametrize(
    ("name", "source", "given"),
    [
        ("a.bib", BIBTEX, WHOLE.keys()),
        ("a.ris", RIS, WHOLE.keys()),
        ("a.json", [CSL], WHOLE.keys() - {"pdf"}),
        ("a.json", {"message": CROSSREF}, WHOLE.keys() - {"keywords"}),
        ("2025-07-29.json", [DAILY], {"keywords"}),
        ("a.csv", CSV, WHOLE.keys()),
        ("a.jsonl", OPENREVIEW, WHOLE.keys()),
        ("a.jsonl", SEMANTIC_SCHOLAR, {"venue", "pdf"}),
    ],
    ids=["bibtex", "ris", "csl", "crossref", "daily papers", "csv", "openreview", "s2"],
)
def test_a_format_gives_its_facts(name: str, source: object, given: set[str]) -> None:
    facts = facts_of(name, source)
    assert {key: facts[key] for key in given} == {key: WHOLE[key] for key in given}


def test_arxiv_gives_the_journal_and_the_pdf_without_its_version() -> None:
    (record,) = parse_arxiv_feed(ATOM.encode(), "feed").records
    assert record.facts["venue"] == "Journal of Fabrication"
    assert record.facts["pdf"] == "https://arxiv.org/pdf/2410.08115"


def test_every_declared_key_of_a_table_is_found() -> None:
    for field in SOURCED:
        for key in (field.keys or {}).get("table", ()):
            assert find_facts("table", {key: "x"}.get) == {field.name: "x"}


@pytest.mark.parametrize(
    ("raw", "facts"),
    [
        ({"paper": "https://arxiv.org/abs/2410.08115v2"}, {"arxiv": "2410.08115"}),
        ({"paper": "https://doi.org/10.1000/X"}, {"doi": "10.1000/x"}),
        ({"paper": "https://doi.org/10.1000/X", "doi": "10.1000/x"}, {"doi": "10.1000/x"}),
        (
            {"paper": "https://arxiv.org/abs/2410.08115", "arxiv": "2410.00001"},
            {"paper": "https://arxiv.org/abs/2410.08115", "arxiv": "2410.00001"},
        ),
        ({"doi": "10.48550/arXiv.2410.08115"}, {"arxiv": "2410.08115"}),
        (
            {"venue": "arXiv preprint arXiv:2410.08115", "arxiv": "2410.08115"},
            {"arxiv": "2410.08115"},
        ),
        ({"venue": "CoRR", "arxiv": "2410.08115"}, {"arxiv": "2410.08115"}),
        ({"venue": "Corrosion Science"}, {"venue": "Corrosion Science"}),
        ({"venue": " A\n Journal "}, {"venue": "A Journal"}),
        ({"keywords": ["a, b", "c"]}, {"keywords": ("a, b", "c")}),
        ({"keywords": "a; b, c;"}, {"keywords": ("a", "b, c")}),
        ({"keywords": "LLM, llm, ,"}, {"keywords": ("LLM",)}),
        ({"keywords": []}, {}),
        (
            {"authors": ["Wei Li", "Ann Other", "Wei  Li"]},
            {"authors": ("Wei Li", "Ann Other", "Wei Li")},
        ),
        ({"votes": 0}, {"votes": 0}),
    ],
    ids=str,
)
def test_raw_values_become_facts(raw: dict[str, object], facts: dict[str, object]) -> None:
    assert parse_facts(raw) == (facts, [])


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ({"paper": "example.org"}, "paper"),
        ({"pdf": "https://me:secret@example.org/"}, "pdf"),
        ({"code": "https://example.org/'x"}, "code"),
        ({"venue": ["a"]}, "venue"),
        ({"venue": "CoRR"}, "venue"),
        ({"keywords": [{"no": "text"}]}, "keywords"),
        ({"authors": [""]}, "authors"),
    ],
)
def test_what_is_left_out_is_remarked(raw: dict[str, object], name: str) -> None:
    facts, remarks = parse_facts(raw)
    assert facts == {}
    assert [remark[0] for remark in remarks] == [name]


def test_a_reader_cannot_give_a_fact_that_no_field_declares() -> None:
    with pytest.raises(KeyError, match="venu"):
        parse_facts({"venu": "A Journal"})


def test_joined_strings_are_one_value() -> None:
    parsed = read_source(
        "a.bib", b'@string{jmlr = "Journal"}@article{a, title = {T}, journal = jmlr # " 3"}'
    )
    assert parsed.remarks == ()
    assert parsed.records[0].facts == {"venue": "Journal 3"}


def test_lists_are_split_at_one_sort_of_separator() -> None:
    assert split_list("a\nb; c") == ["a", "b; c"]
    assert split_list("a") == ["a"]
