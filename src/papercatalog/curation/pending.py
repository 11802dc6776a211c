"""Papers of ``seeds/`` that have no page yet, or whose page lacks a fact; nothing is written."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from papercatalog.cache import Cache, hash_key
from papercatalog.catalog import Catalog
from papercatalog.curation.curate import Plan, plan_import
from papercatalog.sources.formats import find_sources, read_source


def plan_pending(root: Path, catalog: Catalog, cache: Cache) -> Plan:
    """Plan the import of ``seeds/``.

    A source whose papers all had their page the last time is not read again while it and those
    pages are the same.
    """
    contents = {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in find_sources(root / "seeds")
    }
    keys = {path: hash_key(path, data, catalog.vocabulary_key) for path, data in contents.items()}
    settled = cache.get("seed", keys.values())
    readings = [
        read_source(path, data)
        for path, data in contents.items()
        if not _is_settled(catalog, settled.get(keys[path]))
    ]
    plan = plan_import(catalog, readings)
    papers = sum(len(reading.records) for reading in readings)
    if len(plan.account.there) == papers and not plan.account.problems:
        there = iter(plan.account.there)
        for reading in readings:
            pages = islice(there, len(reading.records))
            found = {page: catalog.by_id[page].key.hex() for page in pages}
            cache.put("seed", {keys[reading.source]: json.dumps(found).encode()})
    cache.prune("seed", keys.values())
    return plan


def _is_settled(catalog: Catalog, known: bytes | None) -> bool:
    if known is None:
        return False
    pages = (catalog.by_id.get(page) for page in json.loads(known))
    return [page and page.key.hex() for page in pages] == list(json.loads(known).values())
