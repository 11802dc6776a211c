"""The paper: its facts, their schema and their validation. How a page writes them is `page`'s."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.config import JsonDict

from papercatalog.model.ids import is_id, normalise_title, parse_arxiv, parse_doi
from papercatalog.model.problems import Problem, suggest
from papercatalog.runtime.hashing import hash_key

_ARXIV = (
    r"^(?:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z][a-z-]*/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})$"
)
_DOI = r"^10\.[0-9]{4,9}/[!-@\[-~]+$"
_ADDRESS = r"^https?://[A-Za-z0-9_][A-Za-z0-9_.-]*(?::[0-9]{1,5})?(?:[/?#][!#-&(-;=?-\[\]_a-z~]*)?$"
_PAGE_ID = r"^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$"

_WRITE_DAY = "write the day as YYYY-MM-DD, such as 2025-07-29"
_WRITE_LINE = "is empty; give it a value or leave the key out"
_WRITE_ARXIV = "write the arXiv id alone, without a version"
_WRITE_DOI = "write the DOI alone, in lower case"
_WRITE_ADDRESS = "write a whole address that starts with https://, without blanks"
_WRITE_ID = "use lower-case letters and digits, joined by '-', '.' or '_'"
_WRITE_ONCE = "names the same value twice"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def _day(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(_WRITE_DAY)
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no day {value} in the calendar") from None


def _line(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("write one text; quote it where it holds ': ', '#' or brackets")
    text = " ".join(_text(value).split())
    if not text:
        raise ValueError(_WRITE_LINE)
    return text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("write a text")
    if _SURROGATE.search(value):
        raise ValueError("holds half a character (a lone surrogate); type it anew")
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _arxiv(value: object) -> str:
    found = parse_arxiv(value) if isinstance(value, str) else None
    if found is None or found.id != value:
        better = f'; write "{found.id}"' if found else ', such as "2410.08115" or "cs/0309040"'
        raise ValueError(f"{_WRITE_ARXIV}{better}")
    return found.id


def _doi(value: object) -> str:
    found = parse_doi(value) if isinstance(value, str) else None
    if found is None or found != value:
        better = f'; write "{found}"' if found else ', such as "10.1145/3292500.3330701"'
        raise ValueError(f"{_WRITE_DOI}{better}")
    return found


def _address(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(_ADDRESS, value) or value.endswith("\n"):
        raise ValueError(_WRITE_ADDRESS)
    return value


def _page_id(value: object) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise ValueError(_WRITE_ID)
    return value


def _count(value: object) -> int:
    text = str(value)
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError("write a whole number, such as 42")
    return int(text)


def _many(value: object) -> object:
    if not isinstance(value, list | tuple):
        raise ValueError("write a list, such as [one, two]")
    if len(set(map(str, value))) != len(value):
        raise ValueError(_WRITE_ONCE)
    return value


def _hint(message: str) -> JsonDict:
    """Say in the schema what to do, under the name by which editors look for it."""
    return {"errorMessage": message}


def _describe_known_only(schema: JsonDict) -> None:
    """Leave null, which a page never writes, and pydantic's own titles out of the schema."""
    properties = schema["properties"]
    assert isinstance(properties, dict)  # noqa: S101, a model's schema has them
    for value in properties.values():
        assert isinstance(value, dict)  # noqa: S101
        value.pop("title", None)
        value.pop("default", None)
        kinds = value.pop("anyOf", [])
        assert isinstance(kinds, list)  # noqa: S101
        for kind in kinds:
            if isinstance(kind, dict) and kind != {"type": "null"}:
                value.update(kind)


Day = Annotated[dt.date, BeforeValidator(_day), Field(json_schema_extra=_hint(_WRITE_DAY))]
Line = Annotated[
    str, Field(min_length=1, json_schema_extra=_hint(_WRITE_LINE)), BeforeValidator(_line)
]
Arxiv = Annotated[
    str, Field(pattern=_ARXIV, json_schema_extra=_hint(_WRITE_ARXIV)), BeforeValidator(_arxiv)
]
Doi = Annotated[
    str, Field(pattern=_DOI, json_schema_extra=_hint(_WRITE_DOI)), BeforeValidator(_doi)
]
Address = Annotated[
    str, Field(pattern=_ADDRESS, json_schema_extra=_hint(_WRITE_ADDRESS)), BeforeValidator(_address)
]
PageId = Annotated[
    str, Field(pattern=_PAGE_ID, json_schema_extra=_hint(_WRITE_ID)), BeforeValidator(_page_id)
]
Count = Annotated[int, Field(ge=0, le=999_999_999), BeforeValidator(_count)]
_ONCE = Field(json_schema_extra={"uniqueItems": True, **_hint(_WRITE_ONCE)})
Texts = Annotated[tuple[Line, ...], _ONCE, BeforeValidator(_many)]
PageIds = Annotated[tuple[PageId, ...], _ONCE, BeforeValidator(_many)]


class Links(BaseModel):
    """Where else a paper lives."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra=_describe_known_only, title="Links"
    )

    code: Address | None = Field(default=None, description="The paper's code or model weights")
    project: Address | None = Field(default=None, description="The paper's own page")


class Facts(BaseModel):
    """The front matter of a paper's page, in the order in which it is written."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        title="Front matter of a paper",
        json_schema_extra=_describe_known_only,
    )

    title: Line = Field(description="The title, as plain text")
    date: Day = Field(description="The day the digest listed it, YYYY-MM-DD")
    topics: PageIds = Field(default=(), description="Topics' slugs, the most specific first")
    authors: Texts = Field(default=(), description="The authors' names, in the paper's order")
    published: Day | None = Field(default=None, description="The day it was first published")
    arxiv: Arxiv | None = Field(
        default=None,
        description="The arXiv id without its version, quoted",
        examples=["2410.08115", "cs/0309040"],
    )
    doi: Doi | None = Field(
        default=None,
        description="The DOI in lower case, without https://doi.org/",
        examples=["10.1145/3292500.3330701"],
    )
    links: Links = Field(default=Links(), description="Where else the paper lives")
    votes: Count | None = Field(
        default=None, description="Upvotes on the daily page when they were last read"
    )
    digests: Texts = Field(default=(), description="The digests that listed it")
    aliases: PageIds = Field(default=(), description="Former ids of this page; each redirects")


class Paper(Facts):
    """One paper of the catalog: its facts, its id and its abstract."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    id: PageId
    """The name of the page's file without its ending; it never changes."""
    abstract: Annotated[str, BeforeValidator(_text)]
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
        """A key that changes with anything that is known of the paper."""
        return hash_key(self.dump())

    @cached_property
    def title_key(self) -> str:
        """What two spellings of the title share."""
        return normalise_title(self.title)

    def dump(self) -> str:
        """Write the facts that are given, as JSON."""
        return self.model_dump_json(exclude_defaults=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Paper:
        """Copy the paper with some facts changed, and so under another key."""
        copied = super().model_copy(update=update, deep=deep)
        for derived in ("key", "title_key"):
            copied.__dict__.pop(derived, None)
        return copied


def have_different_ids(one: Paper, other: Paper) -> bool:
    """Whether identifiers say that two papers are two: both have an arXiv id, or a DOI, not one.

    The same arXiv id outweighs another DOI, as a preprint's and its journal's.
    """
    if one.arxiv and other.arxiv:
        return one.arxiv != other.arxiv
    return bool(one.doi and other.doi) and one.doi != other.doi


def validate_paper(
    values: Mapping[str, Any], path: str, lines: Mapping[str, int], body_line: int
) -> Paper | tuple[Problem, ...]:
    """Make an paper of what a page says, or name every problem in it.

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
        known = Links.model_fields if len(place) > 1 else Facts.model_fields
        hint = suggest(str(place[-1]), known, f"the keys are {', '.join(known)}")
        return Problem(path, line, field, "unknown-key", f"unknown key '{place[-1]}'; {hint}")
    return Problem(path, line, field, "bad-value", _reason(message))


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")
