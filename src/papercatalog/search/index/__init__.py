"""Builds the search index: segments of the catalog's papers, merged and written as files."""
