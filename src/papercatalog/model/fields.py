"""The fields of a paper, each declared once: name, type, meaning, where it comes from and shows.

`PaperField` says what a declaration holds and what derives from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict

from papercatalog.model.declaration import PaperField, Use, describe_fields, list_fields
from papercatalog.model.field_types import (
    Address,
    Arxiv,
    Count,
    Day,
    Doi,
    Line,
    Names,
    PageIds,
    Paths,
    Texts,
)


class Links(BaseModel):
    """Addresses of the paper and of what belongs to it; the page shows them in this order."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra=describe_fields, title="Links"
    )

    paper: Annotated[
        Address | None,
        PaperField(
            label="Paper",
            meaning="The paper at its publisher or venue; arXiv and DOI have keys of their own",
            hint="At its publisher, where it has neither arXiv id nor DOI.",
            keys={
                "table": ("paper", "paper_url", "url", "url_abs", "link", "html_url"),
                "bibtex": ("url",),
                "ris": ("UR", "LK"),
                "csl": ("URL",),
                "crossref": ("resource",),
            },
            uses=Use.FORM | Use.ISSUE_FORM | Use.SHOWN,
        ),
    ] = None
    pdf: Annotated[
        Address | None,
        PaperField(
            label="PDF",
            meaning="The paper's text as a PDF",
            keys={
                "table": ("pdf", "pdf_url", "url_pdf", "pdf link", "openaccesspdf"),
                "bibtex": ("pdf",),
                "ris": ("L1",),
                "crossref": ("link",),
                "arxiv": ("link",),
                "openalex": ("best_oa_location",),
            },
            uses=Use.FORM | Use.SHOWN | Use.SOUGHT,
        ),
    ] = None
    code: Annotated[
        Address | None,
        PaperField(
            label="Code",
            meaning="The paper's code or model weights",
            keys={
                "table": (
                    *("code", "code_url", "code link", "github", "github_url", "github_repo"),
                    *("githubrepo", "repository", "repo", "repo_url"),
                ),
                "daily_papers": ("githubRepo",),
            },
            uses=Use.FORM | Use.ISSUE_FORM | Use.SHOWN | Use.SEARCHED | Use.SOUGHT,
        ),
    ] = None
    project: Annotated[
        Address | None,
        PaperField(
            label="Project page",
            meaning="The paper's own page",
            keys={
                "table": (
                    *("project", "project_page", "project page", "projectpage", "project_url"),
                    *("homepage", "website"),
                ),
                "daily_papers": ("projectPage",),
            },
            uses=Use.FORM | Use.ISSUE_FORM | Use.SHOWN,
        ),
    ] = None

    def list_labelled(self) -> Iterator[tuple[str, str, str]]:
        """Yield name, label and address of each link that is known, in the order of the page."""
        for name, label in _LINK_LABELS.items():
            if address := getattr(self, name):
                yield name, label, address


class PaperFields(BaseModel):
    """The front matter of a paper's page, in the order in which a page has its keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        title="Front matter of a paper",
        json_schema_extra=describe_fields,
    )

    title: Annotated[
        Line,
        PaperField(
            label="Title",
            meaning="The title, as plain text",
            uses=Use.FORM | Use.ISSUE_FORM | Use.SHOWN | Use.SEARCHED,
        ),
    ]
    date: Annotated[
        Day,
        PaperField(
            label="Listed on",
            meaning="The day the catalog lists it, `YYYY-MM-DD`",
            keys={
                "table": ("date", "submittedondailyat"),
                "daily_papers": ("submittedOnDailyAt",),
            },
            uses=Use.FORM | Use.SHOWN | Use.SEARCHED,
        ),
    ]
    topics: Annotated[
        PageIds,
        PaperField(
            label="Topics",
            meaning="One to four topics, the most specific first; "
            "the names are those of the files in `docs/topics/`",
            uses=Use.FORM | Use.ISSUE_FORM | Use.SHOWN | Use.SEARCHED,
        ),
    ] = ()
    authors: Annotated[
        Names,
        PaperField(
            label="Authors",
            meaning="The authors' names in the paper's order; two people may share one",
            keys={
                "table": (
                    *("authors_parsed", "author full names", "authors", "author", "author names"),
                    *("creators", "authorships", "contributors"),
                ),
                "bibtex": ("author",),
                "ris": ("AU", "A1"),
                "csl": ("author",),
                "crossref": ("author",),
                "arxiv": ("author",),
                "daily_papers": ("authors",),
                "openalex": ("authorships",),
            },
            hint="One a line, in the paper's order.",
            uses=Use.FORM | Use.ISSUE_FORM | Use.SHOWN | Use.SEARCHED | Use.SOUGHT,
        ),
    ] = ()
    published: Annotated[
        Day | None,
        PaperField(
            label="Published",
            meaning="The day it was first published",
            keys={
                "table": (
                    *("published", "published_at", "publishedat", "publication_date"),
                    *("publication date", "publicationdate", "publishdate", "published date"),
                    *("online date", "pdate", "year", "publication year", "publication_year"),
                ),
                "bibtex": ("date",),
                "ris": ("DA", "Y1", "PY"),
                "csl": ("issued",),
                "crossref": (
                    *("published-online", "published", "issued", "posted"),
                    "published-print",
                ),
                "arxiv": ("published",),
                "daily_papers": ("publishedAt",),
            },
            uses=Use.FORM | Use.SHOWN | Use.SOUGHT,
        ),
    ] = None
    arxiv: Annotated[
        Arxiv | None,
        PaperField(
            label="arXiv ID",
            meaning="The arXiv id without its version, in quotes",
            examples=("2410.08115", "cs/0309040"),
            keys={
                "table": ("arxiv", "arxiv_id", "arxiv id", "arxivid", "arxiv_url", "id"),
                "bibtex": ("eprint", "arxivid"),
                "arxiv": ("id",),
                "daily_papers": ("id",),
            },
            uses=Use.FORM | Use.ISSUE_FORM | Use.SHOWN | Use.SEARCHED,
        ),
    ] = None
    doi: Annotated[
        Doi | None,
        PaperField(
            label="DOI",
            meaning="The DOI in lower case, without `https://doi.org/`, in quotes",
            examples=("10.1145/3292500.3330701",),
            keys={
                "table": ("doi", "article doi"),
                "bibtex": ("doi",),
                "ris": ("DO",),
                "csl": ("DOI",),
                "crossref": ("DOI",),
                "arxiv": ("arxiv:doi",),
                "openalex": ("doi",),
            },
            uses=Use.FORM | Use.ISSUE_FORM | Use.SHOWN | Use.SEARCHED,
        ),
    ] = None
    venue: Annotated[
        Line | None,
        PaperField(
            label="Venue",
            meaning="The journal, proceedings or conference that published it",
            examples=("Findings of ACL 2025",),
            keys={
                "table": (
                    *("venue", "journal", "booktitle", "journal-ref", "journal_ref"),
                    *("container-title", "publication title", "source title"),
                    *("conference", "conference name", "proceeding", "proceedings"),
                    *("journal/book", "journal title", "journal name", "publication"),
                ),
                "bibtex": ("journaltitle", "journal", "booktitle", "school"),
                "ris": ("T2", "JF", "JO", "BT", "JA"),
                "csl": ("container-title",),
                "crossref": ("container-title",),
                "arxiv": ("arxiv:journal_ref",),
                "openalex": ("primary_location", "locations"),
            },
            uses=Use.FORM | Use.SHOWN | Use.SOUGHT,
        ),
    ] = None
    keywords: Annotated[
        Texts,
        PaperField(
            label="Keywords",
            meaning="The keywords that the paper or its source gives, each once",
            keys={
                "table": ("keywords", "ai_keywords", "author keywords", "index keywords"),
                "bibtex": ("keywords",),
                "ris": ("KW",),
                "csl": ("keyword",),
                "daily_papers": ("ai_keywords",),
                "openalex": ("keywords",),
            },
            separators=",;",
            hint="With commas between them, or one a line.",
            uses=Use.FORM | Use.SHOWN | Use.SOUGHT,
        ),
    ] = ()
    links: Annotated[
        Links, PaperField(label="Links", meaning="Addresses of the paper and of what belongs to it")
    ] = Links()
    votes: Annotated[
        Count | None,
        PaperField(
            label="Votes",
            meaning="Upvotes on the daily page when they were last read",
            keys={"table": ("votes", "upvotes"), "daily_papers": ("upvotes",)},
            uses=Use.SHOWN | Use.SEARCHED,
        ),
    ] = None
    digests: Annotated[
        Paths,
        PaperField(label="Digests", meaning="The digests that list it; an import writes them"),
    ] = ()
    aliases: Annotated[
        PageIds,
        PaperField(label="Aliases", meaning="Former names of the page's file; each redirects"),
    ] = ()


_LINK_LABELS = {field.name: field.label for field in list_fields(Links)}
FIELDS = tuple(list_fields(PaperFields))
"""Every declared field, in the order of a page; those of `Links` stand one by one."""
SOURCED = tuple(field for field in FIELDS if field.keys)
"""The fields that sources give, beside title and abstract."""
