"""Runs small programs in processes of their own: one that runs tests may have threads."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import dedent


def run_program(code: str, *arguments: str, start: str = "", workers: str = "2") -> list[str]:
    """Run a program, after what it starts with, and give the lines that it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", start + dedent(code), *arguments],
        env={**os.environ, "PAPERCATALOG_WORKERS": workers},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()
