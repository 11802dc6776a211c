"""The browser writes and reads citations as Python does."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from made_catalog import make_paper
from papercatalog.model.paper import Paper
from papercatalog.outputs.citations import FORMATS, build_item, render_bibtex, render_sentence
from papercatalog.outputs.exports import write_ranges
from script_modules import script_modules
from strategies import PAPERS

HERE = Path(__file__).parent
PIECES = (
    *("$x_1$", "$k$", "$ 5 $", "$10", "$a}{b$", r"$\{0\}$", "$$", "{", "}", "\\", r"\foo", "%"),
    *("&", "#", "_", "~", "^", "<b>", ">", "--", "---", "``", "''", "?`", "!`", "And"),
    *("and", "others"),
    *(", ", "@misc{x,", '"', "|", "é", "李", "\ufeff", "\u00ad", "K", "a b", "Jr.", "van", " y "),
    "\u200f",
)  # fmt: skip
NAMES = (
    *("Weize Chen", "Laurens van der Maaten", "John Smith, Jr.", "Guy L. Steele Jr.", "李世民"),
    *("Gemma Team", "José Ortega y Gasset", "Madonna", "Émile de la É Z"),
)
VENUES = (None, "ICLR 2025", "A_B & Journal of {C}", "PhD thesis, $x$ University")


def make_hostile_papers(count: int) -> list[Paper]:
    """Make papers of pieces that one of the formats reads as markup."""
    rng = random.Random(18)

    def text() -> str:
        made = "".join(rng.choice((*PIECES, " ", "word")) for _ in range(rng.randint(1, 9)))
        return " ".join(made.split()) or "x"

    return [
        make_paper(
            f"p-{number}",
            text(),
            authors=tuple(rng.choice((*NAMES, text())) for _ in range(rng.randint(0, 13))),
            venue=rng.choice((*VENUES, text())),
            published=rng.choice((None, dt.date(2024, 2, 3))),
            arxiv=rng.choice((None, "2410.08115", "cs/0309040")),
            doi=rng.choice((None, "10.1234/a_b-~(1)<2>", "10.1234/(?a#%\"'>)[`^|]")),
            links={"paper": rng.choice((None, "https://example.org/a?b=%7Bc&d#e_f"))},
        )
        for number in range(count)
    ]


def ask_browser(papers: list[Paper]) -> list[Any]:
    items = [build_item(paper) for paper in papers]
    lines = [json.dumps({"item": item, "bibtex": render_bibtex(item)}) for item in items]
    done = subprocess.run(
        ["node", str(HERE / "cite.mjs"), str(script_modules().parent / "cite")],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(papers: list[Paper]) -> None:
    for paper, made in zip(papers, ask_browser(papers), strict=True):
        item = build_item(paper)
        for form in FORMATS.values():
            assert made["files"][form.ending] == form.render([item, item])
        assert made["sentence"] == render_sentence(item)
        assert {**made["read"], "DOI": item.get("DOI")} == {**item, "DOI": item.get("DOI")}
        assert "\\" in (paper.doi or "") or made["read"].get("DOI") == paper.doi


def test_hostile_papers() -> None:
    papers = make_hostile_papers(1500)
    assert {build_item(paper)["type"] for paper in papers} == {
        *("article", "paper-conference", "article-journal", "thesis")
    }
    check(papers)


@settings(max_examples=20, phases=(Phase.generate,))
@given(PAPERS)
def test_any_papers(paper: Paper) -> None:
    check([paper])


@settings(max_examples=10)
@given(st.lists(st.integers(0, 20), min_size=1, unique=True))
def test_ranges(numbers: list[int]) -> None:
    module = (script_modules().parent / "cite" / "lists.js").as_uri()
    assert read_ranges(module, write_ranges(numbers)) == numbers


def read_ranges(module: str, text: str) -> list[int]:
    script = f"import {{ parseRanges }} from {json.dumps(module)};"
    script += f"console.log(JSON.stringify(parseRanges({json.dumps(text)})))"
    command = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[int] = json.loads(done.stdout)
    return found
