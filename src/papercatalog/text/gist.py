"""Chooses the sentence of an abstract that tells most."""

from __future__ import annotations

from papercatalog.text.plain import split_sentences


def choose_gist(plain: str, title: str) -> str:
    """Give one whole sentence of an abstract, plain text."""
    return next(iter(split_sentences(plain)), plain)
