"""Reads a pasted "Daily Papers" page.

`parse` calls the modules in this order: `lines` and `markup` clean the text, `layout` finds which
lines are boilerplate, titles and abstracts, `pasted_page` puts these `pieces` together as papers,
`listing_days` and `printed_facts` read what the page says of each. `other_formats` describes what
is no digest.

The layout weighs tables of rules: `boilerplate` (with `items`, `name_forms` and `date_lines`),
`titles` and `breaks`.
`positions` and `doubt` learn from a first layout what the page does everywhere.
"""

from papercatalog.sources.digest.parse import parse_digest

__all__ = ["parse_digest"]
