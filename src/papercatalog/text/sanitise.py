"""The gate for HTML made of strangers' text: an explicit list of what may pass."""

from __future__ import annotations

import nh3

from papercatalog.text.mathml import TAGS as MATHML_TAGS

TAGS = MATHML_TAGS | {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ol", "ul", "li"),
    *("a", "code", "em", "pre", "strong"),
}
"""Every element that may pass; of any other, only the text does."""

ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href"},
    "math": {"display", "xmlns"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": {"fence", "form", "maxsize", "minsize", "separator", "stretchy"},
    "mover": {"accent"},
    "mtable": {"columnalign"},
    "munder": {"accentunder"},
    "ol": {"start"},
}
"""The attributes that may pass, by element; ``rel`` is set on every link besides."""

SPACES = {"-0.167em", "0.167em", "0.222em", "0.278em", "0.333em", "1em", "2em"}
"""The widths of LaTeX's own spaces; a formula cannot push the page apart."""

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes=ATTRIBUTES,
    tag_attribute_values={"mspace": {"width": SPACES}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener",
)


def sanitise(html: str) -> str:
    """Keep of HTML what the list allows; links lead to other sites or to a mail address."""
    return _CLEANER.clean(html)
