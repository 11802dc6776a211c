"""Renders the OpenSearch description, by which browsers offer the site as a search engine."""

from __future__ import annotations

from html import escape


def render_opensearch(name: str, description: str, site_url: str, language: str) -> str:
    """Render an OpenSearch 1.1 description document.

    ``ShortName`` has the first words of ``name`` that fit its limit of 16 characters. Source:
    https://github.com/dewitt/opensearch.

    Args:
        name: The site's name.
        description: One sentence about the site.
        site_url: The site's address, with a slash at the end.
        language: The site's language, as BCP 47 writes it.
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
        f"  <Language>{escape(language)}</Language>\n"
        "  <InputEncoding>UTF-8</InputEncoding>\n"
        f'  <Url type="text/html" template="{template}"/>\n'
        "</OpenSearchDescription>\n"
    )
