"""Plans the import of ``seeds/`` for a build, which shows papers that have no page yet.

Nothing is written.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from papercatalog.model.catalog import Catalog
from papercatalog.runtime.cache import Cache
from papercatalog.runtime.files import Root
from papercatalog.runtime.hashing import hash_key
from papercatalog.sources.formats import find_sources, read_source

if TYPE_CHECKING:
    from papercatalog.curation.import_plan import ImportPlan


def plan_pending(root: Root, catalog: Catalog, cache: Cache) -> ImportPlan | None:
    """Plan the import of ``seeds/``; None if all its papers have their pages.

    The cache remembers, by content, the sources whose papers all had a page and the keys of those
    pages. Such a source is not read again until it or one of the pages changes.
    """
    seeds = root / "seeds"
    contents = {
        f"seeds/{file.relative_to(seeds).as_posix()}": file.read_bytes()
        for file in find_sources(seeds)
    }
    keys = {path: hash_key(path, data, catalog.vocabulary_key) for path, data in contents.items()}
    settled = cache.get("seed", keys.values())
    cache.prune("seed", keys.values())
    unsettled = [path for path in contents if not _is_settled(catalog, settled.get(keys[path]))]
    if not unsettled:
        return None
    from papercatalog.curation.import_plan import plan_import

    parsed_sources = [read_source(path, contents[path]) for path in unsettled]
    plan = plan_import(catalog, parsed_sources)
    papers = sum(len(parsed.records) for parsed in parsed_sources)
    if len(plan.report.unchanged) == papers and not plan.report.problems:
        unchanged = iter(plan.report.unchanged)
        for parsed in parsed_sources:
            pages = islice(unchanged, len(parsed.records))
            found = {page: catalog.by_id[page].key.hex() for page in pages}
            cache.put("seed", {keys[parsed.source]: json.dumps(found).encode()})
    return plan


def _is_settled(catalog: Catalog, known: bytes | None) -> bool:
    if known is None:
        return False
    pages = (catalog.by_id.get(page) for page in json.loads(known))
    return [page and page.key.hex() for page in pages] == list(json.loads(known).values())
