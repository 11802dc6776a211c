"""``papercatalog newsletter``: what it writes, prints and returns."""

from __future__ import annotations

import email
from pathlib import Path

import pytest
from click.testing import Result

from made_catalog import run
from mail_server import KEEP_AND_DROP, MailServer, make_environment, serve_mail

WEEK = ("newsletter", "--week", "2025-W31")


def send(root: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch, *options: str) -> Result:
    for name, value in make_environment(server).items():
        monkeypatch.setenv(name, value)
    return run(root, *WEEK, "--per-minute", "6000", "--send", str(root / "addresses.txt"), *options)


def test_without_options_the_last_week_is_printed(root: Path) -> None:
    done = run(root, "newsletter")
    assert done.exit_code == 0
    assert done.stdout == run(root, *WEEK).stdout
    assert "3 papers of 28 July to 3 August 2025" in done.stdout
    assert "https://a.example.org/papers/2025/two/" in done.stdout


def test_papers_are_chosen_by_topic_and_search(root: Path) -> None:
    assert "2 papers on Agents" in run(root, *WEEK, "--topic", "Agents").stdout
    found = run(root, *WEEK, "--search", "tide table").stdout
    assert "A Tide Table" in found
    assert "Paper Lanterns" not in found
    assert "3 papers" in run(root, "newsletter", "--day", "2025-07-28").stdout
    assert "3 papers of July 2025" in run(root, "newsletter", "--month", "2025-07").stdout


def test_a_draft_is_written(root: Path) -> None:
    out = root / "week.eml"
    assert run(root, *WEEK, "--out", str(out)).exit_code == 0
    first = out.read_bytes()
    message = email.message_from_bytes(first)
    assert message.get_content_type() == "multipart/alternative"
    assert message["X-Unsent"] == "1"
    run(root, *WEEK, "--out", str(out))
    assert out.read_bytes() == first


def test_it_opens_in_a_browser(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    assert run(root, *WEEK, "--open").exit_code == 0
    (name,) = opened
    assert "Paper Lanterns" in Path(name).read_text()
    Path(name).unlink()


def test_nothing_to_send_has_an_exit_code_of_its_own(root: Path) -> None:
    done = run(root, "newsletter", "--week", "2024-W01")
    assert (done.exit_code, done.stderr) == (3, "there is no paper to send\n")
    assert run(root, *WEEK, "--search", "nowhere").exit_code == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--week", "31"), "write it as 2025-W31"),
        (("--month", "July"), "write it as 2025-07"),
        (("--week", "2025-W31", "--day", "2025-07-28"), "name one of"),
        (("--topic", "agent"), "did you mean 'agents'?"),
        (("--dry-run",), "add --send FILE"),
    ],
)
def test_wrong_options_are_named(root: Path, options: tuple[str, ...], words: str) -> None:
    done = run(root, "newsletter", *options)
    assert done.exit_code in (1, 2)
    assert words in done.stderr


def test_a_site_without_address_sends_nothing(root: Path) -> None:
    (root / "mkdocs.yml").write_text("site_name: A\n")
    done = run(root, *WEEK)
    assert done.exit_code == 1
    assert "site_url" in done.stderr


def test_a_dry_run_says_what_goes_to_how_many(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_mail() as server:
        done = send(root, server, monkeypatch, "--dry-run")
    assert done.exit_code == 0
    assert "it would go to 3 addresses" in done.stdout
    assert (server.seen, (root / "newsletter").exists()) == ([], False)


def test_sending_ends_in_a_report(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (root / "addresses.txt").open("a") as file:
        file.write("no address\nADA@example.org\nada@EXAMPLE.org\n")
    with serve_mail() as server:
        server.fail("RCPT", "550 5.1.1 <ada@example.org> is nobody")
        done = send(root, server, monkeypatch)
        again = send(root, server, monkeypatch)
    assert done.exit_code == 4
    assert "line 4 is no address" in done.stderr
    assert "line 1, ada@example.org: the server refused the address (550 5.1.1)" in done.stderr
    assert "1 stand in the file twice" in done.stdout
    assert "sent: 3" in done.stdout
    assert server.counts() == {"bob@example.org": 1, "cem@example.org": 1, "ADA@example.org": 1}
    assert "3 got it before" in again.stdout
    assert "refused for ever in an earlier run: 1" in again.stderr


def test_addresses_stay_hidden_where_others_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve_mail() as server:
        actions = {"RCPT": ["550 <ada@example.org> is nobody"], "END": [KEEP_AND_DROP]}
        server.fault = lambda at, _: actions[at].pop() if actions.get(at) else ""
        done = send(root, server, monkeypatch, "--hide-addresses")
        again = send(root, server, monkeypatch, "--hide-addresses")
    assert done.exit_code == again.exit_code == 4
    assert "line 1: the server refused the address (550)" in done.output
    assert "line 2: cut off in an earlier run" in again.output
    assert "example.org" not in (done.output + again.output).replace("a.example.org", "")
    assert "nobody" not in done.output


def test_a_stop_says_how_to_go_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_mail() as server:
        server.fail("MAIL", "550 Not from you")
        done = send(root, server, monkeypatch)
    assert done.exit_code == 1
    assert "3 did not get it: run the same command again to go on" in done.stderr


def test_settings_and_addresses_are_needed(root: Path) -> None:
    done = run(root, *WEEK, "--send", str(root / "addresses.txt"))
    assert done.exit_code == 1
    assert "PAPERCATALOG_SMTP_HOST is not set; PAPERCATALOG_MAIL_FROM is not set" in done.stderr
