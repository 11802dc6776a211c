"""Related papers: each paper's nearest neighbours by tf-idf, found without comparing all pairs."""

from __future__ import annotations

from papercatalog.related.find import Related, find_related

__all__ = ["Related", "find_related"]
