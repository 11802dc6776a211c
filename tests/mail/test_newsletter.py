"""The newsletter: which papers, what is said of them, and that any text stays text."""

from __future__ import annotations

import datetime as dt
import email
import re
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape

import pytest

from hostile import PIECES
from html_pages import parse_html
from made_catalog import CURATED, make_paper
from papercatalog.mail.addresses import Recipient, parse_addresses
from papercatalog.mail.message import make_draft, make_message
from papercatalog.mail.newsletter import MAX_HTML, WIDTH, Newsletter, Selection, make_newsletter
from papercatalog.mail.period import latest_week, parse_month, parse_week
from papercatalog.mail.settings import SettingsError, read_settings
from papercatalog.model.catalog import Catalog, build_catalog
from papercatalog.model.field_types import MAX_LINE
from papercatalog.model.fields import Links
from papercatalog.model.invisible import find_unsafe_sign
from papercatalog.model.paper import Paper
from papercatalog.model.topics import Topic, Vocabulary
from papercatalog.outputs.context import SiteInfo

SITE = SiteInfo("My <papers>", "https://a.example.org/")
WEEK = parse_week("2025-W31")
WHEN = dt.datetime(2025, 8, 4, 6, tzinfo=dt.UTC)
VOCABULARY = Vocabulary(
    tuple(Topic(slug, slug.title(), terms=(slug,)) for slug in ("light", "sea"))
)
ENVIRONMENT = {
    "PAPERCATALOG_SMTP_HOST": "smtp.example.org",
    "PAPERCATALOG_MAIL_FROM": "news@example.org",
    "PAPERCATALOG_MAIL_KEY": "a fabricated key",
}
ADA = Recipient("ada", "example.org", "Ada Lovelace")


def catalog_of(*papers: Paper) -> Catalog:
    return build_catalog(papers, VOCABULARY)


def make(*papers: Paper, most: int = 30, topic: str = "") -> Newsletter:
    selection = Selection(WEEK, topic)
    made = make_newsletter(catalog_of(*papers), SITE, selection, most)
    assert made
    return made


def write(made: Newsletter) -> bytes:
    return make_message(made, read_settings(ENVIRONMENT), ADA, WHEN).as_bytes()


def parse(content: bytes) -> tuple[EmailMessage, str, str]:
    """Give a message's headers, plain text and HTML as a mail program reads them."""
    message = email.message_from_bytes(content, policy=SMTP)
    assert isinstance(message, EmailMessage)
    plain, html = message.iter_parts()
    return message, plain.get_content(), html.get_content()


def test_papers_with_most_votes_come_first() -> None:
    papers = [
        make_paper("a", "A", votes=3),
        make_paper("b", "B", votes=12, topics=("sea",)),
        make_paper("c", "C", date=dt.date(2025, 8, 3)),
        make_paper("d", "D", date=dt.date(2025, 8, 4)),
    ]
    made = make(*papers)
    assert [item.title for item in made.items] == ["B", "A", "C"]
    assert [item.facts for item in made.items] == [
        "12 votes · 28 July",
        "3 votes · 28 July",
        "3 August",
    ]
    assert made.subject == "B and 2 more papers"
    assert made.heading == "3 papers of 28 July to 3 August 2025"
    assert [item.title for item in make(*papers, topic="sea").items] == ["B"]
    assert make_newsletter(catalog_of(*papers), SITE, Selection(WEEK, query="x")) is None


def test_a_paper_is_described_with_its_links() -> None:
    names = tuple(f"Name {n}" for n in range(12))
    links = Links(code="https://code.example.org/a")
    made = make(
        make_paper("a", "A", authors=names, topics=("sea",), arxiv="2507.00001", links=links)
    )
    (item,) = made.items
    assert item.authors == "Name 0, Name 1, Name 2 and 9 more"
    html = parse_html(made.render_html())
    found = [address for address, _ in html.links]
    for address in (
        "https://a.example.org/papers/2025/a/",
        "https://arxiv.org/pdf/2507.00001",
        "https://code.example.org/a",
        "https://a.example.org/topics/sea/",
    ):
        assert address in found
        assert address in made.render_text() or "topics" in address
    assert item.sentence in html.text


def test_papers_without_room_are_counted_and_linked() -> None:
    papers = [
        make_paper(f"p{n}", f"Paper {n}", date=dt.date(2025, 7, 28 + n % 3)) for n in range(9)
    ]
    made = make(*papers, most=4)
    assert (len(made.items), made.total) == (4, 9)
    assert "And 5 more:" in made.render_html()
    assert "https://a.example.org/dates/2025/07/29/" in made.render_text()
    assert make(*papers, most=9).rest == ()


def test_the_html_stays_below_what_gmail_shows() -> None:
    long = "Ünïcödé " * 200
    papers = [
        make_paper(f"p{n}", long, abstract=f"We propose {long}.", authors=(long,) * 5)
        for n in range(200)
    ]
    made = make(*papers, most=200)
    assert 10 < len(made.items) < 200
    content = write(made)
    part = content.rpartition(b"Content-Type: text/html")[2]
    assert MAX_HTML * 0.9 < len(part) < 100_000
    assert f"And {200 - len(made.items)} more" in made.render_html()


def test_what_mail_clients_drop_is_not_needed() -> None:
    html = parse_html(make(*CURATED_IN_WEEK).render_html())
    tags = {tag for tag, _ in html.elements}
    assert not tags & {"script", "link", "img", "iframe", "form", "svg"}
    (whole,) = [values for tag, values in html.elements if tag == "html"]
    assert whole["lang"] == "en"
    assert all("style" in values for tag, values in html.elements if tag == "td")


CURATED_IN_WEEK = tuple(paper.model_copy(update={"topics": ()}) for paper in CURATED)


def test_plain_lines_are_short() -> None:
    for line in make(*CURATED_IN_WEEK).render_text().splitlines():
        assert len(line) <= WIDTH or "://" in line


def test_the_same_newsletter_is_the_same_bytes() -> None:
    made = make(*CURATED_IN_WEEK)
    settings = read_settings(ENVIRONMENT)
    one, same = (make_message(made, settings, ADA, WHEN).as_bytes() for _ in range(2))
    assert one == same
    assert make_draft(made, WHEN).as_bytes() == make_draft(make(*CURATED_IN_WEEK), WHEN).as_bytes()
    other = make_message(made, settings, replace(ADA, local="bob"), WHEN)
    corrected = make_message(replace(made, heading="Corrected"), settings, ADA, WHEN)
    message, _, _ = parse(one)
    assert message["Message-ID"] != other["Message-ID"]
    assert message["Message-ID"] == corrected["Message-ID"], "who has it gets it as the same"


def test_people_can_leave_by_mail_and_by_one_click() -> None:
    made = make(*CURATED_IN_WEEK)
    message, plain, html = parse(
        make_message(made, read_settings(ENVIRONMENT), ADA, WHEN).as_bytes()
    )
    mail = "mailto:news@example.org?subject=unsubscribe%20ada%40example.org"
    assert message["List-Unsubscribe"] == f"<{mail}>"
    assert message["List-Unsubscribe-Post"] is None
    assert f"Unsubscribe: {mail}" in plain
    url = "https://lists.example.org/leave?who={address}&key={token}&" + "x" * 300
    settings = read_settings({**ENVIRONMENT, "PAPERCATALOG_MAIL_UNSUBSCRIBE_URL": url})
    content = make_message(made, settings, ADA, WHEN).as_bytes()
    message, plain, html = parse(content)
    link = re.search(r"<(https:[^>]*)>", message["List-Unsubscribe"])
    assert link
    assert "who=ada%40example.org&key=" in link[1]
    assert "{" not in link[1]
    assert link[1] in plain
    assert link[1] in unescape(html)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f" <{link[1]}>\r\n".encode() in content, "the address stays whole in its header"


@pytest.mark.parametrize("piece", [p for p in PIECES if not find_unsafe_sign(p) and "\0" not in p])
def test_strangers_text_stays_text(piece: str) -> None:
    line = " ".join(piece.split())[:MAX_LINE]
    paper = make_paper("a", f"{line} {line}", abstract=f"We propose {piece}", authors=(line,))
    made = make(paper, make_paper("b", line))
    twin = make(
        make_paper("a", "x", abstract="We propose z.", authors=("n",)), make_paper("b", "y")
    )
    message, _, html = parse(write(made))
    expected, _, harmless = parse(write(twin))
    assert shape_of(html) == shape_of(harmless)
    assert message.keys() == expected.keys()
    assert message["Subject"].split() == made.subject.split()
    assert message["To"] == "Ada Lovelace <ada@example.org>"


def shape_of(html: str) -> list[tuple[str, ...]]:
    """Give the elements of a page with the names of their attributes."""
    return [(tag, *values) for tag, values in parse_html(html).elements]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Ada, Countess",
        'A "b" c',
        "Ädä " * 40,
        "李" * 150,
        "a@b.org",
        "(comment)",
        "=?utf-8?q?x?=",
    ],
)
def test_any_name_is_a_header(name: str) -> None:
    recipient = Recipient("ada", "example.org", name.strip())
    content = make_message(make(*CURATED_IN_WEEK), read_settings(ENVIRONMENT), recipient, WHEN)
    message, _, _ = parse(content.as_bytes())
    (address,) = message["To"].addresses
    assert address.addr_spec == "ada@example.org"
    assert "".join(address.display_name.split()) == "".join(name.split()) or name.startswith("=?")


def test_addresses_are_read_once_each() -> None:
    text = (
        "\ufeff# people\r\nada@Example.ORG\r\n\r\n Ada Lovelace <ada@example.org>\n"
        "Ada@example.org\nbob@bücher.example\n"
    )
    listed = parse_addresses(text)
    assert [one.address for one in listed.recipients] == [
        *("ada@example.org", "Ada@example.org", "bob@xn--bcher-kva.example"),
    ]
    assert (listed.repeated, listed.problems) == (1, ())
    assert [one.line for one in listed.recipients] == [2, 5, 6]


@pytest.mark.parametrize(
    "line",
    [
        "ada",
        "ada@",
        "@example.org",
        "ada@b@example.org>",
        "<ada@example.org",
        "ada@example.org, bob@example.org",
        "ada@exa mple.org",
        "ada@-example.org",
        "a" * 65 + "@example.org",
        "Ada\rBcc: eve@example.org <ada@example.org>",
        "Ada\u2028Bcc: x <ada@example.org>",
        "Ada\u202e <ada@example.org>",
        "Ada\0 <ada@example.org>",
        "ada@example.org\x0bBcc: eve@example.org",
        "x" * 201 + " <ada@example.org>",
        "ada..b@example.org",
        "ada@example..org",
    ],
)
def test_what_is_no_address_is_named_by_its_line_alone(line: str) -> None:
    listed = parse_addresses(f"ok@example.org\n{line}\n")
    assert [one.address for one in listed.recipients] == ["ok@example.org"]
    ((number, problem),) = listed.problems
    assert number == 2
    assert "ada" not in problem.replace("ada@example.org or Ada <ada@example.org>", "")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SMTP_HOST", "", "SMTP_HOST is not set"),
        ("SMTP_HOST", "a b", "no name of a host"),
        ("SMTP_PORT", "0", "no port"),
        ("SMTP_PORT", "²", "no port"),
        ("SMTP_SECURITY", "ssl", "starttls, tls or none"),
        ("SMTP_USER", "news", "or neither"),
        ("MAIL_FROM", "", "MAIL_FROM is not set"),
        ("MAIL_FROM", "news", "is no address"),
        ("MAIL_FROM", "ä@example.org", "in ASCII"),
        ("MAIL_UNSUBSCRIBE_URL", "https://a.org/", "with {address} or {token}"),
        ("MAIL_UNSUBSCRIBE_URL", "http://a.org/{token}", "with {address} or {token}"),
        ("MAIL_UNSUBSCRIBE_URL", "https://a.org/{token}>,<x", "with {address} or {token}"),
        ("MAIL_KEY", "short", "MAIL_KEY is short"),
    ],
)
def test_wrong_settings_are_named(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)):
        read_settings({**ENVIRONMENT, f"PAPERCATALOG_{name}": value})


def test_a_password_needs_encryption_and_is_shown_nowhere() -> None:
    log_in = {"PAPERCATALOG_SMTP_USER": "u", "PAPERCATALOG_SMTP_PASSWORD": "secret word"}
    with pytest.raises(SettingsError, match="readable for all"):
        read_settings({**ENVIRONMENT, **log_in, "PAPERCATALOG_SMTP_SECURITY": "none"})
    settings = read_settings({**ENVIRONMENT, **log_in})
    assert "secret word" not in repr(settings)
    assert "fabricated" not in repr(settings)


def test_weeks_and_months_are_read() -> None:
    assert (parse_week("2020-W53").first, parse_week("2020-W53").last) == (
        dt.date(2020, 12, 28),
        dt.date(2021, 1, 3),
    )
    assert parse_month("2024-02").last == dt.date(2024, 2, 29)
    for wrong in ("2025-W54", "2025-W00", "2025-31", "25-W31", "2025-W31\n"):
        with pytest.raises(ValueError, match=r"week"):
            parse_week(wrong)
    for wrong in ("2025-13", "2025-7", "2025-07-01"):
        with pytest.raises(ValueError, match=r"month"):
            parse_month(wrong)
    days = [dt.date(2025, 7, 29), dt.date(2025, 8, 5)]
    assert latest_week(days, dt.date(2025, 8, 10)) == parse_week("2025-W31")
    assert latest_week(days, dt.date(2025, 8, 11)) == parse_week("2025-W32")
    assert latest_week([], dt.date(2025, 8, 11)) is None
