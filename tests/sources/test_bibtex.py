"""BibTeX as programs and people write it: heads, values, names, days and identifiers."""

from __future__ import annotations

from typing import Any

import pytest

from papercatalog.sources.bibtex import parse_bibtex
from papercatalog.sources.record import ParsedSource, Record


def read(text: str) -> ParsedSource:
    parsed = parse_bibtex(text.encode(), "a.bib")
    assert parsed.balanced()
    return parsed


def record_of(fields: str) -> Record:
    (record,) = read(f"@article{{a, title={{T}}, {fields}}}").records
    return record


def remarks_of(fields: str) -> list[str]:
    return [remark.message for remark in read(f"@article{{a, title={{T}}, {fields}}}").remarks]


@pytest.mark.parametrize(
    "entry",
    [
        '@inproceedings{\nm{\\"u}ck2020some,\ntitle={T}}',
        "@online\n{key,\ntitle = {T}}",
        "@ article {key, title = {T}}",
        "  @ARTICLE(key, title = {T})",
        "@misc{, title = {T}}",
        "@article{a key with blanks, title = {T},}",
        "article{key,\n title = {T}}",
        "A program wrote this.\n\n@misc{key, title = {T}}",
    ],
    ids=["accent", "brace below", "blank", "bracket", "no key", "blanks", "no at", "header"],
)
def test_heads_of_entries(entry: str) -> None:
    parsed = read(f"{entry}\n@misc{{next, title={{After}}}}")
    assert [record.title for record in parsed.records] == ["T", "After"]
    assert parsed.records[1].line == 1 + entry.count("\n") + 1
    assert parsed.rejected == ()


def test_an_entry_that_lost_its_head_is_named() -> None:
    parsed = read("key, title = {Lost}, year = {2020}}\n\n@misc{b, title={Kept}}")
    assert [record.title for record in parsed.records] == ["Kept"]
    (problem,) = parsed.rejected
    assert "has a title and stands in no entry" in problem.message


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (r"{Ng, J\o{}rn and \AA{}berg, Ida and \O{}dom, Cy and \L{}ow, Bo}",
         ["Jørn Ng", "Ida Åberg", "Cy Ødom", "Bo Łow"]),
        (r"{Wi\'snia, Micha\l and Horv\'ath, {\'E}va}", ["Michał Wiśnia", "Éva Horváth"]),
        (r"{Rene{\'} Sim{\`}on}", ["René Sim̀on"]),
        (r"{Nin{\~}o, Zoe{\"}}", ["Zoë Niño"]),
        (r"{{\relax Ch}ristos, Ana and de'\hspace{0pt} Rossi, Leo}",
         ["Ana Christos", "Leo de' Rossi"]),
        ("{{Team of {TeX}nicians} and {Bread and Butter, Inc.}}",
         ["Team of TeXnicians", "Bread and Butter, Inc."]),
        ("{Hall, III, Ada B. and {Hall, Jr.}, Bo and van den Berg, Cy}",
         ["Ada B. Hall, III", "Bo Hall, Jr.", "Cy van den Berg"]),
        ("{{Novak, U. and Misra, A. and Unger, K. D.}}", ["U. Novak", "A. Misra", "K. D. Unger"]),
        ("{{Ada B. Example}, }", ["Ada B. Example"]),
        ("{Ana Sol 0001 and Bo Sol 0012}", ["Ana Sol", "Bo Sol"]),
        ("{Wil E, Rex G, Bun KA, Fan M}", ["E Wil", "G Rex", "KA Bun", "M Fan"]),
        ("{Sol, Ana; Rex, Bo}", ["Ana Sol", "Bo Rex"]),
        ("{Sol, Ana & Rex, Bo}", ["Ana Sol", "Bo Rex"]),
        ("{Ferrand, Anders AND Andrews, Andy And Land, L.}",
         ["Anders Ferrand", "Andy Andrews", "L. Land"]),
        ("{王, 小明 and 佐藤, 花子}", ["王小明", "佐藤花子"]),
        ("{Bj&ouml;rn Sol}", ["Björn Sol"]),
        ("{Wei Wu and Ana Sol and Wei Wu}", ["Wei Wu", "Ana Sol", "Wei Wu"]),
        ("{Ana Sol, Bo Rex, Cy Fan}", ["Ana Sol", "Bo Rex", "Cy Fan"]),
        (r"{Ana Sol \and Bo Rex}", ["Ana Sol", "Bo Rex"]),
    ],
)  # fmt: skip
def test_names(value: str, names: list[str]) -> None:
    assert [*record_of(f"author={value}").authors] == names


@pytest.mark.parametrize("end", ["and others", "and et al.", "et al."])
def test_authors_that_are_not_named_are_told(end: str) -> None:
    fields = f"author={{Sol, A.B. {end}}}"
    assert record_of(fields).authors == ("A.B. Sol",)
    assert any("not named" in remark for remark in remarks_of(fields))


def test_one_comma_between_two_whole_names_is_told() -> None:
    assert any("separate names by 'and'" in r for r in remarks_of("author={Ana Sol, Bo Rex}"))


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ('year={1995}, month=may # "~3"', "1995-05-03"),
        ("year={{2001}}, month={{MAY 7}}", "2001-05-07"),
        ("year={2025}, month={ nov }, day={ 7 }", "2025-11-07"),
        ("year=2024, month=sept, day=1", "2024-09-01"),
        ("date={2011-05-03/2011-05-06}", "2011-05-03"),
        ("date={2011/05/03}", "2011-05-03"),
        ("date={2011-05-03T10:00:00}", "2011-05-03"),
        ("year={2011-05-03}", "2011-05-03"),
        ("date={3 May 2011}", "2011-05-03"),
    ],
)
def test_days(fields: str, day: str) -> None:
    assert str(record_of(fields).published) == day


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ("year={2013}", "'2013'"),
        ("year={2013}, month=sep", "'2013-09'"),
        ("date={2013-09}", "'2013-09'"),
        ("year={2013}, month={Sep--Oct}", "Oct 2013'"),
        ("year={forthcoming}", "'forthcoming'"),
    ],
)
def test_what_is_no_whole_day_is_told(fields: str, shown: str) -> None:
    assert record_of(fields).published is None
    assert any(shown in remark for remark in remarks_of(fields))


@pytest.mark.parametrize(
    "fields",
    [
        "journal={arXiv:1508.00999 [math, stat]}",
        "journal={arXiv preprint arXiv:1508.00999, 2015}",
        "journal={CoRR}, volume={abs/1508.00999}",
        "eprint={1508.00999v2}, archivePrefix={arXiv}, primaryClass={cs.LG}",
        "arxivId={1508.00999}",
        "note={arXiv:1508.00999 [cs]}",
        "note={arXiv: 1508.00999}",
        r"howpublished={\url{https://arxiv.org/abs/1508.00999}}",
        "url={https://huggingface.co/papers/1508.00999}",
        "doi={10.48550/ARXIV.1508.00999}",
    ],
)
def test_arxiv_ids(fields: str) -> None:
    assert record_of(fields).arxiv == "1508.00999"


def test_an_id_in_a_note_on_another_paper_is_not_taken() -> None:
    assert record_of("note={Extends arXiv:1508.00999}").arxiv is None


@pytest.mark.parametrize(
    ("fields", "doi"),
    [
        (r"doi={10.1000/978-0-000{\_}12}", "10.1000/978-0-000_12"),
        (r"doi={10.1000/978-0-000\_13}", "10.1000/978-0-000_13"),
        (r"doi={10.1000/(X)1:5\textless{}6::Y\textgreater{}3}", "10.1000/(x)1:5<6::y>3"),
        ("doi={{10.1063/1.00001}}", "10.1063/1.00001"),
        ("doi={doi.org/10.1000/bare}", "10.1000/bare"),
        ("url={https://dl.acm.org/doi/abs/10.1145/1.2}", "10.1145/1.2"),
    ],
)
def test_dois(fields: str, doi: str) -> None:
    assert record_of(fields).doi == doi


def test_latex_and_markup_in_titles_and_abstracts() -> None:
    (record,) = read(
        r"""@article{a, title={Moods{\textemdash}of {\textquotedblleft}us{\textquotedblright}},
        abstract={{\textless}i{\textgreater}Krill{\textless}/i{\textgreater} &amp; p {\textless} 1,
        5\,km, {\textcopyright} 2016, A{\&}B, 50{\%} at {\$}5}}"""
    ).records
    assert record.title == "Moods—of “us”"
    assert record.abstract == "Krill & p < 1, 5 km, © 2016, A&B, 50% at $5"


def test_fields_that_no_page_has_are_named_once() -> None:
    parsed = read(
        "@misc{a, title={A}, volume={3}, file={x.pdf}}\n@misc{b, title={B}, volume={4}, isbn={5}}"
    )
    assert [(remark.line, remark.message) for remark in parsed.remarks] == [
        (1, "no field of papers holds 'volume', 'file'; left out everywhere"),
        (2, "no field of papers holds 'isbn'; left out everywhere"),
    ]


def test_a_missing_comma_is_named_and_never_guessed() -> None:
    parsed = read("@misc{a, title={A} author={B}}\n@misc{b, title={B}, note={c} year={2020}}")
    assert ["a comma may be missing" in problem.message for problem in parsed.rejected] == [True]
    assert any("a comma may be missing" in remark.message for remark in parsed.remarks)


@pytest.mark.parametrize("piece", ["@misc{a,", "{", "title={", '"', "# ", " and ", "\\", "a,"])
def test_long_files_take_no_long_time(piece: str) -> None:
    facts: dict[str, Any] = {}
    assert read(f"@misc{{k, title={{T}}, author={{{piece * 2000}}}}}").balanced(), facts


def test_a_subtitle_is_part_of_the_title() -> None:
    (record,) = read("@book{a, title={Tides}, subtitle={A Table}}").records
    assert record.title == "Tides: A Table"


def test_a_comment_hides_no_entry() -> None:
    parsed = read("@comment{x: y;}\narticle{a, title={A}}\n@comment{z}\n@misc{b, title={B}}")
    assert [record.title for record in parsed.records] == ["A", "B"]
