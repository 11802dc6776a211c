"""The nouns: paper, page, topics, catalog, identifiers, problems; and loading them from disk."""
