"""Where a paper is to be had: the buttons of its page, and the addresses in its metadata."""

from __future__ import annotations

from collections.abc import Iterator

from papercatalog.model.ids import doi_address
from papercatalog.model.paper import Paper
from papercatalog.words import Words


def find_pdf(paper: Paper) -> str:
    """Give the address of a paper's PDF: its own, else arXiv's; empty if neither is known."""
    arxiv = f"https://arxiv.org/pdf/{paper.arxiv}" if paper.arxiv else ""
    return paper.links.pdf or arxiv


def list_identifiers(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield name and address of each identifier that is known."""
    if paper.arxiv:
        yield "arXiv", f"https://arxiv.org/abs/{paper.arxiv}"
    if paper.doi:
        yield "DOI", doi_address(paper.doi)


def list_links(words: Words, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield label and address of each place that has the paper or what belongs to it.

    The address at the publisher is among them where the paper itself is nowhere else.
    """
    pdf, links = find_pdf(paper), paper.links
    places = [("PDF", pdf)] if pdf else []
    places += list_identifiers(paper)
    if not places and links.paper:
        places.append((words.text("paper.link_paper"), links.paper))
    yield from places
    if links.code:
        yield words.text("paper.link_code"), links.code
    if links.project:
        yield words.text("paper.link_project"), links.project
