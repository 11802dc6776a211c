"""``papercatalog serve``: the website on this machine, rebuilt as pages change."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import click

from papercatalog.cli.common import require_config
from papercatalog.model.catalog_folder import CatalogFolder

QUIET = {"NO_MKDOCS_2_WARNING": "1"}
"""Keeps the theme from printing advice on other software into every build."""


@click.command()
@click.option(
    "--address", default="127.0.0.1:8000", show_default=True, help="Host and port to serve it at."
)
@click.pass_obj
def serve(root: CatalogFolder, address: str) -> None:
    """Serve the website and rebuild it as pages change.

    Pages are papers, topics and digests. An address of 0.0.0.0:8000 shows the website to other
    machines too. Stop it with Ctrl-C.

    \b
        papercatalog serve
        papercatalog serve --address 127.0.0.1:8080
    """
    require_config(root)
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    command += ["--config-file", str(root.config)]
    with subprocess.Popen(command, cwd=root.config.parent, env={**os.environ, **QUIET}) as server:  # noqa: S603
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        code = server.wait()
    if code:
        raise SystemExit(code)
