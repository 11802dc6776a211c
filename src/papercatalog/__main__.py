"""``python -m papercatalog`` is the command ``papercatalog``."""

from __future__ import annotations

from papercatalog.cli import main

if __name__ == "__main__":
    main(prog_name="papercatalog")
