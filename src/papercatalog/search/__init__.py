"""Search over the whole catalog: the index that browsers load piece by piece, and its queries.

``index.writer.build_search`` builds the index. A catalog can also be read in parts: ``summarise``
reads some of its papers, ``index.writer.build_index`` builds the same index of all parts.
``reader.SearchIndex`` and ``engine.search`` read it in Python as the modules in
``theme/assets/search`` do in the browser. Modules are imported by themselves, since those that
work on columns of numbers take a while to load.
"""
