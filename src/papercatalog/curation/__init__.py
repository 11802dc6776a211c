"""What people and imports do to a catalog's pages: match, merge, account, enrich, rename."""
