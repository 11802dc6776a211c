"""The security policy: what it allows, and that browsers keep to it without a page suffering."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from papercatalog.build.security_policy import SecurityPolicy, allow_form, find_policy_faults
from repository import SMALL, run_command

PAGE = '<!doctype html><html><head><meta charset="utf-8"><title>A</title></head><body>{}</body>'
PAGES = (
    *("", "topics/", "topics/agents/", "dates/", "dates/2025/07/29/", "authors/", "subscribe/"),
    *("search/?q=attention", "contribute/", "guide/", "guide/search/", "404.html"),
    "papers/2025/actor-critics-can-achieve-optimal-sample-efficiency/",
)


def directives(html: str) -> dict[str, list[str]]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert found
    parts = (part.split() for part in found[1].split(";"))
    return {name: sources for name, *sources in parts}


def test_a_page_loads_from_its_site_alone_and_runs_nothing_inline() -> None:
    found = directives(SecurityPolicy().protect(PAGE.format("")))
    assert found["default-src"] == ["'self'"]
    assert found["frame-src"] == found["object-src"] == found["base-uri"] == ["'none'"]
    assert "script-src" not in found, "what pages load falls back to default-src"
    assert "unsafe" not in str(found)


def test_the_policy_stands_before_all_that_it_restricts() -> None:
    html = SecurityPolicy().protect(PAGE.format("<script>a()</script>"))
    assert html.startswith('<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Con')


def test_the_themes_inline_scripts_run_by_their_hash_and_data_needs_none() -> None:
    body = (
        '<script>a()</script><script type="module">b()</script><script src="c.js"></script>'
        '<script type="application/ld+json">{}</script><script>a()</script>'
    )
    hashes = [f"'sha256-{b64encode(sha256(code).digest()).decode()}'" for code in (b"a()", b"b()")]
    assert directives(SecurityPolicy().protect(PAGE.format(body)))["script-src"] == [
        "'self'",
        *hashes,
    ]


@pytest.mark.parametrize("content", ["<p>own</p><script>b()</script>", "<p>not there</p>"])
def test_without_the_pages_own_part_no_inline_script_runs(content: str) -> None:
    changed = "<script>a()</script><p>own</p> <script>b()</script>"
    found = directives(SecurityPolicy().protect(PAGE.format(changed), content))
    assert "script-src" not in found


def test_the_pages_own_part_is_left_out_wherever_it_stands() -> None:
    content = "<script>b()</script>"
    html = PAGE.format(f"{content}<script>a()</script>{content}")
    digest = b64encode(sha256(b"a()").digest()).decode()
    found = directives(SecurityPolicy().protect(html, content))
    assert found["script-src"] == ["'self'", f"'sha256-{digest}'"]


def test_an_owner_allows_more_sources() -> None:
    policy = SecurityPolicy(
        {"script-src": ["https://a.example"], "frame-src": ["https://b.example"]}
    )
    found = directives(policy.protect(PAGE.format("")))
    assert found["script-src"] == ["'self'", "https://a.example"]
    assert found["frame-src"] == ["https://b.example"]
    assert "style-src" not in found


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"script-source": []}, "is no directive"),
        ({"script-src": "https://a.example"}, "write a list"),
        ({"script-src": ["https://a.example; img-src *"]}, "is no source"),
        ({"script-src": ["'unsafe-inline'"]}, "is no source"),
        ({"script-src": ["*"]}, "is no source"),
        ({"script-src": [3]}, "is no source"),
    ],
)
def test_what_is_no_source_is_named(more: dict[str, object], said: str) -> None:
    [fault] = find_policy_faults(more)
    assert said in fault


def test_sources_that_are_some_have_no_faults() -> None:
    sources = ["https://a.example", "https://*.a.example:8443/path/", "wss://a.example", "data:"]
    assert find_policy_faults({"connect-src": sources}) == []


def test_every_page_of_the_site_has_a_policy(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 150
    without = [page for page in pages if "Content-Security-Policy" not in page.read_text("utf-8")]
    assert without == []


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_no_page_violates_its_policy(browser: Browser, site_address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(
        "window.violations = [];"
        "addEventListener('securitypolicyviolation', (event) =>"
        " violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"
    )
    page.goto(f"{site_address}{path}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.type("agents")
    page.wait_for_timeout(300)
    assert page.evaluate("violations") == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_an_injected_script_does_not_run(browser: Browser, site_address: str, path: str) -> None:
    attack = (
        "<script>window.attacked = 1</script><img src=x onerror='window.attacked = 1'>"
        "<script src='data:text/javascript,window.attacked=1'></script>"
        "<a id=link href='javascript:window.attacked=1'>x</a>"
        "<iframe srcdoc='<script>parent.attacked = 1</script>'></iframe>"
        "<base href='https://attacker.example/'>"
    )
    page = browser.new_page()
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url))

    def inject(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<h1", f"{attack}<h1", 1))

    page.route(f"{site_address}{path}", inject)
    page.goto(f"{site_address}{path}")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.getElementById('link')?.click()")
    page.wait_for_timeout(200)
    assert page.evaluate("document.getElementById('link') !== null")
    assert page.evaluate("window.attacked") is None
    assert [url for url in outside if "attacker" in url] == []
    page.close()


def test_scripts_in_a_pages_own_text_are_not_allowed(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    script = "<script>stolen()</script>"
    (tmp_path / "docs" / "other.md").write_text(f"# Another page\n\n{script}\n")
    run_command(tmp_path, "build")
    refused = f"'sha256-{b64encode(sha256(b'stolen()').digest()).decode()}'"
    html = (tmp_path / "site" / "other" / "index.html").read_text("utf-8")
    assert script in html
    assert refused not in directives(html).get("script-src", [])
    assert refused in directives(SecurityPolicy().protect(html))["script-src"]


def test_a_page_that_another_plugin_changes_runs_nothing_inline(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    (tmp_path / "docs" / "other.md").write_text("# Another  page\n\n<script>stolen()</script>\n")
    (tmp_path / "hook.py").write_text(
        "from mkdocs.plugins import event_priority\n\n"
        "@event_priority(100)\n"
        "def on_post_page(output, page, config):\n"
        "    return output.replace('Another  page', 'Another page')\n"
    )
    with (tmp_path / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    html = (tmp_path / "site" / "other" / "index.html").read_text("utf-8")
    assert "stolen()" in html
    assert "script-src" not in directives(html)
    assert "other.md: another plugin has changed the page's text" in done.stderr


def test_a_form_for_mail_may_be_sent_to_its_address_alone() -> None:
    more = allow_form({"img-src": ["https://a.org"]}, "https://lists.example.org/new?list=1")
    found = directives(SecurityPolicy(more).protect(PAGE.format("")))
    assert found["form-action"] == ["'self'", "https://lists.example.org/new"]
    assert find_policy_faults({name: [*sources] for name, sources in more.items()}) == []
    assert allow_form({}, "") == {}
