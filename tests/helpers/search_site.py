"""A small site with the search box, the search page, an index and bare pages of papers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from corpus import index_documents
from papercatalog.outputs.scripts import SCRIPTS, build_scripts
from papercatalog.outputs.templates import render_template
from papercatalog.search.index.document import Document, SearchTopic
from papercatalog.words import load_words

THEME = SCRIPTS.parents[1]


def write_site(
    folder: Path,
    papers: Sequence[Document],
    topics: Sequence[SearchTopic],
    *,
    by_year: bool = False,
    language: str = "en",
) -> None:
    """Write the site's files; ``by_year`` says whether it has citations by year."""
    words = load_words(language)
    for path, content in (*index_documents(papers, topics), *build_scripts(words)):
        write(folder / path, content)
    write(folder / "index.html", page("./", "<h1>Home</h1>").encode())
    body = render_template(
        words,
        "search",
        root="../",
        title=words.text("search.title"),
        has_feeds=True,
        has_votes=True,
        by_year=by_year,
        formats=[("BibTeX", "bib")],
        paper_count=len(papers),
        topics=[(topic, 1) for topic in topics],
    )
    style = SCRIPTS / "page.css"
    write(folder / "assets/search/page.css", style.read_bytes())
    write(folder / "search/index.html", page("../", body).encode())
    for paper in papers:
        names = (f'<a href="../../../search/">{escape(name)}</a>' for name in paper.authors)
        body = (
            f'<h1>{escape(paper.title)}</h1><div class="pc-authors">{", ".join(names)}</div>'
            f'<div class="pc-abstract">{escape(paper.abstract)}</div>'
        )
        write(folder / paper.url / "index.html", page("../../../", body).encode())


def page(root: str, body: str) -> str:
    """Render a page with the search box in its header, as the theme does."""
    environment = Environment(loader=FileSystemLoader(THEME / "partials"), autoescape=True)
    environment.filters["url"] = lambda path: root + path
    box = environment.get_template("search.html").render(words=load_words("en"))
    style = (THEME / "assets" / "papercatalog.css").read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Papers</title>'
        '<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">'
        f"<style>{style}</style>"
        f'<script type="module" src="{root}assets/search/start.js"></script></head>'
        f'<body><header style="display:flex">Papers {box}</header><main>{body}</main></body></html>'
    )


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
