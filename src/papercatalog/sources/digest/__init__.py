"""Reads a pasted "Daily Papers" page: which of its lines are titles, abstracts and furniture.

`lines` cleans the text, `dates` reads days, `furniture`, `titles` and `breaks` hold the tables of
rules, `layout` finds the reading that goes against the fewest of them, and `parse` makes records
of it and accounts for the rest.
"""

from papercatalog.sources.digest.parse import parse_digest

__all__ = ["parse_digest"]
