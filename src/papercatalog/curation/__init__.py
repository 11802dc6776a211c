"""What people and imports do to a catalog's pages: match, import, report, enrich, edit, review."""
