"""Who is who: people by their names, and by what curators say in ``docs/authors``."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from made_catalog import make_paper, write_catalog
from papercatalog.model.author_files import AuthorFile, parse_author
from papercatalog.model.authors import Authors, Person
from papercatalog.model.catalog import build_catalog
from papercatalog.model.loading import inspect_catalog, load_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Vocabulary

PAPERS = (
    make_paper("a", "One", authors=("Wei Li", "José García")),
    make_paper("b", "Two", authors=("Wei Li", "Jose Garcia", "W. Lee"), aliases=("old-b",)),
    make_paper("c", "Three", authors=("Wei Li", "Jose Garcia", "Wei Li")),
)


def people(*files: AuthorFile, least: int = 1) -> dict[str, list[str]]:
    """Give the ids of each person's papers, by slug."""
    found = build_catalog(PAPERS, Vocabulary(()), author_files=files).authors.people(least)
    return {person.slug: [paper.id for paper in person.papers] for person in found.values()}


def find(slug: str, *files: AuthorFile) -> Person:
    found = build_catalog(PAPERS, Vocabulary(()), author_files=files).authors.people(1)
    return next(person for person in found.values() if person.slug == slug)


def test_spellings_are_one_person_and_a_paper_counts_once() -> None:
    assert people() == {"jose-garcia": ["a", "b", "c"], "w-lee": ["b"], "wei-li": ["a", "b", "c"]}
    person = find("jose-garcia")
    assert (person.name, person.other_names) == ("Jose Garcia", ("José García",))
    assert person.url == "authors/jose-garcia/"


def test_people_of_few_papers_have_no_page() -> None:
    assert people(least=2).keys() == {"jose-garcia", "wei-li"}
    assert people(least=4) == {}


def test_authors_of_a_paper_are_told_in_its_order() -> None:
    authors = Authors(PAPERS)
    assert authors.identify(PAPERS[2]) == ("wei li", "jose garcia", "wei li")
    assert [authors.people(1)[one].slug for one in authors.identify(PAPERS[1])] == [
        *("wei-li", "jose-garcia", "w-lee")
    ]


def test_a_curator_says_that_two_names_are_one_person() -> None:
    file = AuthorFile("lee", ("Wei Lee", "Wei Li", "W. Lee"))
    assert people(file)["lee"] == ["a", "b", "c"]
    person = find("lee", file)
    assert (person.name, person.other_names, person.file) == ("Wei Lee", ("Wei Li", "W. Lee"), file)


def test_a_curator_says_that_one_name_is_two_people() -> None:
    """The first page has the papers that it lists, the second one all others."""
    files = AuthorFile("wei-li-sea", ("Wei Li",), papers=("c",)), AuthorFile("wei-li", ("Wei Li",))
    found = people(*files)
    assert (found["wei-li-sea"], found["wei-li"]) == (["c"], ["a", "b"])


def test_papers_that_no_page_lists_stay_with_the_name() -> None:
    found = people(AuthorFile("wei-li-sea", ("Wei Li",), papers=("c",)))
    assert (found["wei-li-sea"], found["wei-li"]) == (["c"], ["a", "b"])


def test_a_former_id_names_a_paper_too() -> None:
    found = people(AuthorFile("wei-li-sea", ("Wei Li",), papers=("old-b",)))
    assert (found["wei-li-sea"], found["wei-li"]) == (["b"], ["a", "c"])


def test_whom_a_curator_describes_has_a_page_whatever_the_number_of_papers() -> None:
    assert people(AuthorFile("lee", ("W. Lee",)), least=3)["lee"] == ["b"]


def test_a_page_of_a_curator_keeps_its_address_from_others() -> None:
    found = people(AuthorFile("wei-li", ("W. Lee",)))
    assert found.pop("wei-li") == ["b"]
    (other,) = found.keys() - {"jose-garcia"}
    assert other.startswith("wei-li-")


def test_addresses_follow_from_names_and_not_from_the_order_of_papers() -> None:
    names = ("Jean Luc", "Jean-Luc", "Jean'Luc", "李明", "黎明", "Index", "A", "Ab")
    papers = [make_paper(f"p{at}", f"Title {at}", authors=(name,)) for at, name in enumerate(names)]
    slugs = []
    for seed in range(5):
        random.Random(seed).shuffle(papers)
        slugs.append({key: one.slug for key, one in Authors(papers).people(1).items()})
    assert slugs[0]["jean luc"] == "jean-luc"
    assert all(found == slugs[0] for found in slugs)
    assert len(set(slugs[0].values())) == len(names)
    alone = [paper for paper in papers if paper.authors != ("黎明",)]
    assert Authors(alone).people(1)["李明"].slug == slugs[0]["李明"]


def test_people_are_sorted_by_name() -> None:
    names = [person.name for person in Authors(PAPERS).people(1).values()]
    assert names == ["Jose Garcia", "W. Lee", "Wei Li"]


def test_a_catalogs_key_tells_what_curators_say() -> None:
    plain = build_catalog(PAPERS, Vocabulary(()))
    keys = {plain.key}
    for file in (AuthorFile("a-b", ("Wei Li",)), AuthorFile("a-b", ("Wei Li",), text="Text.")):
        catalog = build_catalog(PAPERS, Vocabulary(()), author_files=(file,))
        assert catalog.with_papers(PAPERS[:1]).author_files == (file,)
        keys.add(catalog.key)
    assert len(keys) == 3


PAGE = """---
names: ["Wei Li", " W.  Lee"]
orcid: 0000-0002-1825-0097
homepage: https://example.org/wei
papers: [a, "b"]
---
Works on **seas**.
"""


def test_a_page_is_read() -> None:
    author, problems = parse_author(PAGE, "wei-li", "docs/authors/wei-li.md")
    assert not problems
    assert author == AuthorFile(
        "wei-li",
        ("Wei Li", "W. Lee"),
        "0000-0002-1825-0097",
        "https://example.org/wei",
        ("a", "b"),
        "Works on **seas**.",
    )


@pytest.mark.parametrize(
    ("line", "key", "code"),
    [
        ("orcid: 0000-0002-1825-0098", "orcid", "bad-value"),
        ("orcid: [0000-0002-1825-0097]", "orcid", "bad-value"),
        ("homepage: javascript:alert(1)", "homepage", "bad-value"),
        ("homepage: [https://example.org]", "homepage", "bad-value"),
        ("papers: a", "papers", "bad-value"),
        ("papers: []", "papers", "bad-value"),
        ("papers: [a, [b]]", "papers", "bad-value"),
        ("affiliation: Nowhere", "affiliation", "unknown-key"),
    ],
)
def test_what_a_page_says_wrongly_is_left_out(line: str, key: str, code: str) -> None:
    author, (problem,) = parse_author(f"---\nnames: [Ada Li]\n{line}\n---\n", "ada-li", "x.md")
    assert (problem.line, problem.field, problem.code) == (3, key, code)
    assert author == AuthorFile("ada-li", ("Ada Li",))


@pytest.mark.parametrize("names", ["names: []", "names: Ada Li", 'names: [""]', "names: [[a]]", ""])
def test_a_page_without_names_is_nobodys(names: str) -> None:
    author, (problem,) = parse_author(
        f"---\n{names}\norcid: 0000-0002-1825-0097\n---\n", "abc", "x"
    )
    assert author is None
    assert problem.field == "names"


@pytest.mark.parametrize("slug", ["a", "index", "Wei", "wei li", "wei--", "."])
def test_a_name_that_cannot_be_an_address(slug: str) -> None:
    author, (problem,) = parse_author(PAGE, slug, "x.md")
    assert author is None
    assert problem.code == "bad-id"


def write_authors(root: Path, **pages: str) -> Path:
    """Write pages of authors, by slug with underscores."""
    for name, front in pages.items():
        page = root / "docs" / "authors" / f"{name.replace('_', '-')}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"---\n{front}\n---\n", "utf-8")
    return root


def inspect(root: Path, *papers: Paper, **pages: str) -> list[tuple[str, str, str]]:
    """Give the problems' files, keys and codes."""
    write_authors(write_catalog(root, *papers), **pages)
    problems = inspect_catalog(root)[1]
    assert all(problem.path.startswith("docs/") for problem in problems)
    return [(Path(one.path).stem, one.field, one.code) for one in problems]


PLAIN = [paper.model_copy(update={"abstract": f"{paper.title} is short."}) for paper in PAPERS]


def test_a_catalog_knows_its_authors(tmp_path: Path) -> None:
    write_authors(write_catalog(tmp_path, *PLAIN), lee='names: [Wei Li, "W. Lee"]')
    assert [file.slug for file in load_catalog(tmp_path).author_files] == ["lee"]


def test_a_name_is_one_pages(tmp_path: Path) -> None:
    found = inspect(tmp_path, *PLAIN, one="names: [Wei Li]", two="names: [wei li]")
    assert found == [("two", "names", "duplicate-name")]


def test_a_name_on_a_paper_is_one_pages(tmp_path: Path) -> None:
    one, two = "names: [Wei Li]\npapers: [b, c]", "names: [Wei Li]\npapers: [a, old-b]"
    found = inspect(tmp_path, *PLAIN, one=one, two=two)
    assert found == [("two", "papers", "duplicate-name")]


def test_each_of_two_people_has_papers(tmp_path: Path) -> None:
    one, two = "names: [Wei Li]\npapers: [c]", "names: [Wei Li]"
    assert inspect(tmp_path, *PLAIN, one=one, two=two) == []


def test_an_orcid_is_one_persons(tmp_path: Path) -> None:
    orcid = "orcid: 0000-0002-1825-0097"
    found = inspect(
        tmp_path, *PLAIN, one=f"names: [Wei Li]\n{orcid}", two=f'names: ["W. Lee"]\n{orcid}'
    )
    assert found == [("two", "orcid", "duplicate-orcid")]


def test_names_and_papers_must_be_there(tmp_path: Path) -> None:
    found = inspect(
        tmp_path,
        *PLAIN,
        one="names: [Wei Lii]",
        two='names: ["W. Lee"]\npapers: [bb]',
        three='names: ["W. Lee"]\npapers: [a]',
    )
    assert found == [
        ("one", "names", "unknown-name"),
        ("three", "papers", "unknown-name"),
        ("two", "papers", "unknown-paper"),
    ]


def test_what_stands_on_a_page_that_cannot_be_read_is_not_missed(tmp_path: Path) -> None:
    write_catalog(tmp_path, *PLAIN)
    page = tmp_path / "docs" / PLAIN[1].path
    page.write_text(page.read_text("utf-8").replace("title:", "tilte:"), "utf-8")
    found = inspect(tmp_path, lee='names: ["W. Lee"]\npapers: [b]')
    assert {stem for stem, _, _ in found} == {"b"}
