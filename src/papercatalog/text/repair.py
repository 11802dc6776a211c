"""Repairs raw titles and abstracts, which have lost LaTeX markup and are not Markdown."""

from __future__ import annotations

import re

from papercatalog.text.markdown_writer import write_markdown
from papercatalog.text.nodes import Emphasis, Link, Math, Node, apply_rules
from papercatalog.text.rules import RULES
from papercatalog.text.tex.linear import tex_to_text

_INVISIBLE = re.compile(
    r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb\x00-\x08\x0e-\x1b\x7f]"
)
_BLANK_LINE = re.compile(r"\n\s*\n")
_RULES = tuple(rule for _, rule in RULES)


def repair_title(raw: str) -> str:
    r"""Turn a raw title into one line of plain text.

    ``Towards $\infty$-LLMs`` → ``Towards ∞-LLMs``. Text that no rule is sure of stays.
    """
    return collapse("".join(map(_plain, apply_rules(_RULES, collapse(raw)))))


def plain_title(title: str) -> str:
    """Give a page's title with readable formulas, as `repair_title` does; most have none."""
    return repair_title(title) if "$" in title or "\\" in title else title


def repair_abstract(raw: str) -> str:
    r"""Turn raw paragraphs, separated by blank lines, into a page's Markdown.

    Everything that no rule repairs is escaped and shows as typed: ``<b> 5times *`` →
    ``\<b> 5× *``. Each paragraph becomes one line.
    """
    paragraphs = (collapse(part) for part in _BLANK_LINE.split(raw.replace("\r\n", "\n")))
    return "\n\n".join(write_markdown(apply_rules(_RULES, part)) for part in paragraphs if part)


def collapse(text: str) -> str:
    """Put text on one line: collapse white space, drop invisible and control characters."""
    return " ".join(_INVISIBLE.sub("", text).split())


def _plain(node: Node) -> str:
    if isinstance(node, Math):
        return tex_to_text(node.tex) or node.tex
    if isinstance(node, Link):
        return node.label
    return node.text if isinstance(node, Emphasis) else node
