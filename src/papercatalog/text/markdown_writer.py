"""Writes nodes as the Markdown of a page."""

from __future__ import annotations

import re

from papercatalog.text.escape import escape, escape_line
from papercatalog.text.nodes import Emphasis, Link, Math, Node

_BRACKETS = re.compile(r"([\[\]])")
_PARENTHESES = re.compile(r"[()]")


def write_markdown(nodes: list[Node]) -> str:
    """Write the nodes of one paragraph as one line of Markdown.

    A formula stands between dollar-backtick and backtick-dollar, as on GitHub.
    """
    line = ""
    for index, node in enumerate(nodes):
        following = _first_character(nodes[index + 1]) if index + 1 < len(nodes) else ""
        if isinstance(node, str):
            if line:
                line += escape(node, line[-1], following)
            else:
                line = escape_line(node.lstrip(), following)
        elif isinstance(node, Math):
            line += f"$`{node.tex}`$"
        elif isinstance(node, Link):
            written = _write_link(node)
            if line.endswith("!") and written.startswith("["):
                line = f"{line[:-1]}\\!"  # an exclamation mark would make it an image
            line += written
        else:
            line += _write_emphasis(node, line[-1:], following)
    return line.rstrip()


def _write_link(link: Link) -> str:
    if link.label == link.url:
        return f"<{link.url}>"
    parts = _BRACKETS.split(link.label)
    label = "".join(f"\\{part}" if part in {"[", "]"} else escape(part) for part in parts)
    address = f"<{link.url}>" if _PARENTHESES.search(link.url) else link.url
    return f"[{label}]({address})"


def _write_emphasis(node: Emphasis, before: str, after: str) -> str:
    """Write emphasis where CommonMark would read its stars as such, else its words alone."""
    opens = node.text[:1].isalnum() or not before.isalnum()
    closes = node.text[-1:].isalnum() or not after.isalnum()
    if not opens or not closes or before == "*" or node.text != node.text.strip():
        return escape(node.text, before, after)
    stars = "**" if node.strong else "*"
    return f"{stars}{escape(node.text, '*', '*')}{stars}"


def _first_character(node: Node) -> str:
    """Return the first character of a node's Markdown."""
    if isinstance(node, Math):
        return "$"
    if isinstance(node, Link):
        return "<" if node.label == node.url else "["
    return "*" if isinstance(node, Emphasis) else node[0]
