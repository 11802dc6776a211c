"""The calendar's shades tell busy days from others, and its bars what their papers are about."""

from __future__ import annotations

import datetime as dt

from made_catalog import make_paper
from made_context import make_context
from papercatalog.model.catalog import build_catalog
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs import dates, home
from papercatalog.outputs.artifacts import HomeArtifact, PageArtifact
from papercatalog.outputs.context import SiteInfo
from papercatalog.outputs.dates import BARS, LEVELS, latest_months
from papercatalog.outputs.topic_colours import choose_colours
from papercatalog.outputs.topic_mix import MOST, WIDTH, mix_topics


def test_a_single_paper_is_seen_beside_the_busiest_day() -> None:
    counts = {1: 1, 2: 25, 3: 26, 4: 100}
    papers = [
        Paper(id=f"p{day}-{number}", title="x", date=dt.date(2025, 7, day), abstract="x")
        for day, count in counts.items()
        for number in range(count)
    ]
    [month] = latest_months(build_catalog(papers, Vocabulary(())), 2)
    cells = {cell.day.day: cell for week in month.weeks for cell in week if cell}
    assert [cells[day].level for day in (1, 2, 3, 4, 5)] == [1, 1, 2, LEVELS, 0]
    assert month.total == sum(counts.values())


DAY = dt.date(2025, 7, 28)
ROOTS = tuple(Topic(f"root-{number}", f"Root {number}") for number in range(9))
TOPICS = Vocabulary((*ROOTS, Topic("below", "Below", parent="root-0")))


def test_a_bar_shares_a_days_papers_among_its_top_level_topics() -> None:
    papers = [
        make_paper("a", topics=("below", "root-0")),
        make_paper("b", topics=("root-1", "below")),
        make_paper("c", topics=("root-1",)),
        make_paper("d", topics=()),
    ]
    other = make_paper("e", topics=("root-0",), date=DAY - dt.timedelta(1))
    mix = mix_topics(TOPICS, {DAY: papers, other.date: [other]})
    assert [topic.slug for topic in mix.topics] == ["root-0", "root-1"]
    first, second = mix.days[DAY]
    assert (first.share, second.share) == (1.5 / 4, 1.5 / 4)
    assert (first.start, first.width) == (0, 18)
    assert (second.start, second.width) == (18, 18), "the rest is for papers without a topic"
    [whole] = mix.days[other.date]
    assert (whole.start, whole.width, whole.topic.slug) == (0, WIDTH, "root-0")


def test_a_bar_has_few_topics_and_no_colour_twice() -> None:
    colours = choose_colours([topic.slug for topic in ROOTS])
    assert colours["root-3"] == colours["root-8"], "nine topics share eight colours"
    sizes = {"root-8": 9, "root-3": 8, "root-0": 7, "root-1": 6, "root-2": 5, "root-4": 4}
    papers = [
        make_paper(f"{slug}-{copy}", topics=(slug,))
        for slug, size in sizes.items()
        for copy in range(size)
    ]
    mix = mix_topics(TOPICS, {DAY: papers})
    assert [topic.slug for topic in mix.topics] == ["root-8", "root-0", "root-1", "root-2"]
    drawn = [part.colour for part in mix.days[DAY]]
    assert len(drawn) == len(set(drawn)) == MOST
    assert sum(part.width for part in mix.days[DAY]) < WIDTH


def test_a_months_page_names_the_shares_and_a_long_calendar_has_no_bars() -> None:
    days = [DAY - dt.timedelta(number) for number in range(BARS + 1)]
    papers = [
        make_paper(f"paper-{number}", topics=("root-2",), date=day)
        for number, day in enumerate(days)
    ]
    pages = {}
    for few in (papers[:-1], papers):
        for page in dates.build(make_context(build_catalog(few, TOPICS), SiteInfo("Small", ""))):
            assert isinstance(page, PageArtifact)
            pages[page.path, len(few)] = page.make().body
    month = pages["dates/2025/07/index.md", BARS]
    assert "<h1>July 2025</h1>" in month
    assert '<caption><span class="pc-quiet">28 papers</span></caption>' in month
    assert month.count('title="1 paper, Root 2 100%"') == 28
    assert month.count(f"0 3h{WIDTH}") == 28
    assert 'topics/root-2/">Root 2</a> <span>others' in month
    assert pages["dates/index.md", BARS].count("<svg") == BARS
    assert "<svg" not in pages["dates/index.md", BARS + 1]
    assert "others" not in pages["dates/index.md", BARS + 1]


def test_the_home_page_has_the_same_calendar() -> None:
    papers = [
        make_paper("a", topics=("root-2",)),
        make_paper("b", topics=(), date=DAY - dt.timedelta(1)),
    ]
    [page] = home.build(make_context(build_catalog(papers, TOPICS), SiteInfo("Small", "")))
    assert isinstance(page, HomeArtifact)
    body = page.make().body
    assert body.count("<svg") == 2, "where no part is drawn, the bar stands for other topics"
    assert body.count("<path") == 1
    assert 'topics/root-2/">Root 2</a> <span>others' in body
    assert body.count("pc-shades") == 1
