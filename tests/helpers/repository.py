"""The repository, which is a catalog itself, and the command that works on catalogs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The repository."""
SITES = ROOT / "tests" / "sites"
"""Whole small catalogs, every paper of them fabricated."""
SMALL = SITES / "small"
INVALID = SITES / "invalid"
"""Catalogs with problems; ``expected.txt`` beside each lists them."""
SEED = ROOT / "seeds" / "2025-07-29.txt"
"""The repository's first digest."""


def run_command(
    root: Path, *arguments: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run papercatalog in a process of its own, as a user does."""
    done = subprocess.run(
        [sys.executable, "-m", "papercatalog", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done
