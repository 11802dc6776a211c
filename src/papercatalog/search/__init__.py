"""Full-text search over the catalog without a server: the index's files, and queries on them.

The modules of this package do what the modules of the same names in ``theme/assets/search`` do in
the browser: `reader.SearchIndex` loads the index file by file, `engine.search` answers a query.
`index` builds the files: ``segment_builder.build_segment`` indexes some of a catalog's papers,
``writer`` merges segments and writes the files.
"""
