"""Joined style sheets: what can match stays, what cannot goes, and nothing changes on the way."""

from __future__ import annotations

import pytest

from papercatalog.build.styles import Names, join_styles, minify_css, split_at, split_rules

PAGE = '<body dir="ltr" data-md-color-scheme="slate"><p class="md-a pc-x"><i class="md-b"></i>'


@pytest.fixture
def names() -> Names:
    found = Names()
    found.add_page(PAGE)
    return found


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".md-a{x:1}.md-c{x:2}p{x:3}", ".md-a{x:1}p{x:3}"),
        (".md-a,.md-c,.md-b .md-a{x:1}", ".md-a,.md-b .md-a{x:1}"),
        (".md-a:not(.md-c),:is(.md-c,p){x:1}", ".md-a:not(.md-c),:is(.md-c,p){x:1}"),
        (".md-a:not(:is(.md-c,b)):hover,.md-c:not(p){x:1}", ".md-a:not(:is(.md-c,b)):hover{x:1}"),
        (".pc-later,.w3-c{x:1}", ".pc-later{x:1}"),
        ("[dir=rtl] p{x:1}[dir=ltr] p{x:2}", "[dir=ltr] p{x:2}"),
        (
            "[data-md-color-scheme=slate]{x:1}[data-md-color-scheme=default]{x:2}",
            "[data-md-color-scheme=slate]{x:1}",
        ),
        ("[data-md-state]{x:1}[type=radio]{x:2}", "[data-md-state]{x:1}[type=radio]{x:2}"),
        ("@media print{.md-c{x:1}}@media screen{.md-c{x:1}p{y:2}}", "@media screen{p{y:2}}"),
        ("@keyframes k{0%{x:1}to{x:2}}", "@keyframes k{0%{x:1}to{x:2}}"),
        ('@charset "UTF-8";@import "a;b";p{x:1}', '@import "a;b";p{x:1}'),
        ('p:after{content:".md-c{}"}', 'p:after{content:".md-c{}"}'),
        ('[title=".md-c"],.md-c{x:1}', '[title=".md-c"]{x:1}'),
        ("p{x:url(data:a;b,c)}", "p{x:url(data:a;b,c)}"),
    ],
)
def test_rules_that_can_match_stay(css: str, kept: str, names: Names) -> None:
    assert join_styles([css], names) == kept


def test_custom_properties_stay_if_something_uses_them(names: Names) -> None:
    css = ":root{--a:url(data:x;y);--b:var(--a);--c:1;--d:2;--e:var(--f);--f:3}p{x:var( --b)}"
    kept = ":root{--a:url(data:x;y);--b:var(--a);--d:2}p{x:var( --b)}"
    assert join_styles([css], names, "q{x:var(--d)}") == kept
    assert join_styles([":root{--c:1}p{x:1}"], names) == "p{x:1}"


def test_sheets_keep_their_order(names: Names) -> None:
    assert join_styles(["p{x:1}", "b{x:2}", "p{x:3}"], names) == "p{x:1}b{x:2}p{x:3}"


def test_scripts_and_templates_name_classes_too(names: Names) -> None:
    names.add_text("button.classList.add('md-top'); // md-search__form")
    assert join_styles([".md-top,.md-search__form,.md-nav{x:1}"], names) == (
        ".md-top,.md-search__form{x:1}"
    )


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("/* a { */ p {\n  x: 1;\n  y: a  b;\n}\n", "p{x:1;y:a b}"),
        ("p::after { content: 'a  /* b */;' ; }", "p::after{content:'a  /* b */;'}"),
        ("a :is(b , c) > d { x: calc(1px + 2px) }", "a :is(b,c) > d{x:calc(1px + 2px)}"),
        ("a.focus-visible{x:1}", "a:focus-visible{x:1}"),
        ("@media (min-width: 60em) { p { x: 1 } }", "@media (min-width:60em){p{x:1}}"),
    ],
)
def test_minifying_changes_no_meaning(css: str, small: str) -> None:
    assert minify_css(css) == small
    assert minify_css(small) == small


def test_rules_and_lists_are_split_outside_strings() -> None:
    assert list(split_rules('@x "};";a{b:"}"}@media y{c{d:e}}')) == [
        ('@x "};"', None),
        ("a", 'b:"}"'),
        ("@media y", "c{d:e}"),
    ]
    assert split_at('a[b=","],:is(c,d)', ",") == ['a[b=","]', ":is(c,d)"]
