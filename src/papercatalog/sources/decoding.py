"""Decodes a source's bytes to text or JSON, or says why they cannot be decoded."""

from __future__ import annotations

import json

MAX_BYTES = 64 * 1024 * 1024
"""The largest source that is read, in bytes; ten thousand papers take about a third of it."""


class UnreadableError(ValueError):
    """A source as a whole is not in its format; the text says why and what to do."""


def decode_text(data: bytes) -> str:
    """Decode a source as UTF-8, or as the UTF-16 that Excel calls "Unicode text".

    A byte order mark at the start is dropped. Raises `UnreadableError` for a source that is
    empty, too large, binary or in another encoding.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"holds {len(data):,} bytes; split it into files of at most {MAX_BYTES:,}"
        )
    if encoding := _utf16(data):
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise UnreadableError(
                f"is not UTF-16 at byte {error.start}; save it as UTF-8"
            ) from None
        if text.strip() and "\0" not in text:
            return text
    if b"\0" in data:
        raise UnreadableError(f"is binary (a zero byte at offset {data.index(0)}), not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"is not UTF-8 (byte {data[error.start]:#04x} at offset {error.start}); "
            "save it as UTF-8"
        ) from None
    if not text.strip():
        raise UnreadableError("is empty")
    return text


def decode_leniently(data: bytes) -> str:
    """Decode a source to look at its format: bytes that are damaged become U+FFFD."""
    return data.decode(_utf16(data) or "utf-8", "replace")


def _utf16(data: bytes) -> str:
    """Name the byte order of UTF-16 by its mark, or by the zero bytes of ASCII; empty for none."""
    start = data[:200]
    if start.startswith(b"\xff\xfe") or (len(start) > 3 and not any(start[1::2])):
        return "utf-16-le"
    return "utf-16-be" if start.startswith(b"\xfe\xff") else ""


def decode_json(data: bytes | str) -> object:
    """Decode a source as JSON (RFC 8259).

    Raises `UnreadableError`, with the line and column where it stops being JSON.
    """
    text = data if isinstance(data, str) else decode_text(data)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(f"is not JSON from {place} on") from None
    except RecursionError:
        raise UnreadableError("is not a list of papers: its JSON is nested too deeply") from None
    except ValueError:
        raise UnreadableError("holds a number too long to read") from None
