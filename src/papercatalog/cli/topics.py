"""``papercatalog topics``: reports on topics; renames, merges and splits them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click

from papercatalog.cli.common import (
    DRY_RUN,
    changes_catalog,
    count_noun,
    load_or_stop,
    require_catalog,
)
from papercatalog.cli.file_changes import apply_changes, plan_or_stop
from papercatalog.curation.topic_edits import plan_topic_merge, plan_topic_rename, plan_topic_split
from papercatalog.curation.topic_report import TopicReport, build_topic_report
from papercatalog.model.catalog_folder import CatalogFolder
from papercatalog.model.topics import Topic
from papercatalog.runtime.printing import say, say_json


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON.")
@click.pass_context
def topics(context: click.Context, as_json: bool) -> None:
    """Report on topics, or rename, merge and split them.

    Without a subcommand: the number of each topic's papers, papers without a topic, topics with no
    paper or too many, and words that are frequent in titles and no topic's term.

    \b
        papercatalog topics
        papercatalog topics rename vision computer-vision
    """
    require_catalog(context.obj)
    if context.invoked_subcommand:
        return
    report = build_topic_report(load_or_stop(context.obj))
    if as_json:
        data = {
            "papers": report.papers,
            "topics": [asdict(count) for count in report.counts],
            "without_topic": [paper.id for paper in report.without_topic],
            "empty": report.empty,
            "broad": report.broad,
            "terms": [asdict(term) for term in report.terms],
        }
        say_json(data)
        return
    for line in render_topic_report(report):
        say(line)


@topics.command()
@click.argument("old")
@click.argument("new")
@DRY_RUN
@click.pass_obj
@changes_catalog
def rename(root: CatalogFolder, old: str, new: str, dry_run: bool) -> None:
    """Give topic OLD the slug NEW.

    Its page is renamed, and every page that names the topic changes. A slug is the name of a file
    in docs/topics without .md. The title stays: it is in the page.

    \b
        papercatalog topics rename vision computer-vision
    """
    catalog = load_or_stop(root)
    changes = plan_or_stop(lambda: plan_topic_rename(root, catalog, old, new))
    apply_changes(root, changes, dry_run)


@topics.command()
@click.argument("old")
@click.argument("into")
@DRY_RUN
@click.pass_obj
@changes_catalog
def merge(root: CatalogFolder, old: str, into: str, dry_run: bool) -> None:
    """Move topic OLD's papers and terms to topic INTO.

    OLD's page is removed, and its introduction with it: copy what is worth keeping first.

    \b
        papercatalog topics merge cyber-security safety --dry-run
    """
    catalog = load_or_stop(root)
    changes = plan_or_stop(lambda: plan_topic_merge(root, catalog, old, into))
    apply_changes(root, changes, dry_run)


@topics.command()
@click.argument("old")
@click.argument("new")
@click.option("--title", required=True, help="The new topic's title.")
@click.option(
    "--term",
    "terms",
    multiple=True,
    required=True,
    help="A term of OLD that moves; may be repeated.",
)
@click.option(
    "--introduction", required=True, help="A few sentences on the new topic, as Markdown."
)
@click.option("--parent", help="The topic above.  [default: the one above OLD, else OLD]")
@DRY_RUN
@click.pass_obj
@changes_catalog
def split(
    root: CatalogFolder,
    old: str,
    new: str,
    title: str,
    terms: tuple[str, ...],
    introduction: str,
    parent: str | None,
    dry_run: bool,
) -> None:
    """Move some of topic OLD's terms to a new topic NEW.

    Papers of OLD whose text matches these terms best name NEW instead of OLD afterwards.

    \b
        papercatalog topics split agents web-agents --title "Web agents" --term "web agent" \\
            --term browser --introduction "Agents that act in a browser."
    """
    catalog = load_or_stop(root)
    above = catalog.vocabulary.by_slug.get(old)
    parent = parent or (above.parent or old if above else None)
    topic = Topic(new, title, parent, terms, introduction)
    changes, papers = plan_or_stop(lambda: plan_topic_split(root, catalog, old, topic))
    apply_changes(root, changes, dry_run)
    verb = "would move" if dry_run else "moved"
    say(f"{count_noun(len(papers), 'paper')} {verb} from {old} to {new}")


def render_topic_report(report: TopicReport) -> Iterator[str]:
    """Write the report as lines, with what needs attention last."""
    yield f"{report.papers:,} papers in {len(report.counts)} topics:"
    for count in report.counts:
        below = f", {count.own:,} of them its own" if count.own != count.papers else ""
        yield f"- {count.slug}: {count.papers:,}{below}"
    yield f"without a topic: {len(report.without_topic):,}"
    for paper in report.without_topic:
        yield f"- docs/{paper.path}"
    yield f"topics without a paper: {', '.join(report.empty) or 'none'}"
    yield f"topics with too many papers, to be split: {', '.join(report.broad) or 'none'}"
    yield "frequent in titles and no topic's term:" + ("" if report.terms else " none")
    for term in report.terms:
        without = f", {term.without_topic} of them without a topic" if term.without_topic else ""
        yield f"- {term.text}: {term.papers} papers{without}"
