"""The browser's modules with the generated one among them, as files.

    python tests/helpers/script_modules.py build/scripts

writes the generated module alone, which the type checker finds there.
"""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from papercatalog.outputs.scripts import CONSTANTS, SCRIPTS, render_constants


def write_constants(folder: Path) -> None:
    """Write the generated module into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{CONSTANTS}.js").write_text(f"// @ts-check\n{render_constants()}", "utf-8")


@cache
def script_modules() -> Path:
    """Return the folder of the search modules, copied with those of the form beside them."""
    root = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, root)
    shutil.copytree(SCRIPTS.parent, root, dirs_exist_ok=True)
    write_constants(root / SCRIPTS.name)
    return root / SCRIPTS.name


if __name__ == "__main__":
    write_constants(Path(sys.argv[1]))
