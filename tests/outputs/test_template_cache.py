"""Compiled templates are kept where it is safe, and used only for the same template and options."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from papercatalog.outputs.template_cache import keep_compiled

TEXT = "{% if name %}\n<p>{{ name }}</p>\n{% endif %}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def render(text: str = TEXT, *, trim: bool = False, escape: bool = True) -> tuple[str, bool]:
    """Render a template in a new environment; say whether it had to be compiled, too."""
    environment = Environment(
        loader=DictLoader({"page": text}), trim_blocks=trim, autoescape=escape
    )
    compiled: list[object] = []
    generate = environment.compile

    def compile_it(*given: Any, **more: Any) -> Any:
        compiled.append(given)
        return generate(*given, **more)

    environment.compile = compile_it  # type: ignore[method-assign]
    keep_compiled(environment)
    return environment.get_template("page").render(name="A < B"), bool(compiled)


def test_a_template_is_compiled_once() -> None:
    first, second = render(), render()
    assert first == ("\n<p>A &lt; B</p>\n", True)
    assert second == (first[0], False)


def test_other_options_and_other_texts_are_compiled_anew() -> None:
    render()
    assert render(trim=True) == ("<p>A &lt; B</p>\n", True)
    assert render(escape=False) == ("\n<p>A < B</p>\n", True)
    assert render("{{ name }}!") == ("A &lt; B!", True)


@pytest.mark.parametrize("kind", ["filters", "tests", "finalize"])
def test_nothing_is_kept_where_others_take_part_in_compiling(kind: str, folder: Path) -> None:
    """Jinja works out constants when it compiles, and what others make of them may change."""
    for version in ("1.0", "2.0"):
        environment = Environment(loader=DictLoader({"page": "{{ 'app'|upper }} {{ 1 is odd }}"}))
        keep_compiled(environment)
        if kind == "finalize":
            environment.finalize = lambda value, version=version: f"{value} {version}"
        else:
            name = {"filters": "upper", "tests": "odd"}[kind]
            getattr(environment, kind)[name] = lambda value, version=version: f"{value} {version}"
        assert version in environment.get_template("page").render()
    assert not list(folder.glob("*/*"))


def test_what_is_kept_lies_in_a_folder_of_the_user_alone(folder: Path) -> None:
    render()
    (place,) = folder.iterdir()
    assert place.stat().st_mode & 0o077 == 0
    assert [file.suffix for file in place.iterdir()] == [".cache"]


def test_a_folder_that_others_prepared_is_not_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    render()
    monkeypatch.setattr("os.getuid", lambda: 12345)
    (folder / "_jinja2-cache-12345").mkdir()
    assert render()[1]
    assert render() == ("\n<p>A &lt; B</p>\n", True)
    assert not list((folder / "_jinja2-cache-12345").iterdir())


def test_a_template_that_cannot_be_kept_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", fail)
    assert render() == ("\n<p>A &lt; B</p>\n", True)
