"""Sanitises HTML made of strangers' text: an explicit list of allowed elements and attributes."""

from __future__ import annotations

import nh3

from papercatalog.text.tex.mathml import TAGS as MATHML_TAGS

TAGS = MATHML_TAGS | {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ol", "ul", "li"),
    *("a", "code", "em", "pre", "strong", "table", "thead", "tbody", "tr", "th", "td"),
}
"""The allowed elements; of any other element only the text stays."""

ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href"},
    "math": {"display", "xmlns"},
    "mi": {"mathvariant"},
    "mo": {"fence", "form", "maxsize", "minsize", "separator", "stretchy"},
    "mover": {"accent"},
    "mtable": {"columnalign"},
    "munder": {"accentunder"},
    "ol": {"start"},
}
"""The allowed attributes by element; every link also gets ``rel``."""

SPACES = {"-0.167em", "0.167em", "0.222em", "0.278em", "0.333em", "1em", "2em"}
"""The widths of LaTeX's own spaces, so that no formula can push the page apart."""

LINES = {"0", "0em", "0pt", "0.4pt", "1pt", "2pt"}
"""The allowed thicknesses of fractions' lines; a line of another one is as thick as by default."""

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    tag_attribute_values={"mspace": {"width": SPACES}, "mfrac": {"linethickness": LINES}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener",
)


def sanitise(html: str) -> str:
    """Remove everything that is not allowed; links lead to other sites or to a mail address."""
    return _CLEANER.clean(html)
