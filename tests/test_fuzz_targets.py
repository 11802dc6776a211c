"""The targets of `make fuzz` hold for what they start from, and notice what must not be."""

from __future__ import annotations

import sys

import pytest

import fuzz_targets
from fuzz_targets import TARGETS
from papercatalog.sources.formats import read_source
from papercatalog.sources.record import ParsedSource
from papercatalog.text.rendered import Rendered


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_for_its_seeds(name: str) -> None:
    target = TARGETS[name]
    assert target.seeds
    for seed in (
        *target.seeds,
        b"",
        b"\0",
        b"\xff\xfe",
        *(token.encode() for token in target.tokens),
    ):
        target.check(seed)


def test_seeds_of_sources_hold_papers() -> None:
    made: list[int] = []
    real = read_source

    def read(name: str, data: bytes) -> ParsedSource:
        parsed = real(name, data)
        made.append(len(parsed.records))
        return parsed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fuzz_targets, "read_source", read)
        for name in ("digest", "bibtex", "ris", "csv", "json", "dump", "exports"):
            made.clear()
            for seed in TARGETS[name].seeds:
                TARGETS[name].check(seed)
            assert sum(made) > 0, name


def test_markup_that_is_not_allowed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def render(text: str) -> Rendered:
        return Rendered(html=text, plain=text)

    monkeypatch.setattr(fuzz_targets, "render_text", render)
    for html in (b"<script>a</script>", b"<p onclick=a>", b"<a href='javascript:a'>"):
        with pytest.raises(AssertionError):
            TARGETS["markdown"].check(html)


def test_the_suite_needs_no_fuzzer() -> None:
    assert "atheris" not in sys.modules
