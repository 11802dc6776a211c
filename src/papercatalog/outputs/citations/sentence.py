"""Writes a citation as a plain sentence."""

from __future__ import annotations

from papercatalog.model.ids import doi_address
from papercatalog.model.name_parts import join_name
from papercatalog.outputs.citations.item import CONFERENCE, Item, arxiv_of, date_of

_MOST_NAMES = 10
"""Of more authors the first are named, and "et al." stands for the others."""


def render_sentence(item: Item) -> str:
    """Write an item as plain text: authors, year, title, venue, identifier; no point ends a link.

    >>> render_sentence({
    ...     "id": "a", "type": "article", "title": "Why?", "author": [{"literal": "Gemma Team"}],
    ...     "issued": {"date-parts": [[2024, 7]]}, "number": "arXiv:2407.00001",
    ... })
    'Gemma Team. 2024. Why? arXiv:2407.00001.'
    """
    arxiv, doi, venue = arxiv_of(item), item.get("DOI"), item.get("container-title", "")
    parts = [
        _join_names(item.get("author", [])),
        f"{date_of(item)[0]:04}",
        item["title"],
        f"In {venue}" if item["type"] == CONFERENCE else venue,
        "" if doi or not arxiv else f"arXiv:{arxiv}",
    ]
    address = doi_address(doi) if doi else "" if arxiv else item.get("URL", "")
    ended = (part if part[-1] in ".?!" else f"{part}." for part in parts if part)
    return " ".join([*ended, *filter(None, [address])])


def _join_names(authors: list[dict[str, str]]) -> str:
    names = [_name(author) for author in authors[:_MOST_NAMES]]
    if len(authors) > _MOST_NAMES:
        return f"{', '.join(names)}, et al."
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _name(author: dict[str, str]) -> str:
    if "literal" in author:
        return author["literal"]
    return join_name(author["given"], author["family"], author.get("suffix", ""))
