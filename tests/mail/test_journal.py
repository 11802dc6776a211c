"""The journal on disk: what a crash leaves of it, and what it tells others."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from papercatalog.mail.addresses import Recipient
from papercatalog.mail.journal import JournalError, State, open_journal

KEY = b"a fabricated key"
ADA, BOB = Recipient("ada", "example.org"), Recipient("bob", "example.org")


def write(folder: Path) -> Path:
    """Write a journal of two addresses, and give its file."""
    with open_journal(folder, "week", KEY) as journal:
        journal.record(ADA, State.INTENDED)
        journal.record(ADA, State.ACCEPTED)
        journal.record(BOB, State.INTENDED)
    return folder / "week.txt"


def read(folder: Path, key: bytes = KEY) -> list[State | None]:
    with open_journal(folder, "week", key) as journal:
        return [journal.find(ADA), journal.find(BOB)]


def test_a_crash_at_any_byte_is_read_as_what_had_happened(tmp_path: Path) -> None:
    content = write(tmp_path).read_bytes()
    known: list[list[State | None]] = []
    for size in range(len(content) + 1):
        (tmp_path / "week.txt").write_bytes(content[:size])
        known.append(read(tmp_path))
        assert read(tmp_path) == known[-1], "what was cut off stays off"
        with open_journal(tmp_path, "week", KEY) as journal:
            journal.record(BOB, State.ACCEPTED)
        assert read(tmp_path)[1] == State.ACCEPTED
    steps = [state for number, state in enumerate(known) if state != known[number - 1]]
    assert steps == [
        [None, None],
        [State.INTENDED, None],
        [State.ACCEPTED, None],
        [State.ACCEPTED, State.INTENDED],
    ]


def test_a_last_line_of_noise_is_cut_off(tmp_path: Path) -> None:
    path = write(tmp_path)
    with path.open("ab") as file:
        file.write(b"\0" * 40)
    assert read(tmp_path) == [State.ACCEPTED, State.INTENDED]


def test_damage_further_up_stops_everything(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"accepted", b"acceptxd"))
    with pytest.raises(JournalError, match=r"week\.txt:3: the line is damaged"):
        read(tmp_path)


def test_another_key_or_newsletter_stops_everything(tmp_path: Path) -> None:
    path = write(tmp_path)
    with pytest.raises(JournalError, match="another key"):
        read(tmp_path, b"another fabricated key")
    path.rename(tmp_path / "day.txt")
    with (
        pytest.raises(JournalError, match="another newsletter"),
        open_journal(tmp_path, "day", KEY),
    ):
        pass


def test_nobody_learns_addresses_from_it(tmp_path: Path) -> None:
    folder = tmp_path / "newsletter"
    content = write(folder).read_bytes()
    assert b"ada" not in content
    assert b"example" not in content
    assert (folder / ".gitignore").read_text() == "*\n"
    assert stat.S_IMODE((folder / "week.txt").stat().st_mode) == 0o600
    with open_journal(folder, "month") as journal:
        journal.record(ADA, State.ACCEPTED)
    with open_journal(folder, "month") as journal:
        assert journal.find(ADA) == State.ACCEPTED
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600


def test_two_runs_do_not_send_at_once(tmp_path: Path) -> None:
    with open_journal(tmp_path, "week", KEY), pytest.raises(BlockingIOError):
        write(tmp_path)


def test_each_line_is_on_disk_before_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    with open_journal(tmp_path, "week", KEY) as journal:
        path = tmp_path / "week.txt"
        monkeypatch.setattr("os.fsync", lambda handle: synced.append(path.read_bytes()[-74:-65]))
        journal.record(ADA, State.INTENDED)
        journal.record(ADA, State.REFUSED)
    assert synced == [b"intended ", b"\nrefused "]
