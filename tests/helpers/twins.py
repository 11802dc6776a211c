"""Asks the browser's modules, run by Node, what Python is asked too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from papercatalog.model.loading import load_catalog
from papercatalog.outputs.contribute import build_schema, spell_letters
from repository import ROOT
from script_modules import script_modules

HERE = Path(__file__).parents[1] / "theme"
SCHEMA = build_schema(load_catalog(ROOT))


def ask_browser(*cases: tuple[str, Any]) -> list[Any]:
    """Give the answer to each case: the name of a function in ``twins.mjs`` and its argument."""
    beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    node = shutil.which("node", path=beside)
    assert node, "these tests need Node 20 or newer"
    asked = {"rules": SCHEMA, "letters": spell_letters(), "cases": cases}
    done = subprocess.run(
        [node, str(HERE / "twins.mjs"), str(script_modules().parent / "contribute")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    assert len(answers) == len(cases)
    return answers
