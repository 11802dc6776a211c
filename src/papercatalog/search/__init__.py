"""Search over the whole catalog: the index that browsers load piece by piece, and its queries.

``build.build_search`` makes the index. A catalog can also be read in parts: ``summarise`` makes
what is needed of some of its papers, ``build.build_from`` the same index of all summaries.
``reader.SearchIndex`` and ``engine.search`` read it in Python as the modules in
``theme/assets/search`` do in the browser. Modules are imported by themselves, since those that
work on columns of numbers take a while to load.
"""
