"""A site in a language without words: its own are English, and the build says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import PLAIN, build_project, write_project


def test_a_language_without_words_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    config = PLAIN.replace("font: false", "font: false\n  language: fr")
    built = build_project(write_project(tmp_path, config), caplog)
    (told,) = (line for line in built.told if "theme.language" in line)
    assert "has no words in fr" in told
    assert told.endswith("it has them in de, en, zh")
    html = built.read("topics/index.html")
    assert '<html lang="fr"' in html
    assert '<div lang="en" class="pc-page">' in html
