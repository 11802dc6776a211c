"""Python environments of their own, for tests that install something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command that must succeed and give all it says."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout}"
    return done.stdout


def make_environment(folder: Path, *packages: str | Path) -> Path:
    """Make an empty environment, install packages with their dependencies; give its ``bin``."""
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    pip = (sys.executable, "-m", "pip", "--python", folder / "bin" / "python")
    run(*pip, "install", "--quiet", "--disable-pip-version-check", "--no-compile", *packages)
    return folder / "bin"
