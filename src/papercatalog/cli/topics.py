"""``papercatalog topics``: what the vocabulary covers; topics renamed, merged and split."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from papercatalog.cli.common import load_or_stop
from papercatalog.cli.edits import DRY_RUN, carry_out, plan_or_stop
from papercatalog.cli.printable import printable
from papercatalog.curation.coverage import Coverage, measure_coverage
from papercatalog.curation.topic_edits import plan_topic_merge, plan_topic_rename, plan_topic_split
from papercatalog.model.topics import Topic


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON.")
@click.pass_context
def topics(context: click.Context, as_json: bool) -> None:
    """Show what the vocabulary covers and misses.

    That is: each topic with its papers, papers without a topic, topics with no paper or too many,
    and words that are frequent in titles and belong to no topic.
    """
    if context.invoked_subcommand:
        return
    coverage = measure_coverage(load_or_stop(context.obj))
    if as_json:
        report = {
            "papers": coverage.papers,
            "topics": [asdict(count) for count in coverage.counts],
            "without_topic": [paper.id for paper in coverage.without_topic],
            "empty": coverage.empty,
            "crowded": coverage.crowded,
            "terms": [asdict(term) for term in coverage.terms],
        }
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
        return
    for line in render_coverage(coverage):
        click.echo(printable(line))


@topics.command()
@click.argument("old")
@click.argument("new")
@DRY_RUN
@click.pass_obj
def rename(root: Path, old: str, new: str, dry_run: bool) -> None:
    """Give topic OLD the slug NEW, in its page's name and wherever a page names it."""
    catalog = load_or_stop(root)
    revision = plan_or_stop(lambda: plan_topic_rename(root, catalog, old, new))
    carry_out(root, revision, dry_run)


@topics.command()
@click.argument("old")
@click.argument("into")
@DRY_RUN
@click.pass_obj
def merge(root: Path, old: str, into: str, dry_run: bool) -> None:
    """Put topic OLD's papers and terms into topic INTO and remove OLD's page.

    OLD's introduction goes with its page: take what is worth keeping over by hand.
    """
    catalog = load_or_stop(root)
    revision = plan_or_stop(lambda: plan_topic_merge(root, catalog, old, into))
    carry_out(root, revision, dry_run)


@topics.command()
@click.argument("old")
@click.argument("new")
@click.option("--title", required=True, help="The new topic's title.")
@click.option("--term", "terms", multiple=True, required=True, help="A term of OLD that moves.")
@click.option("--introduction", required=True, help="A few sentences on the new topic, Markdown.")
@click.option("--parent", help="The topic above.  [default: the one above OLD, else OLD]")
@DRY_RUN
@click.pass_obj
def split(
    root: Path,
    old: str,
    new: str,
    title: str,
    terms: tuple[str, ...],
    introduction: str,
    parent: str | None,
    dry_run: bool,
) -> None:
    """Make a topic NEW of some of topic OLD's terms.

    Papers of OLD that these terms speak for name NEW in its place afterwards.

    \b
        papercatalog topics split agents web-agents --title "Web agents" --term "web agent" \\
            --term browser --introduction "Agents that act in a browser."
    """
    catalog = load_or_stop(root)
    above = catalog.vocabulary.by_slug.get(old)
    parent = parent or (above.parent or old if above else None)
    topic = Topic(new, title, parent, terms, introduction)
    revision, papers = plan_or_stop(lambda: plan_topic_split(root, catalog, old, topic))
    carry_out(root, revision, dry_run)
    click.echo(f"{len(papers)} papers of {old} speak for {new}")


def render_coverage(coverage: Coverage) -> Iterator[str]:
    """Write the report for people: what wants attention last."""
    yield f"{coverage.papers:,} papers in {len(coverage.counts)} topics:"
    for count in coverage.counts:
        below = f", {count.own:,} of them its own" if count.own != count.papers else ""
        yield f"- {count.slug}: {count.papers:,}{below}"
    yield f"without a topic: {len(coverage.without_topic):,}"
    for paper in coverage.without_topic:
        yield f"- docs/{paper.path}"
    yield f"topics without a paper: {', '.join(coverage.empty) or 'none'}"
    yield f"topics that too many papers name: {', '.join(coverage.crowded) or 'none'}"
    yield "frequent in titles, and no topic's:" + ("" if coverage.terms else " none")
    for term in coverage.terms:
        without = f", {term.without_topic} of them without a topic" if term.without_topic else ""
        yield f"- {term.text}: {term.papers} papers{without}"
