"""Pastes of one page in many layouts: each must give the papers, their days and their facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papercatalog.sources.digest import parse_digest
from papercatalog.sources.formats import read_source
from papercatalog.sources.record import ParsedSource, Record

DAY = dt.date(2026, 10, 2)
NAME = "seeds/2026-10-02.txt"
HEADER = [
    "new", "Get trending papers in your email inbox once a day!", "Subscribe", "Daily Papers",
    "byAK and the research community", "Daily", "Weekly", "Monthly", "Oct 2",
]  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A made-up paper, and what a page shows of it."""

    title: str
    abstract: str
    arxiv: str
    authors: tuple[str, ...]
    published: dt.date
    votes: int
    owner: str | None
    user: str


SAMPLES = (
    Sample(
        "Hearth: Warm Starts for Cold Planners",
        "Planners that start from nothing waste most of their time. We give them a warm start, "
        "taken from plans of other worlds, and let them forget what does not help. On nine worlds "
        "the plans are found in a third of the time, and none is worse than before. An analysis "
        "shows which memories help and which do not.",
        "2606.00001", ("Ann Author", "Bea Writer"), dt.date(2026, 6, 1), 101, "Kandle Lab",
        "vvas07",
    ),
    Sample(
        "3D Maps That Doubt Themselves",
        "Walking machines fall when the ground is not what they have been told. We teach one to "
        "doubt its map, and it stays on its feet over rubble, ice and sand for a whole day. The "
        "doubt costs a tenth of its speed. Without it the machine falls nine times an hour, with "
        "it once a week, and it learns where the map was wrong.",
        "2606.00002", ("Cy King",), dt.date(2024, 10, 7), 7, None, "Linz",
    ),
    Sample(
        "1.58-bit Choirs",
        "Choirs of small models sing better than one large model, if each may be wrong in its own "
        "way. We train nine with weights of three values and let them vote on every word. The "
        "choir needs an eighth of the memory, and its mistakes are rarer on each of the six sets "
        "that we tried. We discuss why a tenth singer does not help.",
        "2606.00003", ("Dee Dow", "Eve Falls", "Ann Author"), dt.date(2026, 9, 30), 12,
        "University of Nowhere, Upper Falls", "Yi R. Fung",
    ),
    Sample(
        "Do Robots Fold What They Cannot See?",
        "Robots that fold cloth must guess what they cannot see. We give them a map of what is "
        "hidden, learned from a million simulated shirts, and a policy that asks the map before "
        "it grips. On a bench of forty real garments the robot folds thirty-one at the first try, "
        "twelve more than the best earlier policy.",
        "2606.00004", ("Gil Hart", "Ida Jung"), dt.date(2026, 9, 4), 9, "NVIDIA", "akhaliq",
    ),
    Sample(
        "Carrying Summaries Across Silence in Long-Form Speech",
        "Long recordings make speech models forget how they began. We cut them where nobody "
        "speaks and carry a short summary from one piece to the next. The summary is text, so "
        "that people can read and correct it. On meetings of three hours the rate of wrong words "
        "falls by a fifth, at a quarter of the memory.",
        "2606.00005", ("Kim Low", "Max Noon"), dt.date(2026, 8, 31), 22, None, "taesiri",
    ),
)  # fmt: skip


def credit(sample: Sample) -> str:
    return sample.owner or f"{len(sample.authors)} authors"


def short(day: dt.date) -> str:
    return f"{day:%b} {day.day}" + ("" if day.year == DAY.year else f", {day.year}")


def address(sample: Sample) -> str:
    return f"https://huggingface.co/papers/{sample.arxiv}"


def spaced(*rows: str) -> str:
    return "".join(f"{row}\n\n" for row in rows)


def listed(s: Sample) -> str:
    return spaced(str(s.votes), s.title, s.abstract, credit(s), "·", short(s.published), "2")


def listed_on_one_line(s: Sample) -> str:
    return spaced(str(s.votes), s.title, s.abstract, f"{credit(s)} · {short(s.published)}")


def trending(s: Sample) -> str:
    day = f"Published on {s.published:%b} {s.published.day}, {s.published.year}"
    return spaced(
        "Submitted by", s.user, s.title, s.abstract, f"{credit(s)} · {day}", "Upvote",
        str(s.votes), "GitHub 3.29k arXiv Page",
    )  # fmt: skip


def cards(s: Sample) -> str:
    owner = f"{s.owner}\n" if s.owner else ""
    number = len(s.authors)
    return (
        f"Submitted by\n\n{s.user}\n{s.votes}\n{s.title}\n\n{s.abstract}\n\n{owner}·\n"
        f"{number} authors\n\n"
    )


def linked(s: Sample) -> str:
    login = f"https://huggingface.co/login?next=%2Fpapers%2F{s.arxiv}"
    where = address(s)
    day = short(s.published)
    count = f"{len(s.authors)} authors"
    return spaced(f"[-] {s.votes}", login, s.title, where, s.abstract, where, count, "·", day)


def markdown(s: Sample) -> str:
    where = address(s)
    return spaced(
        f"[{s.votes}](https://huggingface.co/login?next=%2Fpapers%2F{s.arxiv})",
        f"### [{s.title}]({where})", f"[{s.abstract}]({where})", f"- {len(s.authors)} authors",
        f"· {short(s.published)}", f"[2]({where}#community)",
    )  # fmt: skip


def mobile(s: Sample) -> str:
    return spaced(s.title, s.abstract, f"▲ {s.votes}", credit(s), f"{s.published:%d.%m.%Y}")


def unspaced(s: Sample) -> str:
    return (
        f"{s.user}\n{s.title}\n{s.abstract}\n{credit(s)} · {short(s.published)}\n{s.votes} votes\n"
    )


def german(s: Sample) -> str:
    month = {6: "Juni", 10: "Oktober", 9: "September", 8: "August"}[s.published.month]
    day = f"{s.published.day}. {month} {s.published.year}"
    return spaced(s.title, s.abstract, f"{s.votes} upvotes", credit(s), f"· {day}")


LAYOUTS: dict[str, Callable[[Sample], str]] = {
    "list": listed,
    "list, on one line": listed_on_one_line,
    "trending": trending,
    "cards": cards,
    "linked": linked,
    "markdown": markdown,
    "mobile": mobile,
    "unspaced": unspaced,
    "german": german,
}
WITH_IDS = {"linked", "markdown"}


def read(page: str, name: str = NAME) -> ParsedSource:
    parsed = parse_digest(page.encode(), name)
    assert parsed.balanced()
    return parsed


def texts(records: tuple[Record, ...]) -> list[tuple[str, str]]:
    return [(record.title, record.abstract) for record in records]


def wanted(samples: tuple[Sample, ...] = SAMPLES) -> list[tuple[str, str]]:
    return [(sample.title, sample.abstract) for sample in samples]


def draw(layout: Callable[[Sample], str], samples: tuple[Sample, ...] = SAMPLES) -> str:
    return spaced(*HEADER) + "".join(map(layout, samples))


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    parsed = read(draw(LAYOUTS[name]))
    assert texts(parsed.records) == wanted()
    assert parsed.rejected == parsed.remarks == ()
    assert {record.date for record in parsed.records} == {DAY}
    assert [record.published for record in parsed.records] == [s.published for s in SAMPLES] or (
        name == "cards"
    )
    assert [record.facts["votes"] for record in parsed.records] == [s.votes for s in SAMPLES]
    assert name not in WITH_IDS or (
        [record.arxiv for record in parsed.records] == [s.arxiv for s in SAMPLES]
    )


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=15, deadline=None)
@given(chosen=st.lists(st.sampled_from(SAMPLES), min_size=1, max_size=5, unique=True))
def test_layout_with_any_papers_invents_nothing(name: str, chosen: list[Sample]) -> None:
    parsed = read(draw(LAYOUTS[name], tuple(chosen)))
    assert texts(parsed.records) == wanted(tuple(chosen))
    assert {record.date for record in parsed.records} == {DAY}


def test_cards_without_abstracts_are_refused_in_one_message() -> None:
    page = draw(lambda s: f"Submitted by\n\n{s.user}\n{s.votes}\n{s.title}\n{s.owner or ''} ·\n\n")
    parsed = read(page)
    assert parsed.records == ()
    assert [str(problem) for problem in parsed.rejected] == [
        f"{NAME}:23: no paper found, only titles without abstracts, such as “Hearth: Warm Starts "
        "for Cold Planners”; paste a view of the page that shows the abstracts "
        "[title-without-abstract]"
    ]


def test_a_few_words_are_no_abstract() -> None:
    page = draw(listed) + spaced("A Title That Lost Its Abstract", "GitHub stars are many.")
    parsed = read(page)
    assert texts(parsed.records) == wanted()
    assert [problem.code for problem in parsed.rejected] == ["title-without-abstract"]


WRAPPINGS = [
    "{n}. ",
    "{n}) ",
    "[{n}] ",
    "- ",
    "• ",
    "## ",
    "{n}. **",
    "**",
    "#{n} ",
    "{n} ",
    "{n}: ",
]


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_wrapping_of_titles_is_taken_off(wrapping: str) -> None:
    numbered = [(wrapping.format(n=n), sample) for n, sample in enumerate(SAMPLES, 1)]
    rows = [
        f"{mark}{sample.title}{'**' if mark.endswith('**') else ''}\n{sample.abstract}\n\n"
        for mark, sample in numbered
    ]
    parsed = read("Daily Papers\nOct 2\n\n" + "".join(rows))
    assert texts(parsed.records) == wanted()
    assert parsed.rejected == parsed.remarks == ()


def test_quoted_mail() -> None:
    head = "On Fri, Oct 2, 2026 at 8:00 AM Papers <p@example.org> wrote:\n"
    page = "".join(f"{sample.title}\n\n{sample.abstract}\n\n" for sample in SAMPLES)
    parsed = read(head + "\n".join(f"> {line}" for line in page.split("\n")))
    assert texts(parsed.records) == wanted()


LABELS = [
    "Title: {0.title}\nAuthors: {1}\nAbstract: {0.abstract}\nLink: https://arxiv.org/abs/{0.arxiv}",
    "**Title:** {0.title}\n\n**Authors:** {1}\n\n**arXiv:** {0.arxiv}v2\n\n"
    "**Abstract:** {0.abstract}",
    "- Title: {0.title}\n- Author(s): {1}\n- URL: https://hf.co/papers/{0.arxiv}\n- Abstract:\n"
    "{0.abstract}",
    "[7] arXiv:{0.arxiv} [pdf, html, other]\nTitle: {0.title}\n{1}\nComments: 9 pages\n"
    "Subjects: Robotics (cs.RO); Machine Learning (cs.LG)\n\n{0.abstract}",
    "\\\\\narXiv:{0.arxiv}\nDate: Thu, 1 Oct 2026 17:00:52 GMT   (1234kb)\n\nTitle: {0.title}\n"
    "Authors: {1}\nCategories: cs.RO cs.LG\n\\\\\n  {0.abstract}\n"
    "\\\\ ( https://arxiv.org/abs/{0.arxiv} ,  1234kb)",
]  # fmt: skip


@pytest.mark.parametrize("form", LABELS)
def test_labels_give_authors_and_ids(form: str) -> None:
    several = tuple(sample for sample in SAMPLES if len(sample.authors) > 1)
    blocks = [form.format(sample, ", ".join(sample.authors)) for sample in several]
    parsed = read("\n\n".join(blocks))
    assert texts(parsed.records) == wanted(several)
    assert [record.arxiv for record in parsed.records] == [sample.arxiv for sample in several]
    assert [record.authors for record in parsed.records] == [sample.authors for sample in several]
    assert parsed.rejected == ()


def test_addresses_below_a_paper_are_its_own() -> None:
    page = draw(
        lambda s: spaced(s.title, s.abstract, f"arXiv:{s.arxiv}", f"https://github.com/x/{s.user}")
    )
    records = read(page).records
    assert [record.arxiv for record in records] == [sample.arxiv for sample in SAMPLES]
    assert records[0].facts["code"] == "https://github.com/x/vvas07"


def test_two_ids_of_one_paper_are_named() -> None:
    page = spaced(SAMPLES[0].title, SAMPLES[0].abstract, "arXiv:2606.00001", "arXiv:2606.00009")
    parsed = read(page)
    assert parsed.records[0].arxiv is None
    assert "2606.00001, 2606.00009" in str(parsed.remarks[0])


def test_a_cut_abstract_is_kept_and_named() -> None:
    cut = SAMPLES[0].abstract[:200].rpartition(" ")[0] + "…"
    parsed = read(spaced(*HEADER, SAMPLES[0].title, cut))
    assert texts(parsed.records) == [(SAMPLES[0].title, cut)]
    assert [problem.code for problem in parsed.remarks] == ["abstract-cut"]


@pytest.mark.parametrize("heading", ["Oct 1", "Thursday, 1 October 2026", "## Oct 1, 2026"])
def test_headings_of_several_days(heading: str) -> None:
    plain = [spaced(sample.title, sample.abstract) for sample in SAMPLES]
    page = (
        spaced("Daily Papers", "Oct 2") + "".join(plain[:3]) + spaced(heading) + "".join(plain[3:])
    )
    before = dt.date(2026, 10, 1)
    assert [record.date for record in read(page).records] == [DAY, DAY, DAY, before, before]


def test_several_pages_whose_papers_show_their_days() -> None:
    first = draw(listed, SAMPLES[:3])
    second = draw(listed, SAMPLES[3:]).replace("Oct 2", "Oct 1")
    parsed = read(first + second)
    before = dt.date(2026, 10, 1)
    assert [record.date for record in parsed.records] == [DAY, DAY, DAY, before, before]
    assert [record.published for record in parsed.records] == [s.published for s in SAMPLES]


def test_a_day_of_publication_never_heads_the_next_paper() -> None:
    for name, layout in LAYOUTS.items():
        page = draw(layout).replace("Oct 2\n", "")
        assert {record.date for record in read(page).records} == {DAY}, name


OTHERS = {
    "MEDLINE": "PMID- 12345\nTI  - A Title\nAB  - We say so. It is so.\n",
    "EndNote": "%0 Journal Article\n%T A Title\n%A Ann Author\n%X We say so.\n",
    "web page": "<!doctype html><html><body><p>Daily Papers</p></body></html>",
    "the arXiv page of one paper": "Computer Science > Robotics\n[Submitted on 1 Oct 2026]\n"
    f"{SAMPLES[0].title}\nAnn Author, Bea Writer\nView PDF\n\n    {SAMPLES[0].abstract}\n\n"
    "Cite as:\tarXiv:2606.00001 [cs.RO]\nSubmission history\n[v1] Thu, 1 Oct 2026 17:00:52 UTC\n",
    "PDF": f"{SAMPLES[0].title}\nAnn Author 1 Bea Writer 2\nAbstract\n{SAMPLES[0].abstract}\n"
    "Correspondence to: Ann Author <ann@example.org>.\nPreprint. Under review.\n1. Introduction\n",
    "newsletter": "From: Papers <n@example.org>\nTo: you@example.com\nSubject: The Top Papers\n\n"
    f"Hello there,\n\n1. {SAMPLES[0].title}\n\n{SAMPLES[0].abstract}\n\n[Paper] [Tweet]\n\n"
    "You are receiving this email because you signed up.\nUnsubscribe\n",
    "list of links": "".join(f"- [{s.title}]({address(s)}) - a paper\n" for s in SAMPLES),
    "table in Markdown": "| title | link |\n|---|---|\n| A | x |\n| B | y |\n",
}


READABLE = {
    "BibTeX": "@article{a, title={A}, abstract={We do.}}\n@article{b, title={B}}\n",
    "RIS": "TY  - JOUR\nTI  - A Title\nAB  - We say so. It is so.\nER  - \n",
    "CSV": "title,abstract,authors\nA Table,We saved it as text.,Ann Author\n",
    "JSON": '[{"title": "A", "abstract": "We do."}]',
    "JSON Lines": '{"title": "A", "abstract": "We do."}\n{"title": "B", "abstract": "We do."}\n',
}


READABLE_FILES = [
    (name, encoding)
    for name in READABLE
    for encoding in ("utf-8", "utf-8-sig", "utf-16")
    if name != "JSON Lines" or encoding == "utf-8"  # its reader streams UTF-8
]


@pytest.mark.parametrize(("name", "encoding"), READABLE_FILES)
def test_a_format_that_has_a_reader_is_read_by_it(name: str, encoding: str) -> None:
    parsed = read_source("2025-07-29.txt", READABLE[name].encode(encoding))
    assert parsed.records
    assert f"is {name}, not digest, and is read as such" in parsed.remarks[0].message


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_digest_is_named_once(what: str) -> None:
    parsed = read(OTHERS[what])
    assert parsed.records == ()
    (problem,) = parsed.rejected
    assert problem.code == "other-format"
    assert what in problem.message


def test_the_messages_say_what_to_do() -> None:
    message = read(OTHERS["the arXiv page of one paper"]).rejected[0].message
    assert message.endswith("run: papercatalog add 2606.00001")
