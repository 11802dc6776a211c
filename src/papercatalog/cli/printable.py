"""Texts of strangers, as a terminal may show them."""

from __future__ import annotations


def printable(text: str) -> str:
    """Put text on one line and take out what a terminal would act on.

    >>> printable("a\\x1b[2Jb")
    'a[2Jb'
    """
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
