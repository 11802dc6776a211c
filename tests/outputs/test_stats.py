"""Statistics: their sums, charts and tables, and the terms that rise and fall."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest

from html_pages import parse_html
from made_catalog import make_paper
from made_context import make_context
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.fields import Links
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import dates, home, stats
from papercatalog.outputs.artifacts import FileArtifact, PageArtifact
from papercatalog.outputs.charts import Chart, draw_bars, draw_shares
from papercatalog.outputs.context import SiteInfo
from papercatalog.outputs.spans import SPANS, choose_span
from papercatalog.outputs.term_trends import find_term_trends, list_terms
from papercatalog.words import load_words

ENGLISH = load_words("en")
SITE = SiteInfo("A Catalog", "https://example.org/")
VOCABULARY = Vocabulary(
    (Topic("light", "Light <b>"), Topic("lamps", "Lamps", parent="light"), Topic("sea", "Sea"))
)
SVG = "{http://www.w3.org/2000/svg}"
DAY = dt.date(2025, 7, 31)


def invent(number: int, day: dt.date, **facts: object) -> Paper:
    return make_paper(f"p{number}", f"Paper {number}", date=day, **facts)


def small_catalog() -> Catalog:
    """Five papers of four months, one of which has none."""
    code = Links(code="https://example.org/code")
    return build_catalog(
        (
            invent(1, dt.date(2025, 1, 5), topics=("lamps",), links=code, authors=("Ada", "Bo")),
            invent(2, dt.date(2025, 1, 6), topics=("light", "sea"), authors=("Ada",)),
            invent(3, dt.date(2025, 2, 1), topics=("sea",)),
            invent(4, dt.date(2025, 4, 1), links=code, authors=("Cy",)),
            invent(5, dt.date(2025, 4, 2), topics=("light",), links=code),
        ),
        VOCABULARY,
    )


def body_of(catalog: Catalog) -> str:
    return page_of(catalog).make().body


def page_of(catalog: Catalog) -> PageArtifact:
    (page,) = (one for one in stats.build(make_context(catalog, SITE)) if "index" in one.path)  # type: ignore[union-attr]
    assert isinstance(page, PageArtifact)
    return page


def files_of(catalog: Catalog) -> dict[str, str]:
    made = stats.build(make_context(catalog, SITE))
    return {one.path: one.content.decode() for one in made if isinstance(one, FileArtifact)}


def table_of(catalog: Catalog, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files_of(catalog)[f"stats/{name}.csv"], newline="")))


def test_tables_count_the_papers_of_the_catalog() -> None:
    catalog = small_catalog()
    assert table_of(catalog, "papers") == [
        ["month", "papers"],
        *(["2025-01", "2"], ["2025-02", "1"], ["2025-03", "0"], ["2025-04", "2"]),
    ]
    assert table_of(catalog, "topics") == [
        ["month", "papers", "light", "sea"],
        ["2025-01", "2", "2", "1"],
        ["2025-02", "1", "0", "1"],
        ["2025-03", "0", "0", "0"],
        ["2025-04", "2", "1", "0"],
    ]
    assert table_of(catalog, "code")[1:] == [
        *(["2025-01", "2", "1", "50.0%"], ["2025-02", "1", "0", "0.0%"]),
        *(["2025-03", "0", "0", ""], ["2025-04", "2", "2", "100.0%"]),
    ]
    assert table_of(catalog, "authors") == [["papers", "authors"], ["1", "2"], ["2", "1"]]
    assert "With code: 3 of 5 papers (60%)." in body_of(catalog)


def test_the_page_has_each_table_in_full() -> None:
    catalog = small_catalog()
    body = body_of(catalog)
    for name in ("papers", "topics", "code", "authors"):
        for label, *cells in table_of(catalog, name)[1:]:
            row = f'<tr><th scope="row">{label}</th>' + "".join(f"<td>{c}</td>" for c in cells)
            assert f"{row}</tr>" in body


def test_charts_are_well_formed_and_say_what_they_show() -> None:
    catalog = small_catalog()
    body = body_of(catalog)
    charts = re.findall(r"<svg.*?</svg>", body, re.DOTALL)
    assert len(charts) == 5  # papers, two topics, code, authors
    ids = Counter(re.findall(r'\bid="([^"]*)"', body))
    assert set(ids.values()) == {1}
    for chart in charts:
        root = ElementTree.fromstring(chart)
        assert root.get("role") == "img"
        said = (root.get("aria-labelledby") or "").split()
        parts = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
        assert [part.get("id") for part in parts if part is not None] == said
        assert all(part is not None and part.text for part in parts)
    assert "at least 0, at most 2, in 2025-01." in body
    assert "style=" not in body
    files = files_of(catalog)
    assert {path for path in files if path.endswith(".svg")} == {
        *("stats/papers.svg", "stats/code.svg", "stats/authors.svg")
    }
    assert all(files[path] in body for path in files if path.endswith(".svg"))


def test_bars_are_as_high_as_their_values() -> None:
    root = ElementTree.fromstring(
        draw_bars(Chart("a", "A", "B"), ("x", "y", "z"), (10, 5, 0), ENGLISH)
    )
    heights = [float(bar.get("height", "")) for bar in root.iter(f"{SVG}rect")]
    assert heights[0] == 2 * heights[1] > heights[2] == 0
    assert [title.text for title in root.iter(f"{SVG}title")] == ["A", "x: 10", "y: 5", "z: 0"]


@pytest.mark.parametrize("most", [4, 10_000, 1_000_000])
def test_the_numbers_of_a_scale_have_room(most: int) -> None:
    root = ElementTree.fromstring(draw_bars(Chart("a", "A", "B"), ("x", "y"), (1, most), ENGLISH))
    scale = [text for text in root.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    assert [text.text for text in scale] == [f"{number:,}" for number in (0, most // 2, most)]
    assert all(float(text.get("x", "")) >= 9 * len(text.text or "") for text in scale)


def test_spans_without_papers_are_gaps_of_a_line() -> None:
    chart = draw_shares(Chart("a", "A", "B"), ("x", "y", "z"), (0.5, None, 1.0), ENGLISH)
    path = ElementTree.fromstring(chart).find(f"{SVG}path")
    assert path is not None
    assert re.sub(r"[\d. ]", "", path.get("d", "")) == "MhMh"


def test_every_text_is_escaped() -> None:
    body = body_of(small_catalog())
    assert "<b>" not in body
    assert "Light &lt;b&gt;" in body
    chart = draw_bars(Chart('"<a', "<t>", "</desc>"), ("<l>", "&"), (1, 2), ENGLISH)
    root = ElementTree.fromstring(chart)
    assert [one.text for one in root if one.tag.endswith(("title", "desc"))] == ["<t>", "</desc>"]


def test_authors_with_most_papers_are_named_and_escaped() -> None:
    papers = [invent(n, DAY, authors=("<i>Eve</i>", f"Bo {n}")) for n in range(6)]
    body = body_of(build_catalog(papers, VOCABULARY))
    assert "&lt;i&gt;Eve&lt;/i&gt;</a> <span" in body
    assert "<i>Eve" not in body
    assert "With one paper: 6 of 7 authors; the most papers of one author: 6." in body


def test_papers_of_one_month_are_too_few_for_charts_over_time() -> None:
    catalog = build_catalog([invent(n, DAY, topics=("sea",)) for n in range(3)], VOCABULARY)
    body = body_of(catalog)
    assert "All papers are of one month: too few for a chart." in body
    assert "<svg" not in body
    assert "No paper names its authors." in body
    assert "trends need papers of at least 120 days" in body
    assert 'Sea</a> <span class="pc-quiet">100%' in body
    assert [row[1] for row in table_of(catalog, "papers")] == ["papers", "3"]


def test_an_empty_catalog_says_so() -> None:
    empty = build_catalog([], Vocabulary(()))
    assert "No paper is here yet." in body_of(empty)
    assert files_of(empty) == {}


def test_readers_find_the_page() -> None:
    context = make_context(small_catalog(), SITE)
    for page in (*home.build(context), next(iter(dates.build(context)))):
        assert isinstance(page, PageArtifact)
        links = {address for address, _ in parse_html(page.make().body).links}
        assert any(address.endswith("stats/") for address in links)


def test_the_key_changes_exactly_with_the_numbers() -> None:
    catalog = small_catalog()
    (first, *others) = catalog.papers
    other_text = first.model_copy(update={"abstract": "Another abstract of the same paper."})
    other_code = first.model_copy(update={"links": Links()})
    key = page_of(catalog).key()
    assert page_of(catalog.with_papers([other_text, *others])).key() == key
    assert page_of(catalog.with_papers([other_code, *others])).key() != key


@pytest.mark.parametrize(
    ("last", "most", "name"),
    [
        (dt.date(2025, 3, 1), 3, "month"),
        (dt.date(2025, 4, 1), 3, "quarter"),
        (dt.date(2025, 10, 1), 3, "year"),
        (dt.date.max, 3, "year"),
    ],
)
def test_the_shortest_span_that_is_not_too_many_is_chosen(
    last: dt.date, most: int, name: str
) -> None:
    assert choose_span(dt.date(2025, 1, 31), last, most).name == name
    assert SPANS[0].number(dt.date(2025, 2, 1)) - SPANS[0].number(dt.date(2025, 1, 31)) == 1


def test_authors_are_counted_by_ranges() -> None:
    people = {1: 5, 6: 1, 10: 2, 51: 1, 400: 1}
    bins = stats.bin_authors(people)
    assert " ".join(label for label, _ in bins) == "1 2 3 4 5–9 10–19 20–49 50+"
    assert [count for _, count in bins] == [5, 0, 0, 0, 1, 2, 0, 2]


def title_papers(recent: Sequence[str], before: Sequence[str]) -> Catalog:
    """Make papers with titles, of the last 30 days and of the 200 days before."""
    papers = [
        make_paper(f"{name}-{n}", title, date=DAY - dt.timedelta(days=start + n % days))
        for name, titles, start, days in (("new", recent, 0, 30), ("old", before, 30, 200))
        for n, title in enumerate(titles)
    ]
    return build_catalog(papers, VOCABULARY)


def mixed(all_of: int, **counts: int) -> list[str]:
    """Give titles of which so many have each word."""
    return [
        " and ".join(["Stable", *(word for word, count in counts.items() if n < count)])
        for n in range(all_of)
    ]


def test_terms_rise_and_fall_by_more_than_chance() -> None:
    catalog = title_papers(
        mixed(200, Tides=60, Moons=22, Lanterns=5), mixed(400, Tides=30, Moons=40, Lanterns=100)
    )
    terms = find_term_trends(catalog)
    assert terms
    assert [(one.term, one.now, one.before) for one in terms.rising] == [("Tides", 60, 30)]
    assert [(one.term, one.now, one.before) for one in terms.falling] == [("Lanterns", 5, 100)]
    assert (terms.recent, terms.before, terms.tested) == (200, 400, 4)
    # two-sided at 0.05 / 4 tests: 0.00625 on either side
    assert terms.least_z == pytest.approx(2.4977, abs=1e-4)
    # (60 + 30) / 600 = 0.15; (0.3 - 0.075) / sqrt(0.15 * 0.85 * (1 / 200 + 1 / 400))
    assert terms.rising[0].z == pytest.approx(7.276, abs=1e-3)
    body = body_of(catalog)
    assert '<th scope="row">Tides</th><td>30.0%</td><td>7.5%</td><td>7.3</td>' in body
    assert "<i>z</i> of at least 2.5" in body
    assert table_of(catalog, "terms")[1:] == [
        ["Tides", "60", "30", "7.28"],
        ["Lanterns", "5", "100", "-6.84"],
    ]


def test_rare_terms_are_not_tested() -> None:
    """Of 15 papers with a term, 5 would be recent ones by chance."""
    for count, tested in ((14, 1), (15, 2)):
        terms = find_term_trends(title_papers(mixed(200, Tides=count), mixed(400)))
        assert terms
        assert terms.tested == tested


def test_a_young_catalog_has_no_trends_of_terms() -> None:
    assert find_term_trends(title_papers(mixed(200, Tides=100), [])) is None


@pytest.mark.parametrize(
    ("title", "terms"),
    [
        (
            "Reward Models: Reward",
            {"reward": "Reward", "model": "Models", "reward model": "Reward Models"},
        ),
        ("Text-to-Image in 3D", {"text": "Text", "image": "Image"}),
        ("<script> 2025 & a", {"script": "script"}),
    ],
)
def test_the_terms_of_a_title(title: str, terms: dict[str, str]) -> None:
    assert list_terms(title) == terms
