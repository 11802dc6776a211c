"""Papers that come back: on another day, under another title, from another source."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from made_catalog import AGAIN, LANTERNS, OCEANS, make_paper, page_of, pages_of, run, write_catalog
from papercatalog.curation import duplicates
from papercatalog.curation.duplicates import find_duplicates
from papercatalog.model.catalog import build_catalog
from papercatalog.model.loading import load_catalog
from papercatalog.model.topics import Vocabulary
from papercatalog.runtime.cache import Cache

FIRST = "paper-lanterns-slow-light-for-fabricated-networks"
TIDES = "a-tide-table-for-imaginary-oceans"
SHEEP = "counting-sheep-with-sparse-attention"
WOOL = "woolformer-sees-one-in-sixteen"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalog with two days of digests, of which the first is imported."""
    write_catalog(tmp_path)
    (tmp_path / "seeds").mkdir()
    for name in ("2025-07-28.txt", "2025-07-29.txt"):
        shutil.copy(AGAIN / name, tmp_path / "seeds")
    assert run(tmp_path, "import", str(tmp_path / "seeds" / "2025-07-28.txt")).exit_code == 0
    return tmp_path


def last_line(output: str) -> str:
    return output.splitlines()[-1]


def test_sure_matches_update_pages_and_uncertain_ones_are_left_out(root: Path) -> None:
    result = run(root, "import")
    assert result.exit_code == 0
    assert last_line(result.stdout) == (
        "found 6 papers: 0 new, 3 unchanged, 2 updated, 0 invalid, 1 uncertain"
    )
    assert sorted(pages_of(root)) == [TIDES, SHEEP, FIRST]
    for page_id in (FIRST, TIDES):
        assert "digests: [seeds/2025-07-28.txt, seeds/2025-07-29.txt]" in page_of(root, page_id)
    assert "digests: [seeds/2025-07-28.txt]" in page_of(root, SHEEP)


def test_an_uncertain_paper_is_shown_beside_its_page(root: Path) -> None:
    lines = run(root, "import").stdout.splitlines()
    (start,) = (number for number, line in enumerate(lines) if line.startswith("uncertain: "))
    assert lines[start].endswith(" % alike, abstracts 100 % alike")
    assert lines[start + 1 : start + 5] == [
        "| seeds/2025-07-29.txt:13                        | "
        "docs/papers/2025/counting-sheep-with-sparse-",
        "|                                                | attention.md",
        "| WoolFormer Sees One in Sixteen                 | Counting Sheep with Sparse Attention",
        "| authors unknown                                | authors unknown",
    ]
    assert f"  --join {WOOL}={SHEEP}   if both are one paper" in lines
    assert f"  --keep {WOOL}   if they are two papers" in lines


def test_uncertain_papers_are_in_the_json(root: Path) -> None:
    report = json.loads(run(root, "import", "--json").stdout)
    (case,) = report["uncertain"]
    assert (case["id"], case["page"]) == (WOOL, SHEEP)
    assert [paper["title"] for paper in case["papers"]] == [
        "WoolFormer Sees One in Sixteen",
        "Counting Sheep with Sparse Attention",
    ]


def test_a_person_says_that_both_are_one_paper(root: Path) -> None:
    result = run(root, "import", "--join", f"{WOOL}={SHEEP}")
    assert last_line(result.stdout).endswith("3 updated, 0 invalid")
    page = page_of(root, SHEEP)
    assert "digests: [seeds/2025-07-28.txt, seeds/2025-07-29.txt]\n" in page
    assert f"aliases: [{WOOL}]\n" in page
    before = pages_of(root)
    again = run(root, "import")
    assert last_line(again.stdout).startswith("found 6 papers: 0 new, 6 unchanged")
    assert pages_of(root) == before


def test_a_person_says_that_they_are_two_papers(root: Path) -> None:
    result = run(root, "import", "--keep", WOOL)
    assert last_line(result.stdout).startswith("found 6 papers: 1 new")
    before = pages_of(root)
    assert sorted(before) == [TIDES, SHEEP, FIRST, WOOL]
    assert last_line(run(root, "import").stdout).endswith("0 invalid")
    assert pages_of(root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--keep", "no-such"], "the sources have no paper 'no-such'"),
        (["--join", f"no-such={SHEEP}"], "the sources have no paper 'no-such'"),
        (["--join", f"{WOOL}=no-such"], "there is no page 'no-such'"),
        (["--join", WOOL], "write --join PAPER=PAGE, two ids"),
    ],
)
def test_a_decision_about_an_unknown_id(root: Path, arguments: list[str], said: str) -> None:
    before = pages_of(root)
    result = run(root, "import", *arguments)
    assert result.exit_code != 0
    assert said in result.stderr
    assert pages_of(root) == before


def test_a_decision_about_a_sure_match_changes_nothing(root: Path) -> None:
    run(root, "import", "--keep", TIDES, "--keep", WOOL)
    assert len(pages_of(root)) == 4


def test_what_a_person_wrote_stays(root: Path) -> None:
    (page,) = root.glob(f"docs/papers/*/{FIRST}.md")
    written = page.read_text("utf-8").replace("topics: [light]", "topics: [agents] # by hand")
    written = written.replace("Lanterns made", "Mended lanterns made").replace(
        "title: ", "title:  "
    )
    page.write_text(written, "utf-8")
    run(root, "import")
    after = page.read_text("utf-8").splitlines()
    changed = [line for line in after if line not in written.splitlines()]
    assert changed == ["digests: [seeds/2025-07-28.txt, seeds/2025-07-29.txt]"]


def test_the_order_of_sources_decides_between_links_alone(tmp_path: Path) -> None:
    text, api = AGAIN / "2025-07-28.txt", AGAIN / "2025-07-28.json"
    facts = []
    codes = []
    for order in ((text, api), (api, text)):
        root = write_catalog(tmp_path / order[0].suffix[1:])
        for source in order:
            assert run(root, "import", str(source)).exit_code == 0
        again = last_line(run(root, "import", str(api), str(text)).stdout)
        assert again.startswith("found 5 papers: 0 new, 5 unchanged")
        papers = load_catalog(root).papers
        facts.append(
            {
                paper.title: paper.model_dump(exclude={"id": True, "links": {"code": True}})
                for paper in papers
            }
        )
        codes.append({paper.title: paper.links.code for paper in papers})
    assert len(facts[0]) == 3
    assert facts[0] == facts[1]
    title = "Paper Lanterns: Slow Light for Fabricated Networks"
    assert facts[0][title]["digests"] == ()
    assert codes[0].pop(title) == "https://github.com/fabricated/lanterns"
    assert codes[1].pop(title) == "https://github.com/fabricated/lanterns-of-the-api"
    assert codes[0] == codes[1]


def test_check_names_likely_duplicates_without_failing(tmp_path: Path) -> None:
    earlier = make_paper("earlier", "Paper Lanterns: Slow Light")
    later = make_paper("later", "How Long a Candle Burns", date="2025-07-29")
    root = write_catalog(tmp_path, earlier, later)
    result = run(root, "check")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith(
        "docs/papers/2025/later.md: title: is likely the same paper as "
        "docs/papers/2025/earlier.md (titles "
    )
    assert lines[0].endswith("[likely-duplicate] (a notice)")
    assert lines[1].endswith("0 problems, 1 more that do not fail the check")


def test_identifiers_say_that_two_pages_are_two_papers(tmp_path: Path) -> None:
    one = make_paper("one", arxiv="2507.00001")
    other = make_paper("other", "Another Title Altogether", arxiv="2507.00002")
    same_title = make_paper("third", abstract=OCEANS, arxiv="2507.00003")
    root = write_catalog(tmp_path, one, other, same_title)
    result = run(root, "check")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)


def test_every_pair_is_named_once_from_the_oldest_on() -> None:
    papers = [
        make_paper(f"p{day}", title, date=f"2025-07-0{day}", abstract=LANTERNS)
        for day, title in ((3, "A Third Name"), (1, "A First Title"), (2, "Secondly"))
    ]
    pairs = find_duplicates(build_catalog(papers, Vocabulary(())))
    assert [(pair.earlier.id, pair.later.id) for pair in pairs] == [("p1", "p2"), ("p1", "p3")]


def test_pairs_are_kept_for_the_catalog_they_are_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (make_paper(name, name, abstract=LANTERNS) for name in ("one", "other"))
    alone, both = (build_catalog(papers, Vocabulary(())) for papers in ([one], [one, other]))
    with closing(Cache(tmp_path)) as cache:
        assert list(find_duplicates(alone, cache)) == []
        found = list(find_duplicates(both, cache))
        assert len(found) == 1
        monkeypatch.setattr(duplicates, "_compare", lambda _: [])
        assert list(find_duplicates(both, cache)) == found
        assert list(find_duplicates(alone, cache)) == []
        assert len(list(cache.list_all("pairs"))) == 1
