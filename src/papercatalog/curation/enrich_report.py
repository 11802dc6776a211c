"""The report of `papercatalog enrich`: what pages gain, what is left to a person, and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from papercatalog.curation.enrich import (
    Difference,
    Enrichment,
    FactOutcome,
    RecordOutcome,
    UnusedRecord,
)
from papercatalog.curation.record_to_paper import UNSURE_RECORD, as_fact
from papercatalog.model.problems import Problem
from papercatalog.sources.raw_records import NOT_A_PAPER

UNCERTAIN_MATCH = "uncertain-match"
"""The code of a record that may be a page's paper and is left out."""
WITHOUT_PAGE = "without-page"
"""The code of a record whose paper has no page."""
FACT_DIFFERS = "fact-differs"
"""The code of a fact that the page has otherwise."""
_MAX_SHOWN = 160
"""The most characters of a value in a message."""


def render_enrichment(enrichment: Enrichment, *, shown: int) -> Iterator[str]:
    """Write the report as lines: updated pages, what was not filled in, then the sums.

    Args:
        enrichment: What was planned.
        shown: How many records without a page are named.
    """
    for update in enrichment.updates:
        gained = ", ".join(update.facts)
        yield f"docs/{update.paper.path}: {gained} ({enrichment.reasons[update.paper.id]})"
    yield from map(str, map(describe_difference, enrichment.differences))
    without_page = 0
    for unused in enrichment.unused:
        without_page += unused.outcome is RecordOutcome.WITHOUT_PAGE
        if unused.outcome is not RecordOutcome.WITHOUT_PAGE or without_page <= shown:
            yield str(describe_unused(unused))
    if without_page > shown > 0:
        yield f"… and {without_page - shown:,} more records without a page; --json names all"
    yield from map(str, (*enrichment.remarks, *enrichment.rejected))
    yield from _render_sums(enrichment)


def _render_sums(enrichment: Enrichment) -> Iterator[str]:
    records, facts = enrichment.records, enrichment.facts
    in_records = enrichment.pieces - enrichment.boilerplate - enrichment.rejected_pieces
    yield (
        f"read {enrichment.pieces:,} pieces: {in_records:,} in records, "
        f"{enrichment.boilerplate:,} boilerplate, {enrichment.rejected_pieces:,} rejected"
    )
    pages = len(enrichment.updates)
    invalid = records[RecordOutcome.INVALID]
    yield (
        f"found {sum(records.values()):,} records: {records[RecordOutcome.USED]:,} add facts to "
        f"{pages:,} page{'' if pages == 1 else 's'}, "
        f"{records[RecordOutcome.UNCHANGED]:,} add nothing, "
        f"{records[RecordOutcome.UNCERTAIN]:,} uncertain, "
        f"{records[RecordOutcome.UNSURE]:,} not sure, "
        f"{records[RecordOutcome.WITHOUT_PAGE]:,} without a page"
        + (f", {invalid:,} invalid" if invalid else "")
    )
    yield (
        f"found {sum(facts.values()):,} facts: {facts[FactOutcome.FILLED_IN]:,} filled in, "
        f"{facts[FactOutcome.SAME]:,} there already, "
        f"{facts[FactOutcome.DIFFERENT]:,} there and different, "
        f"{facts[FactOutcome.LEFT_OUT]:,} left out"
    )


def describe_difference(difference: Difference) -> Problem:
    """Say that a page keeps a fact of its own."""
    message = (
        f"docs/{difference.page} keeps {_show(difference.kept)}; the source says "
        f"{_show(difference.given)}; if that is right, change the page"
    )
    return Problem(difference.source, difference.line, difference.field, FACT_DIFFERS, message)


def describe_unused(unused: UnusedRecord) -> Problem:
    """Say why a record fills in nothing, and what a person can do."""
    record, page = unused.record, f"docs/{unused.page}"
    match unused.outcome:
        case RecordOutcome.UNCERTAIN:
            code = UNCERTAIN_MATCH
            message = (
                f"may be the paper of {page}, but is not surely: {unused.reason}; "
                "if it is, copy its facts to that page"
            )
        case RecordOutcome.UNSURE:
            code = UNSURE_RECORD
            doubt = f", though not surely: {unused.reason}" if unused.reason else ""
            message = (
                f"its source is not sure of what it says of {_show(record.title)}"
                f"{f' ({page}{doubt})' if unused.page else ''}: {_show_facts(unused.facts)}"
                f"{f'; from {_show(record.provenance)}' if record.provenance else ''}; "
                "check it, write yes in its column 'sure' and run the command again"
            )
        case RecordOutcome.WITHOUT_PAGE:
            code = WITHOUT_PAGE
            message = f"no page has the paper {_show(record.title)}; import it, or mend its title"
        case _:
            code = NOT_A_PAPER
            message = f"its facts make no paper: {unused.reason}"
    return Problem(unused.source, record.line, "", code, message)


def render_enrichment_json(enrichment: Enrichment) -> dict[str, object]:
    """Give the report as plain data."""
    return {
        "pieces": {
            "read": enrichment.pieces,
            "boilerplate": enrichment.boilerplate,
            "rejected": enrichment.rejected_pieces,
        },
        "records": _count(enrichment.records),
        "facts": _count(enrichment.facts),
        "pages": {
            update.paper.id: {
                "facts": dict(update.facts),
                "reason": enrichment.reasons[update.paper.id],
            }
            for update in enrichment.updates
        },
        "different": [_difference_as_data(difference) for difference in enrichment.differences],
        "unused": [_unused_as_data(unused) for unused in enrichment.unused],
        "remarks": [str(problem) for problem in enrichment.remarks],
        "rejected": [str(problem) for problem in enrichment.rejected],
    }


def _count(outcomes: Mapping[Any, int]) -> dict[str, int]:
    return {"read": sum(outcomes.values()), **outcomes}


def _difference_as_data(difference: Difference) -> dict[str, object]:
    return {
        "source": difference.source,
        "line": difference.line,
        "page": f"docs/{difference.page}",
        "field": difference.field,
        "kept": as_fact(difference.kept),
        "given": as_fact(difference.given),
    }


def _unused_as_data(unused: UnusedRecord) -> dict[str, object]:
    return {
        "outcome": unused.outcome,
        "source": unused.source,
        "line": unused.record.line,
        "title": unused.record.title,
        "page": f"docs/{unused.page}" if unused.page else None,
        "facts": {path: as_fact(value) for path, value in unused.facts.items()},
        "provenance": unused.record.provenance,
        "message": describe_unused(unused).message,
    }


def _show_facts(facts: Mapping[str, Any]) -> str:
    shown = (f"{path} {_show(value)}" for path, value in facts.items())
    return ", ".join(shown) or "nothing but the title"


def _show(value: Any) -> str:
    fact = as_fact(value)
    text = fact if isinstance(fact, str) else "; ".join(fact)
    return f"'{text}'" if len(text) <= _MAX_SHOWN else f"'{text[:_MAX_SHOWN]}…'"
