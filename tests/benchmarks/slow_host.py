"""A static host at the end of a slow line, as a process of its own: 50 ms a request, 10 Mbit/s.

    python slow_host.py FOLDER [PART…]

Connections are taken as open, as they are where a host speaks HTTP/2 and the reader has just loaded
a page of it; all answers share the line, in turns of a few packets. Text is sent compressed, and
compressed beforehand. ``/-/taken`` answers how many bytes were sent since it was last asked, with
headers, of addresses that hold one of the parts.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROUND_TRIP = 0.05
BYTES_A_SECOND = 1.25e6
HEADERS = 160
"""Bytes of an answer's headers, about."""
TURN = 4_200
"""Bytes that one answer sends before the next one's turn."""
COMPRESSED = (".html", ".js", ".json", ".css", ".xml")


class Host:
    """Answers requests for the files of a folder; counts what it sends."""

    def __init__(self, folder: Path, counted: Sequence[str]) -> None:
        self.folder = folder
        self.counted = counted
        self.sent = 0
        self.free = 0.0
        """When the line has sent what it was given, on the loop's clock."""
        self.kept: dict[Path, bytes] = {}
        for path in folder.rglob("*"):
            if path.suffix in COMPRESSED and any(part in f"/{path}" for part in counted):
                self.body(path)

    def body(self, path: Path) -> bytes:
        """A file as it is sent."""
        if path not in self.kept:
            data = path.read_bytes()
            self.kept[path] = gzip.compress(data, 6) if path.suffix in COMPRESSED else data
        return self.kept[path]

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection, one after the other."""
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                await self.answer(request.split()[1].decode(), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def answer(self, address: str, writer: asyncio.StreamWriter) -> None:
        """Send one answer, as fast as the line allows."""
        clock = asyncio.get_running_loop().time
        ready = clock() + ROUND_TRIP
        if address == "/-/taken":
            taken, self.sent = self.sent, 0
            writer.write(_head("200 OK", "text/plain", len(str(taken))) + str(taken).encode())
            return
        path = self.folder / urllib.parse.unquote(address.partition("?")[0]).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = self.body(path) if found else b""
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        packed = found and path.suffix in COMPRESSED
        head = _head("200 OK" if found else "404 Not Found", kind, len(body), packed=packed)
        if any(part in address for part in self.counted):
            self.sent += len(body) + HEADERS
        await asyncio.sleep(ready - clock())
        writer.write(head)
        for at in range(0, len(body), TURN):
            piece = body[at : at + TURN]
            # From when it would be ready, not from now: a busy machine makes the line no slower.
            self.free = ready = max(self.free, ready) + len(piece) / BYTES_A_SECOND
            await asyncio.sleep(ready - clock())
            writer.write(piece)
        await writer.drain()


def _head(status: str, kind: str, size: int, *, packed: bool = False) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {size}"]
    if packed:
        lines.append("Content-Encoding: gzip")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@contextmanager
def serve(folder: Path, counted: Sequence[str] = ()) -> Iterator[str]:
    """Serve a folder from another process; gives the address, with a slash at its end."""
    command = [sys.executable, __file__, str(folder), *counted]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.terminate()


def take(address: str) -> int:
    """How many counted bytes the host has sent since this was last asked."""
    with urllib.request.urlopen(f"{address}-/taken") as answer:
        return int(answer.read())


async def main() -> None:
    host = Host(Path(sys.argv[1]), sys.argv[2:])
    server = await asyncio.start_server(host.connect, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
