"""One command at a time changes a catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from papercatalog.runtime.locks import hold_lock
from programs import run_program


def test_a_lock_is_held_by_one_process_and_let_go_at_its_end(tmp_path: Path) -> None:
    program = """
        import sys
        from pathlib import Path
        from papercatalog.runtime.locks import hold_lock

        try:
            with hold_lock(Path(sys.argv[1])):
                print("held")
        except BlockingIOError:
            print("refused")
        """
    with hold_lock(tmp_path):
        assert run_program(program, str(tmp_path)) == ["refused"]
    assert run_program(program, str(tmp_path)) == ["held"]
    assert (tmp_path / ".cache" / ".gitignore").read_text().endswith("*\n")


def test_a_lock_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file")
    with pytest.raises(OSError), hold_lock(tmp_path):
        pass
