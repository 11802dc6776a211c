"""The paper, and the validation of what its page says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, ValidationError

from papercatalog.model.declaration import PaperField
from papercatalog.model.field_types import PageId, parse_abstract
from papercatalog.model.fields import Links, PaperFields
from papercatalog.model.ids import normalise_title
from papercatalog.model.problems import Problem, suggest
from papercatalog.runtime.hashing import hash_key


class Paper(PaperFields):
    """One paper of the catalog: its fields, its id and its abstract."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    id: PageId
    """The name of the page's file without its ending; it never changes."""
    abstract: Annotated[str, BeforeValidator(parse_abstract)]
    """Markdown."""

    @property
    def path(self) -> str:
        """The page, relative to ``docs``: ``papers/2025/2410.08115.md``."""
        return f"papers/{self.date.year:04}/{self.id}.md"

    @property
    def url(self) -> str:
        """The page's address, relative to the site: ``papers/2025/2410.08115/``."""
        return f"papers/{self.date.year:04}/{self.id}/"

    @cached_property
    def key(self) -> bytes:
        """A hash of the paper's id, fields and abstract."""
        return hash_key(self.dump())

    @cached_property
    def title_key(self) -> str:
        """The title as `normalise_title` reduces it: equal for two spellings of one title."""
        return normalise_title(self.title)

    def get(self, field: PaperField) -> Any:
        """Give the value of a declared field; None or an empty tuple if it has none."""
        return getattr(self.links if field.group else self, field.name)

    def dump(self) -> str:
        """Write the paper as JSON, without the fields that have their default."""
        return self.model_dump_json(exclude_defaults=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Paper:
        """Copy the paper with some fields changed; `key` and `title_key` follow."""
        copied = super().model_copy(update=update, deep=deep)
        for derived in ("key", "title_key"):
            copied.__dict__.pop(derived, None)
        return copied


def have_different_ids(one: Paper, other: Paper) -> bool:
    """Whether two papers have different arXiv ids or, where one has none, different DOIs.

    Papers with the same arXiv id may have different DOIs: the preprint's and the journal's.
    """
    if one.arxiv and other.arxiv:
        return one.arxiv != other.arxiv
    return bool(one.doi and other.doi) and one.doi != other.doi


def validate_paper(
    values: Mapping[str, Any], path: str, lines: Mapping[str, int], body_line: int
) -> Paper | tuple[Problem, ...]:
    """Validate a page's values as a paper, or report every problem in them.

    ``values`` holds the front matter and, beside it, ``id`` and ``abstract``. The codes are
    ``missing-key``, ``unknown-key``, ``bad-value``, ``bad-id`` and ``no-abstract``.
    """
    try:
        paper = Paper.model_validate(values)
    except ValidationError as error:
        return tuple(
            _problem(detail["type"], detail["loc"], detail["msg"], path, lines)
            for detail in error.errors(include_url=False, include_context=False)
        )
    if not paper.abstract:
        message = "there is no abstract; write it below the front matter"
        return (Problem(path, body_line, "body", "no-abstract", message),)
    return paper


def _problem(
    kind: str, place: tuple[int | str, ...], message: str, path: str, lines: Mapping[str, int]
) -> Problem:
    key = str(place[0])
    field = ".".join(map(str, place))
    line = lines.get(key, 1)
    if key == "id":
        return Problem(
            path, 0, "", "bad-id", f"the file's name cannot be an id: {_reason(message)}"
        )
    if kind == "missing":
        return Problem(path, 1, field, "missing-key", f"add '{field}:' to the front matter")
    if kind == "extra_forbidden":
        known = Links.model_fields if len(place) > 1 else PaperFields.model_fields
        hint = suggest(str(place[-1]), known, f"the keys are {', '.join(known)}")
        return Problem(path, line, field, "unknown-key", f"unknown key '{place[-1]}'; {hint}")
    return Problem(path, line, field, "bad-value", _reason(message))


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")
