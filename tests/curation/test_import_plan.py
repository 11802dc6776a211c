"""Imports: what becomes of each paper of a digest, and what is never touched."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from papercatalog.cli import main
from papercatalog.curation.import_plan import (
    PagesChangedError,
    find_changed,
    plan_import,
    write_plan,
    write_updates,
)
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.loading import load_catalog
from papercatalog.model.page import parse_page
from papercatalog.model.topics import Vocabulary
from papercatalog.sources.digest import parse_digest
from repository import ROOT

SEED = (ROOT / "seeds" / "2025-07-29.txt").read_bytes()
ABSTRACTS = {
    "Sparse Attention": (
        "Long documents strain every transformer, since each token looks at all the others. "
        "This fabricated work keeps one key in sixteen and chooses it by a hash of the query. "
        "On four invented benchmarks nothing is lost, while memory falls to a fifth of what it was."
    ),
    "Protein Folding": (
        "How a chain of residues bends is written in its neighbours, or so biologists hope. "
        "We made up twelve thousand structures and let a diffusion process draw their angles. "
        "Crystals that do not exist were reproduced within 2.1 imaginary ångströms."
    ),
    "Speech Translation": (
        "A voice in one tongue should become text in another without a transcript between them. "
        "Our invented encoder listens to raw audio in Basque, Hausa and Welsh, never to English. "
        "Delays shrink by 340 milliseconds in a trial that nobody held."
    ),
    "Robot Hands": (
        "Grasping an egg needs fingers that feel, and cheap sensors feel badly. "
        "Here a simulated palm with made-up tactile skin learns from falls instead of successes. "
        "It juggles cups after six hours of training which never took place."
    ),
}
SUBJECTS = tuple(ABSTRACTS)


def digest(*subjects: str, day: str = "Jul 29") -> str:
    papers = "".join(
        f"Made-Up Findings in {subject}\n\n{ABSTRACTS[subject]}\n\n" for subject in subjects
    )
    return f"Daily Papers\n\n{day}\n\n{papers}"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "import", *arguments])


def last_line(result: Result) -> str:
    return result.stdout.splitlines()[-1]


def snapshot(root: Path) -> dict[str, tuple[bytes, int]]:
    """Give each file's bytes and time of change."""
    return {
        file.relative_to(root).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in sorted(root.rglob("*"))
        if file.is_file() and ".cache" not in file.parts
    }


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog of one digest with two papers, imported."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "2025-07-29.txt").write_text(digest(*SUBJECTS[:2]))
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    return tmp_path


@pytest.fixture
def page(catalog: Path) -> Path:
    return catalog / "docs" / "papers" / "2025" / "made-up-findings-in-sparse-attention.md"


def test_new_papers_get_a_page_each(catalog: Path, page: Path) -> None:
    assert sorted(file.stem for file in page.parent.iterdir()) == [
        "made-up-findings-in-protein-folding",
        "made-up-findings-in-sparse-attention",
    ]
    assert page.read_text() == (
        '---\ntitle: "Made-Up Findings in Sparse Attention"\ndate: 2025-07-29\n'
        f"digests: [seeds/2025-07-29.txt]\n---\n{ABSTRACTS['Sparse Attention']}\n"
    )


def test_importing_again_changes_nothing(catalog: Path) -> None:
    before = snapshot(catalog)
    result = run(catalog)
    assert last_line(result) == ("found 2 papers: 0 new, 2 unchanged, 0 updated, 0 invalid")
    assert snapshot(catalog) == before


def test_an_edited_page_is_never_overwritten(catalog: Path, page: Path) -> None:
    page.write_text(
        '---\ntitle: "Made-Up Findings in Sparse Attention"\n# looked up by hand\n'
        "date: 2025-07-29\ntopics: []\nvotes: 7\ndigests: [seeds/2025-07-29.txt]\n---\nMine.\n"
    )
    before = snapshot(catalog)
    assert run(catalog).exit_code == 0
    assert snapshot(catalog) == before


def test_an_update_changes_only_its_lines(catalog: Path, page: Path) -> None:
    text = page.read_text().replace("date:", "# by hand\ndate:").replace("\n", "\r\n")
    page.write_bytes(text.encode())
    (catalog / "seeds" / "2025-07-30.txt").write_text(
        digest("Sparse Attention", "Robot Hands", day="Jul 30")
    )
    result = run(catalog)
    assert last_line(result) == ("found 4 papers: 1 new, 2 unchanged, 1 updated, 0 invalid")
    assert page.read_bytes().decode() == text.replace(
        "[seeds/2025-07-29.txt]", "[seeds/2025-07-29.txt, seeds/2025-07-30.txt]"
    )
    before = snapshot(catalog)
    assert run(catalog).exit_code == 0
    assert snapshot(catalog) == before


def test_an_edited_title_is_still_the_same_paper(catalog: Path, page: Path) -> None:
    page.write_text(
        page.read_text().replace("Made-Up Findings in", "Invented Results on Hashed and")
    )
    before = snapshot(catalog)
    assert "0 new, 2 unchanged" in last_line(run(catalog))
    assert snapshot(catalog) == before


def test_two_papers_of_one_slug_get_two_pages(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    start = "A Fabricated Title That Is So Long That Its Slug Ends Before the Title Itself Ends in"
    texts = [
        f"{start} {end}\n\n{ABSTRACTS[end]}\n\n" for end in ("Sparse Attention", "Robot Hands")
    ]
    (tmp_path / "seeds" / "2025-07-29.txt").write_text("Jul 29\n\n" + "".join(texts))
    assert run(tmp_path).exit_code == 0
    names = sorted(file.stem for file in (tmp_path / "docs" / "papers" / "2025").iterdir())
    assert len(names) == 2
    assert names[1] == f"{names[0]}-2"
    before = snapshot(tmp_path)
    assert run(tmp_path).exit_code == 0
    assert snapshot(tmp_path) == before


def test_rejected_pieces_are_named_and_the_rest_is_imported(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    text = digest("Sparse Attention") + "A Fabricated Title That Nothing Follows\n"
    (tmp_path / "seeds" / "2025-07-29.txt").write_text(text)
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "seeds/2025-07-29.txt:9: " in result.stdout
    assert "[title-without-abstract]" in result.stdout
    assert len(list((tmp_path / "docs" / "papers" / "2025").iterdir())) == 1


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "2025-07-29.txt").write_text(digest(*SUBJECTS))
    before = snapshot(tmp_path)
    said = run(tmp_path, "--dry-run").stdout
    assert snapshot(tmp_path) == before
    assert said == run(tmp_path).stdout + "nothing was written (--dry-run)\n"


def test_json_is_the_printed_report(catalog: Path) -> None:
    (catalog / "seeds" / "2025-07-30.txt").write_text(
        digest("Sparse Attention", "Robot Hands", day="Jul 30") + "A Title That Nothing Follows\n"
    )
    *problems, read, found, _ = run(catalog, "--dry-run").stdout.splitlines()
    data = json.loads(run(catalog, "--dry-run", "--json").stdout)
    assert read == (
        f"read {data['pieces']} pieces: {data['used']} in papers, "
        f"{data['boilerplate']} boilerplate, {data['rejected_pieces']} rejected"
    )
    assert found == (
        f"found {data['papers']} papers: {len(data['new'])} new, {len(data['unchanged'])} "
        f"unchanged, {len(data['updated'])} updated, {len(data['invalid'])} invalid"
    )
    assert [line.split(" [")[-1] for line in problems] == [
        f"{problem['code']}]" for problem in (*data["rejected"], *data["invalid"])
    ]


def test_the_year_is_never_guessed(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text(digest("Sparse Attention"))
    result = run(tmp_path, str(notes))
    assert result.exit_code == 1
    assert "--year" in result.stdout
    assert not (tmp_path / "docs").exists()
    assert run(tmp_path, str(notes), "--year", "2024").exit_code == 0
    (written,) = (tmp_path / "docs" / "papers" / "2024").iterdir()
    assert "digests: [notes.txt]" in written.read_text()


def test_without_a_digest_the_command_says_what_to_do(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "put a digest into seeds/" in result.stderr


def test_an_import_stops_where_the_catalog_has_problems(catalog: Path, page: Path) -> None:
    page.write_text("no front matter")
    before = snapshot(catalog)
    result = run(catalog)
    assert result.exit_code == 1
    assert "[no-front-matter]" in result.stderr
    assert snapshot(catalog) == before


class PowerCutError(BaseException):
    """The process ends here."""


def cut_after(calls: int, step: Callable[..., object]) -> Callable[..., object]:
    """Let a function work so many times, then end the process instead."""
    left = [calls]

    def stepping(*arguments: object, **named: object) -> object:
        if not left[0]:
            raise PowerCutError
        left[0] -= 1
        return step(*arguments, **named)

    return stepping


@pytest.mark.parametrize(
    ("owner", "name", "calls", "made"),
    [
        *((os, "fdopen", calls, min(calls, 2)) for calls in range(4)),
        *((Path, "chmod", calls, min(calls, 2)) for calls in range(4)),
        *((Path, "hardlink_to", calls, calls) for calls in range(2)),
        *((Path, "replace", calls, 2) for calls in range(2)),
    ],
)
def test_a_crash_leaves_every_page_whole(
    catalog: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, calls: int, made: int
) -> None:
    (catalog / "seeds" / "2025-07-30.txt").write_text(digest(*SUBJECTS, day="Jul 30"))
    before = snapshot(catalog)
    loaded = load_catalog(catalog)
    parsed_sources = [
        parse_digest(file.read_bytes(), f"seeds/{file.name}")
        for file in sorted((catalog / "seeds").iterdir())
    ]
    plan = plan_import(loaded, parsed_sources)
    assert (len(plan.new), len(plan.updates)) == (2, 2)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, cut_after(calls, getattr(owner, name)))
        with pytest.raises(PowerCutError):
            write_plan(catalog, plan)
    after = snapshot(catalog)
    assert not [path for path in after if not path.endswith((".md", ".txt"))]
    for path, (content, _) in after.items():
        if path.endswith(".md"):
            paper = parse_page(content.decode(), path)
            whole = next((one for one in plan.apply(loaded).papers if one.id == paper.id), None)
            assert paper == whole or content == before[path][0]
    assert len(after) == len(before) + made
    write_plan(catalog, plan_import(load_catalog(catalog), parsed_sources))
    assert snapshot(catalog).keys() == before.keys() | {f"docs/{new.path}" for new in plan.new}
    assert set(load_catalog(catalog).papers) == set(plan.apply(loaded).papers)


def test_a_page_that_is_made_or_edited_meanwhile_is_not_replaced(catalog: Path) -> None:
    (catalog / "seeds" / "2025-07-30.txt").write_text(digest(*SUBJECTS, day="Jul 30"))
    parsed_sources = [
        parse_digest(file.read_bytes(), f"seeds/{file.name}")
        for file in sorted((catalog / "seeds").iterdir())
    ]
    plan = plan_import(load_catalog(catalog), parsed_sources)
    made = catalog / "docs" / plan.new[1].path
    edited = catalog / "docs" / plan.updates[0].paper.path
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text("by hand")
    edited.write_text(edited.read_text().replace("---\n", "---\nvotes: 3\n", 1))
    before = made.read_bytes(), edited.read_bytes()
    changed = [f"docs/{plan.new[1].path}", f"docs/{plan.updates[0].paper.path}"]
    assert find_changed(catalog, plan) == changed
    with pytest.raises(PagesChangedError, match=plan.new[1].id):
        write_plan(catalog, plan)
    others = {path: seen for path, seen in snapshot(catalog).items() if path.endswith(".md")}
    with pytest.raises(PagesChangedError, match=plan.updates[0].paper.id):
        write_updates(catalog, list(reversed(plan.updates)))
    assert others == {path: seen for path, seen in snapshot(catalog).items() if path in others}
    assert (made.read_bytes(), edited.read_bytes()) == before


CORRECTED = {
    "accompanying T regret": "accompanying √T regret",
    "including opendomain question": "including open-domain question",
    "Policy-Optimized RetrievalAugmented": "Policy-Optimized Retrieval-Augmented",
}
"""What the digest has lost, and what people have written into the pages; imports leave it."""


def test_the_whole_digest_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "2025-07-29.txt").write_bytes(SEED)
    shutil.copytree(ROOT / "docs" / "topics", tmp_path / "docs" / "topics")
    result = run(tmp_path)
    assert result.exit_code == 0, result.output
    assert last_line(result) == ("found 110 papers: 110 new, 0 unchanged, 0 updated, 0 invalid")
    written = load_catalog(tmp_path)
    kept = load_catalog(ROOT)
    assert set(written.by_id) <= set(kept.by_id)
    for paper in written.papers:
        assert paper.title == kept.by_id[paper.id].title
        abstract = paper.abstract
        for pasted, corrected in CORRECTED.items():
            abstract = abstract.replace(pasted, corrected)
        assert abstract == kept.by_id[paper.id].abstract
    before = snapshot(tmp_path)
    assert run(tmp_path).exit_code == 0
    assert snapshot(tmp_path) == before


@given(st.randoms(use_true_random=False), st.sampled_from(["", "\n", "\n\n\n", "\r\n\r\n"]))
def test_sums_agree_whatever_is_pasted(chance: random.Random, joint: str) -> None:
    lines = SEED.decode().splitlines()[:60]
    for _ in range(chance.randrange(8)):
        place = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, lines[chance.randrange(len(lines))])
            case 2:
                lines[place] = lines[place][: chance.randrange(len(lines[place]) + 1)]
            case _:
                lines.insert(place, chance.choice(["·", "12", "Upvote", "Submitted by", "Jul 30"]))
    text = ("\n" if chance.random() < 0.5 else joint or "\n").join(lines)
    parsed = parse_digest(text.encode(), "seeds/2025-07-29.txt")
    assert parsed.balanced()
    plan = plan_import(load_empty(), [parsed])
    assert plan.report.is_balanced(len(parsed.records))
    again = plan_import(plan.apply(load_empty()), [parsed])
    assert not again.new
    assert again.report.is_balanced(len(parsed.records))


def load_empty() -> Catalog:
    return build_catalog((), Vocabulary(()))
