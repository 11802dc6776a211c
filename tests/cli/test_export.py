"""Papers exported as BibTeX, RIS and CSL-JSON, and taken back into a catalog that lacks them."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from pathlib import Path

import pytest

from made_catalog import LANTERNS, make_paper, page_of, pages_of, run, write_catalog

ENDINGS = {"bibtex": "bib", "ris": "ris", "csl": "json"}
TITLES = (
    r"R&D at 50% of #1, a_b ~ x^2 \foo and {braces} } {",
    r"$\ell_1$ and $\{0,1\}$ for $k$-means from $5 to $10",
    "``Quoted'' -- and --- 'single' ?` <b>bold</b> | \"double\" 5 times",
    "图像 مرحبا (LLM-2025) 😀 İstanbul: √T ≤ ∑",
    "@article{x, title={y}} and others, N/A",
)
NAMES = (
    *("Weize Chen", "Laurens van der Maaten", "John Smith, Jr.", "Guy L. Steele Jr.", "李世民"),
    *("José Ortega y Gasset", "Research and Development", "Madonna", "danah boyd", "Gemma Team"),
    *("Max Müller GmbH", "University of X, Department of Y", "Jo 0002", "3. Doors", "others"),
)
MARKDOWN = """A first line with *stars*, \\*escapes\\*, `code` and $`x_{i}^2`$.

- a list
  - with indented lines

AB  - a line like a tag of RIS
ER
@misc{x, title = {Not an entry},
  @article(y, nor is this)

    indented code   &amp; <b>HTML</b>
| a | table |
|---|---|"""


def shuffle(text: str, seed: int) -> str:
    """Shuffle words, so that no two abstracts are alike."""
    words = text.split()
    random.Random(seed).shuffle(words)
    return " ".join(words)


PAPERS = tuple(
    make_paper(
        f"paper_{number}.x",
        title,
        date=dt.date(2025, 7, 28 + number % 2),
        abstract=MARKDOWN if number == 1 else shuffle(LANTERNS, number),
        authors=NAMES[3 * number : 3 * number + 3],
        topics=("paper", "agents") if number else (),
        published=dt.date(2024, 10, 9) if number % 2 else None,
        arxiv=f"2410.0811{number}" if number % 3 else None,
        doi=f"10.1234/a_b(1)<{number}>" if number % 4 > 1 else None,
        venue=(None, "Findings of X & Y", "Journal of {A} Letters", "PhD thesis", "arXiv")[number],
        keywords=("learning, deep", "a;b\\", "$O(n^2)$") if number % 2 else ("one, only",),
        links={"code": "https://example.org/~a_b/%7Bc%7D", "pdf": "https://example.org/a.pdf"}
        | ({"paper": "https://example.org/p?a=b&c#d"} if number % 2 else {}),
        votes=number or None,
        digests=("https://example.org/day/2025-07-29",) if number % 2 else (),
        aliases=(f"former-{number}",),
    )
    for number, title in enumerate(TITLES)
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_catalog(tmp_path / "first", *PAPERS)


@pytest.mark.parametrize("name", ENDINGS)
def test_an_export_comes_back_as_the_same_pages(root: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"papers.{ENDINGS[name]}"
    done = run(root, "export", "--format", name, "--out", str(file))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"5 papers in {file}\n")
    other = write_catalog(tmp_path / "second")
    imported = run(other, "import", str(file))
    assert imported.exit_code == 0, imported.output
    assert imported.stderr == ""
    assert pages_of(other) == pages_of(root)
    assert "5 unchanged" in run(other, "import", str(file)).stdout


@pytest.mark.parametrize("name", ENDINGS)
def test_an_entry_changed_since_is_repaired_as_any_other(
    root: Path, tmp_path: Path, name: str
) -> None:
    text = run(root, "export", "--format", name, "--since", "2025-07-29").stdout
    file = root / f"papers.{ENDINGS[name]}"
    file.write_text(text.replace("2025-07-29", "soon"), "utf-8")
    other = write_catalog(tmp_path / "second")
    done = run(other, "import", str(file), "--date", "2025-07-30")
    assert "2 new" in done.stdout
    page = page_of(other, "2410.08111")
    assert "date: 2025-07-30\n" in page
    assert 'title: "ℓ₁ and {0,1} for k-means from $5 to $10"\n' in page


def test_topics_and_files_that_another_catalog_lacks_are_left_out(root: Path) -> None:
    page = root / "docs/papers/2025/paper_2.x.md"
    text = page.read_text("utf-8").replace("topics: [paper, agents]", "topics: [paper, light]")
    page.write_text(text.replace("votes:", "digests: [seeds/one.txt]\nvotes:"), "utf-8")
    (root / "seeds").mkdir()
    (root / "seeds/one.txt").write_text("-", "utf-8")
    exported = run(root, "export", "--format", "csl").stdout
    other = write_catalog(root / "second")
    for topic in ("paper", "agents"):
        (other / f"docs/topics/{topic}.md").unlink()
    file = root / "papers.json"
    file.write_text(exported, "utf-8")
    run(other, "import", str(file))
    back = page_of(other, "paper_2.x")
    assert "topics: [light]\n" in back
    assert "digests" not in back


def test_an_id_that_is_taken_gives_way(root: Path) -> None:
    file = root / "papers.json"
    file.write_text(run(root, "export", "--format", "csl", "--topic", "agents").stdout, "utf-8")
    taken = make_paper("paper_3.x", "Another Paper Altogether", abstract="Nothing in common here.")
    other = write_catalog(root / "second", taken)
    run(other, "import", str(file))
    assert TITLES[3] in "".join(pages_of(other).values())
    assert "Another Paper Altogether" in page_of(other, "paper_3.x")


def test_papers_are_chosen_by_topic_author_and_day(root: Path) -> None:
    def ids(*options: str) -> list[str]:
        done = run(root, "export", "--format", "csl", *options)
        assert done.exit_code == 0, done.output
        return [item["id"][6] for item in json.loads(done.stdout)]

    assert ids() == ["3", "1", "4", "2", "0"]
    assert ids("--topic", "Light") == ["3", "1", "4", "2"]
    assert ids("--since", "2025-07-29") == ["3", "1"]
    assert ids("--author", "GUY L STEELE Jr") == ["1"]
    assert ids("--author", "Weize Chen", "--author", "Madonna") == ["2", "0"]
    assert ids("--author", "Weize Chen", "--topic", "agents") == []
    (root / "docs/authors").mkdir()
    text = "---\nnames: [Weize Chen, Madonna]\n---\nOne person.\n"
    (root / "docs/authors/madonna.md").write_text(text, "utf-8")
    assert ids("--author", "weize chen") == ["2", "0"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--topic", "agnts"], "there is no topic 'agnts'; did you mean 'agents'?"),
        (["--topic", "zzz"], "there is no topic 'zzz'; papercatalog topics lists all"),
        (["--author", "Weise Chen"], "no paper is by 'Weise Chen'; did you mean 'Weize Chen'?"),
        (["--since", "soon"], "'soon' is no day; write it as 2025-07-29"),
        (["--since", "2025-02-30"], "there is no day 2025-02-30 in the calendar"),
        (["--format", "xml"], "'xml' is not one of 'bibtex', 'ris', 'csl'"),
        (["tree"], "--format writes papers to a file: use --out tree"),
    ],
)
def test_what_is_not_there_stops_the_export_and_writes_nothing(
    root: Path, options: list[str], message: str
) -> None:
    file = root / "papers.json"
    file.write_text("before", "utf-8")
    done = run(root, "export", "--format", "csl", "--out", str(file), *options)
    assert done.exit_code
    assert message in done.stderr
    assert file.read_text("utf-8") == "before"


def test_the_tree_takes_no_choice_of_papers(root: Path) -> None:
    for options in ([], ["tree", "--topic", "agents"], ["--out", "x"]):
        done = run(root, "export", *options)
        assert done.exit_code == 2
        assert "name a FOLDER for the site, or a --format for papers" in done.stderr


@pytest.mark.parametrize("name", ENDINGS)
def test_an_export_gives_pages_back_what_they_have_lost(root: Path, name: str) -> None:
    (root / "seeds").mkdir()
    (root / "seeds/one.txt").write_text("-", "utf-8")
    page = root / "docs/papers/2025/paper_2.x.md"
    text = page.read_text("utf-8").replace("votes:", "digests: [seeds/one.txt]\nvotes:")
    page.write_text(text, "utf-8")
    file = root / f"papers.{ENDINGS[name]}"
    run(root, "export", "--format", name, "--out", str(file))
    assert "found 42 facts: 0 filled in" in run(root, "enrich", str(file)).stdout
    page.write_text(re.sub(r"(?m)^votes: .*\n", "", text), "utf-8")
    done = run(root, "enrich", str(file))
    assert done.exit_code == 0, done.output
    assert "found 42 facts: 1 filled in" in done.stdout
    assert sorted(page_of(root, "paper_2.x").splitlines()) == sorted(text.splitlines())
