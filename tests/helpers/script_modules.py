"""The browser's modules with the generated ones among them, as files.

    python tests/helpers/script_modules.py build/scripts

writes the generated modules alone, which the type checker finds there. Their words are English.
"""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from papercatalog.outputs.script_words import FORM, MODULE, render_words
from papercatalog.outputs.script_words import SCRIPTS as BUNDLED
from papercatalog.outputs.scripts import CONSTANTS, SCRIPTS, render_constants
from papercatalog.words import load_words


def write_generated(folder: Path) -> None:
    """Write the generated modules of search into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    modules = {CONSTANTS: render_constants(), MODULE: render_words(load_words("en"), BUNDLED)}
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(f"// @ts-check\n{text}", "utf-8")


@cache
def script_modules() -> Path:
    """Return the folder of the search modules, copied with those of the form beside them."""
    root = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, root)
    shutil.copytree(SCRIPTS.parent, root, dirs_exist_ok=True)
    write_generated(root / SCRIPTS.name)
    words = render_words(load_words("en"), FORM)
    (root / "contribute" / f"{MODULE}.js").write_text(words, "utf-8")
    return root / SCRIPTS.name


if __name__ == "__main__":
    write_generated(Path(sys.argv[1]))
