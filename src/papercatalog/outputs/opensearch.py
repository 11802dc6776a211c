"""Renders the file by which browsers add the site to their search engines."""

from __future__ import annotations

from html import escape


def render_opensearch(name: str, description: str, site_url: str) -> str:
    """OpenSearch 1.1: https://github.com/dewitt/opensearch. ``site_url`` ends in a slash.

    The standard wants a name of at most 16 characters; longer ones go into ``LongName``.
    """
    words = name.split()
    short = ""
    for word in words:
        if len(f"{short} {word}".strip()) > 16:
            break
        short = f"{short} {word}".strip()
    template = escape(f"{site_url}search/?q={{searchTerms}}")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"  <ShortName>{escape(short or name[:16])}</ShortName>\n"
        f"  <LongName>{escape(name[:48])}</LongName>\n"
        f"  <Description>{escape(description[:1024])}</Description>\n"
        "  <InputEncoding>UTF-8</InputEncoding>\n"
        f'  <Url type="text/html" template="{template}"/>\n'
        "</OpenSearchDescription>\n"
    )
