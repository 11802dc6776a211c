"""Finds a Chromium for the browser tests, or gets one; run as a script it says which.

The one installed is used; else, on Debian or Ubuntu as root, the system's package; else the
browser that Playwright downloads.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
"""What Chromium is started with: no more than the site under test is asked for."""
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
REMEDY = (
    "No Chromium could be found or installed for the browser tests. Install one (on Debian and "
    "Ubuntu: apt-get install chromium; elsewhere: playwright install chromium), or leave these "
    "tests out with NO_BROWSER=1."
)


def find_chromium() -> str | None:
    """Give the path of an installed Chromium, Playwright's own included."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install_chromium() -> str | None:
    """Install Chromium by the system's packages or by Playwright; give its path."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        packages = ["apt-get", "install", "--yes", "--quiet", "chromium"]
        run(["apt-get", "update", "--quiet"])
        run(packages)
    if not find_chromium():
        run([sys.executable, "-m", "playwright", "install", "chromium"])
    return find_chromium()


def run(command: list[str]) -> None:
    """Run a command whose failure shows in what is there afterwards."""
    print("+", " ".join(command), flush=True)
    subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False)


if __name__ == "__main__":
    if os.environ.get("NO_BROWSER"):
        print("NO_BROWSER is set: the browser tests are left out")
    else:
        found = find_chromium() or install_chromium()
        if not found:
            sys.exit(REMEDY)
        print(f"browser tests use {found}")
