"""The catalog as JSON files for programs, below ``api/``; the page "Data" explains them.

Addresses in the files are whole ones; on a site that does not know its own they are relative to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from papercatalog.model.catalog import Catalog
from papercatalog.model.paper import Paper
from papercatalog.outputs.artifacts import Artifact, FileArtifact, LazyFile
from papercatalog.outputs.context import Context, SiteInfo
from papercatalog.outputs.list_tools import is_by_year
from papercatalog.outputs.templates import day_url
from papercatalog.runtime.hashing import hash_key

API = "api/"
"""The folder of the files, relative to the site."""
PAGE = 200
"""How many papers a file holds."""
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def build(context: Context) -> Iterator[Artifact]:
    """Build the files; ``api/index.json`` names all others.

    ``api/papers/1.json`` has the oldest papers: a file that is full changes only with its papers.
    Beyond `list_tools.MAX_WHOLE` papers they leave abstracts out, which would be most of their
    bytes; the dumps of the years have them.
    """
    catalog, site = context.catalog, context.site
    oldest_first = sorted(catalog.papers, key=attrgetter("date", "id"))
    pages = [oldest_first[at : at + PAGE] for at in range(0, len(oldest_first), PAGE)]
    with_abstracts = not is_by_year(catalog)
    for number, papers in enumerate(pages, 1):
        following = _page_url(site, number + 1) if number < len(pages) else ""
        yield LazyFile(
            _page_path(number),
            partial(_hash_page, site, papers, following, with_abstracts=with_abstracts),
            partial(_render_page, site, papers, following, with_abstracts=with_abstracts),
        )
    yield _file("topics", {"topics": _list_topics(context)})
    yield _file("authors", {"authors": _list_authors(context)})
    yield _file("changes", {"days": _list_days(context)})
    yield _file("schema", {"$schema": _DRAFT, **build_schema(with_abstracts=with_abstracts)})
    yield _file("index", _describe(context, len(pages)))


def build_record(site: SiteInfo, paper: Paper, *, with_abstract: bool) -> dict[str, Any]:
    """Give a paper as the files have it: the keys of its page, its id and its address.

    ``abstract`` is Markdown. What a paper does not have is left out.
    """
    left_out = set() if with_abstract else {"abstract"}
    fields = paper.model_dump(mode="json", exclude_defaults=True, exclude=left_out)
    return {"id": fields.pop("id"), "url": site.url + paper.url, **fields}


def build_schema(*, with_abstracts: bool) -> dict[str, Any]:
    """Build the JSON Schema of a file of papers."""
    record = Paper.model_json_schema(ref_template="#/$defs/{model}")
    definitions = record.pop("$defs", {})
    record["title"] = "Paper"
    record["properties"]["url"] = {"type": "string", "description": "The paper's page"}
    record["required"] = [*record["required"], "url"]
    if not with_abstracts:
        del record["properties"]["abstract"]
        record["required"].remove("abstract")
    return {
        "title": "A file of papers",
        "type": "object",
        "properties": {
            "papers": {"type": "array", "items": {"$ref": "#/$defs/Paper"}},
            "next": {"type": "string", "description": "The next file; the last one has none"},
        },
        "required": ["papers"],
        "additionalProperties": False,
        "$defs": {**definitions, "Paper": record},
    }


def _page_path(number: int) -> str:
    return f"{API}papers/{number}.json"


def _page_url(site: SiteInfo, number: int) -> str:
    return site.url + _page_path(number)


def _hash_page(
    site: SiteInfo, papers: Sequence[Paper], following: str, *, with_abstracts: bool
) -> bytes:
    keys = (paper.key for paper in papers)
    return hash_key(site.url, following, str(with_abstracts), *keys)


def _render_page(
    site: SiteInfo, papers: Sequence[Paper], following: str, *, with_abstracts: bool
) -> bytes:
    records = [build_record(site, paper, with_abstract=with_abstracts) for paper in papers]
    return _json({"papers": records, **({"next": following} if following else {})})


def _list_topics(context: Context) -> list[dict[str, Any]]:
    catalog, site = context.catalog, context.site
    return [
        {
            "slug": topic.slug,
            "title": topic.title,
            **({"parent": topic.parent} if topic.parent else {}),
            "papers": len(catalog.by_topic[topic.slug]),
            "url": f"{site.url}topics/{topic.slug}/",
        }
        for topic in sorted(catalog.vocabulary.topics, key=attrgetter("slug"))
    ]


def _list_authors(context: Context) -> list[dict[str, Any]]:
    return [
        {
            "slug": person.slug,
            "name": person.name,
            **({"other_names": [*person.other_names]} if person.other_names else {}),
            **({"orcid": person.file.orcid} if person.file and person.file.orcid else {}),
            "papers": len(person.papers),
            "url": context.site.url + person.url,
        }
        for person in context.people.values()
    ]


def _list_days(context: Context) -> list[dict[str, Any]]:
    return [
        {
            "date": day.isoformat(),
            "url": context.site.url + day_url(day),
            "papers": sorted(paper.id for paper in papers),
        }
        for day, papers in context.catalog.by_day.items()
    ]


def _describe(context: Context, pages: int) -> dict[str, Any]:
    catalog, site = context.catalog, context.site
    first = {"first": _page_url(site, 1), "last": _page_url(site, pages)} if pages else {}
    return {
        "name": site.name,
        "description": site.description,
        "url": site.url,
        "language": site.language,
        "papers": len(catalog.papers),
        **_newest_day(catalog),
        "files": {
            **first,
            **{name: f"{site.url}{API}{name}.json" for name in ("topics", "authors", "changes")},
            "schema": f"{site.url}{API}schema.json",
        },
    }


def _newest_day(catalog: Catalog) -> dict[str, str]:
    return {"newest": catalog.papers[0].date.isoformat()} if catalog.papers else {}


def _file(name: str, value: object) -> FileArtifact:
    return FileArtifact(f"{API}{name}.json", _json(value))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
