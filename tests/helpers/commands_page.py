"""Writes ``docs/guide/commands.md`` from the commands' own help, when run as a script."""

from __future__ import annotations

import click

from papercatalog.cli import main
from repository import ROOT

PAGE = ROOT / "docs" / "guide" / "commands.md"
HEAD = (
    "# Commands\n\n"
    "What each command says of itself with `--help`. "
    "All of them work on the catalog in the current folder, or on the one\n"
    "that `-C DIR` names before the command, with the configuration that `-f FILE` names.\n"
)


def render_commands_page() -> str:
    """Give the page's whole text."""
    context = click.Context(
        main, info_name="papercatalog", terminal_width=80, **main.context_settings
    )
    parts = [HEAD, _section("papercatalog", main, context)]
    parts += _sections(main, context)
    return "\n".join(parts)


def _sections(group: click.Group, context: click.Context) -> list[str]:
    parts = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        below = click.Context(command, info_name=name, parent=context, **main.context_settings)
        parts.append(_section(below.command_path, command, below))
        if isinstance(command, click.Group):
            parts += _sections(command, below)
    return parts


def _section(title: str, command: click.Command, context: click.Context) -> str:
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    return "\n".join([f"## {title}", "", "```text", *lines, "```", ""])


if __name__ == "__main__":
    PAGE.write_text(render_commands_page(), encoding="utf-8")
