"""RIS as programs write it, and what is named .ris and is none."""

from __future__ import annotations

import pytest

from papercatalog.sources import ris
from papercatalog.sources.formats import read_source
from papercatalog.sources.record import ParsedSource, Record


def read(text: str, encoding: str = "utf-8") -> ParsedSource:
    parsed = read_source("a.ris", text.encode(encoding))
    assert parsed.balanced()
    return parsed


def record_of(*lines: str) -> Record:
    (record,) = read("\n".join(["TY  - JOUR", "TI  - T", *lines, "ER  - "])).records
    return record


def test_only_a_reference_with_the_mark_is_taken_for_an_exported_page() -> None:
    plain = [("ID", "a"), ("TI", "T"), ("C7", "A note"), ("AU", "Sol, Ana")]
    assert ris._page_item(ris._Reference(1, plain)) == {}
    marked = ris._page_item(ris._Reference(1, [*plain[:2], ("C7", "papercatalog 1")]))
    assert marked["title"] == "T"


@pytest.mark.parametrize(
    "text",
    [
        "TY  - COMP\nTI  - T\nAU  - Sol, Ana\nER\n",
        "TY  - JOUR\nTI  - T\nAU  - Sol, Ana\nER  -",
        "Provider: Nobody\n\nTY  - JOUR\nTI  - T\n\nAU  - Sol, Ana\n\nER  - \n\n",
        "TY  – JOUR\nTI  – T\nAU  – Sol, Ana\nER  – \n",
        "TY  - JOUR\nTI  - T\nAU  - Sol,_Ana\nER  - ".replace(" ", "\u00a0").replace("_", " "),
        "TY - JOUR\r\nTI - T\r\nAU - Sol, Ana\r\nER - \r\n",
    ],
    ids=["bare end", "no blank", "header", "en dash", "no-break blanks", "one blank"],
)
def test_spellings_of_tags(text: str) -> None:
    parsed = read(text)
    assert [(record.title, record.authors) for record in parsed.records] == [("T", ("Ana Sol",))]
    assert parsed.rejected == ()


def test_utf16_is_read() -> None:
    text = "TY  - JOUR\r\nTI  - Über\r\nER  - \r\n"
    for encoding in ("utf-16", "utf-16-le"):
        assert [record.title for record in read(text, encoding).records] == ["Über"]
    assert [record.title for record in read("\ufeff" + text, "utf-16-be").records] == ["Über"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PMID- 1\nOWN - NLM\nTI  - T\nAU  - Sol A\n", "is PubMed's MEDLINE format"),
        ("%0 Journal Article\n%A Sol, Ana\n%T T\n", "is EndNote's tagged format"),
        ("Just words,\nand more of them.\n", "no line starts with 'TY  - '"),
        ("AU  - Sol, Ana\nTI  - T\n", "no line starts with 'TY  - '"),
    ],
)
def test_another_format_is_one_message_with_a_remedy(text: str, said: str) -> None:
    (problem,) = read(text).rejected
    assert said in problem.message
    assert "export the references as" in problem.message


def test_bibtex_named_ris_is_read_as_bibtex() -> None:
    parsed = read("@misc{a, title={T}, author={Sol, Ana}}")
    assert [(record.title, record.authors) for record in parsed.records] == [("T", ("Ana Sol",))]
    assert "is BibTeX, not RIS" in parsed.remarks[0].message
    assert read_source("a.bib", b"TY  - JOUR\nTI  - T\nER  - ").records


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Y1  - 2020/11//Nov/Dec2020", "DA  - 2020/11/15"], "2020-11-15"),
        (["Y1  - 12-17 May 2020", "PY  - 2020"], "2020-05-12"),
        (["DA  - 17.01.2014"], "2014-01-17"),
        (["DA  - 2014 Jan 17", "PY  - 2014/01/17"], "2014-01-17"),
        (["DA  - 2023/01/09/", "PY  - 2023"], "2023-01-09"),
        (["PY  - 2023", "Y1  - January 9, 2023"], "2023-01-09"),
    ],
)
def test_days(lines: list[str], day: str) -> None:
    assert str(record_of(*lines).published) == day


def test_a_date_without_a_day_is_told() -> None:
    parsed = read("TY  - JOUR\nTI  - T\nY1  - 2020/11//Nov/Dec2020\nER  - ")
    assert "'2020/11//Nov/Dec2020' is not a day" in parsed.remarks[0].message


@pytest.mark.parametrize(
    "line",
    [
        "AN  - arXiv:2301.00009",
        "UR  - <https://arxiv.org/abs/2301.00009>",
        "M3  - arXiv:2301.00009 [cs]",
        "UR  - www.arxiv.org/abs/2301.00009v3",
        "LK  - https://hf.co/papers/2301.00009",
        "UR  - https://example.org/a;https://arxiv.org/abs/2301.00009",
        "N1  - arXiv: 2301.00009",
        "L1  - https://arxiv.org/pdf/2301.00009.pdf",
        "DO  - 10.48550/arXiv.2301.00009",
    ],
)
def test_arxiv_ids(line: str) -> None:
    assert record_of(line).arxiv == "2301.00009"


def test_a_doi_in_another_tag_is_read() -> None:
    assert record_of("M3  - 10.1000/xyz").doi == "10.1000/xyz"
    assert record_of("DO  - doi:10.1000/xyz").doi == "10.1000/xyz"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("van der Berg, Bea", "Bea van der Berg"),
        ("von Last, First, Jr.", "First von Last, Jr."),
        ("Single", "Single"),
        ("王, 小明", "王小明"),
        ("O'Neil,A.B.", "A.B. O'Neil"),
        ("M&uuml;ller, U.", "U. Müller"),
        ("Ana Sol", "Ana Sol"),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert record_of(f"AU  - {name}").authors == (shown,)


def test_markup_is_taken_off() -> None:
    (record,) = read(
        "TY  - JOUR\nTI  - <i>In</i> H<sub>2</sub>O &amp; more\n"
        "AB  - <p>Para &lt; 5 <b>x</b>.</p>\nER  - "
    ).records
    assert (record.title, record.abstract) == ("In H₂O & more", "Para < 5 x.")


def test_values_beside_the_ones_that_are_read_are_told() -> None:
    parsed = read(
        "TY  - JOUR\nT1  - Another\nTI  - T\nN2  - Old words.\nAB  - New words.\nAB  - More.\n"
        "DA  - 2014/04/01\nY1  - 2013/05/28\nA2  - Editor, Ed\nUR  - https://doi.org/10.1000/x\n"
        "DO  - 10.1000/x\nER  - "
    )
    assert parsed.records[0].abstract == "New words.\n\nMore."
    told = " ".join(remark.message for remark in parsed.remarks)
    for value in ("'Another'", "'Old words.'", "'2013/05/28'", "'A2'"):
        assert value in told
    assert "doi" not in told
