"""Packs the papercatalog that runs as a wheel, so that a new catalog needs no package index for it.

The format is that of PEP 427. The same package gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from importlib.metadata import distribution
from pathlib import Path

from papercatalog import __version__

PACKAGE = Path(__file__).parents[1]
WHEEL_NAME = f"papercatalog-{__version__}-py3-none-any.whl"
_INFO = f"papercatalog-{__version__}.dist-info"
_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""
_WHEEL = b"Wheel-Version: 1.0\nGenerator: papercatalog\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def build_wheel() -> bytes:
    """Pack the installed package.

    Raises:
        PackageNotFoundError: Python runs the package without having it installed.
    """
    files = {
        f"papercatalog/{file.relative_to(PACKAGE).as_posix()}": file.read_bytes()
        for file in _list_files(PACKAGE)
    }
    installed = distribution("papercatalog")
    for file in installed.files or ():
        name = re.fullmatch(
            r"papercatalog-[^/]+\.dist-info/(entry_points\.txt|licenses/.+)", str(file)
        )
        if name:
            files[f"{_INFO}/{name[1]}"] = Path(str(file.locate())).read_bytes()
    metadata = installed.read_text("METADATA") or ""
    metadata = re.sub(r"(?m)^Version: .*$", f"Version: {__version__}", metadata, count=1)
    files |= {f"{_INFO}/METADATA": metadata.encode(), f"{_INFO}/WHEEL": _WHEEL}
    rows = [f"{path},sha256={_hash(content)},{len(content)}\n" for path, content in files.items()]
    files[f"{_INFO}/RECORD"] = "".join([*rows, f"{_INFO}/RECORD,,\n"]).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            info = zipfile.ZipInfo(path, _TIME)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, content)
    return packed.getvalue()


def _list_files(folder: Path) -> list[Path]:
    """List the files below a folder, links to folders followed, but what Python compiles."""
    found: list[Path] = []
    for item in sorted(folder.iterdir()):
        if item.is_dir():
            found += [] if item.name == "__pycache__" else _list_files(item)
        else:
            found.append(item)
    return found


def _hash(content: bytes) -> str:
    """Hash as a wheel's record does: SHA-256 in base64 without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
