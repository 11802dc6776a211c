"""The numbers and names that the index, Python's engine and the browser's must agree on.

`papercatalog.outputs.scripts` writes the browser's ``constants.js`` from this module, under the
same names.
"""

from __future__ import annotations

# The files of the index

MAGIC = "PCS"
"""The first bytes of every file of the index."""
VERSION = 5
"""The version of the format; readers refuse every other one."""
SHARDED_FOLDERS = ("terms", "words", "endings")
"""The folders whose files each hold a range of sorted strings."""
NAMED_FOLDERS = (*SHARDED_FOLDERS, "cards", "authors")
"""The folders whose files the manifest names; files in ``terms`` name the others."""
NAME_BYTES = 4
"""Bytes of a file's name in the manifest; its path has them in hexadecimal."""
MANIFEST_NAME = "manifest.bin"
"""The name of the manifest's file."""

# Terms

MAX_TERM_LENGTH = 40
"""Longer words (hashes, runs of letters) are cut to this many characters."""
STOP_WORD_CODES = 5
"""Stop words share this many codes: enough to tell most neighbours of a word apart in few bits."""
TOPIC_MARK = "#"
"""The first character of terms that are topics; the slug follows."""
CODE_FACT = "+code"
"""The term of papers with code."""
VOTES_FACT = "^votes"
"""The term of papers with votes, whose number is the impact."""
IDENTIFIER_MARK = "="
"""The first character of terms that are arXiv ids or DOIs."""
DAY_MARK = "~"
"""The first character of terms that are the days on which papers were listed (``~2025-07-29``)."""
FACT_MARKS = TOPIC_MARK + CODE_FACT[0] + VOTES_FACT[0] + IDENTIFIER_MARK + DAY_MARK
"""The first characters of terms that are facts."""
AUTHOR_MARK = "@"
"""The last character of terms that are names of authors."""
JOINED_MARK = "-"
"""The last character of terms that are hyphenated words written as one."""

# Postings

MAX_ABSTRACT_IMPACT = 5
"""Words of an abstract have impacts from 1 to this one."""
TOPIC_IMPACT = 10
"""The impact of a word in a topic's title."""
ELSEWHERE_IMPACT = 1
"""The impact of a word outside the title where the title has another word of the same stem.

The other word's impact is the one that counts, so this one is not stored.
"""
MAX_IMPACT = 60
"""The highest impact: that of a word in a short title."""
PHRASE_TITLE_IMPACT = 30
"""The impact of a phrase in a title; in an abstract it is `MAX_ABSTRACT_IMPACT`."""
MAX_TITLE_POSITION = 126
"""Later first positions in a title are stored as this."""
ABSTRACT_START = 32
"""The position of an abstract's first word; words of the title have the positions below."""
AUTHOR_STEP = 8
"""Each author's name starts at the next multiple of this position, so that no phrase spans two."""

# Ranking

AS_WRITTEN_FACTOR = 2
"""A word as written counts this many times as much as another word of its stem."""
ALL_AS_WRITTEN_FACTOR = 4
"""The factor for a paper that has all words as written."""
ALL_IN_TITLE_FACTOR = 2
"""The factor for a paper that has all words in its title."""
IN_ORDER_BONUS = 1_500_000
"""Added for two words of the query that follow each other in the title; twice if at most one
word stands between them."""
WORD_WEIGHT = 100
"""The weight of a word that the reader typed."""
COMPLETION_WEIGHT = 60
"""The weight of a completion of the reader's last word."""
CORRECTION_WEIGHT = 50
"""The weight of a correction of a misspelt word."""
COMPLETE_BELOW_POSTINGS = 20
"""Also search for the completions of a word whose lists have fewer postings than this in all.

A paper counts once for each word of the stem that it contains. A more frequent word is taken as
finished: its completions are only suggested.
"""
MIN_PREFIX_LENGTH = 3
"""Shorter prefixes have too many completions, and are taken as whole words."""
MAX_COMPLETIONS = 6
"""The most completions of one word."""
MIN_OFFERED_BITS = 3
"""Offer a word to a reader who types only if its document frequency has this many bits: 4 papers.

Rarer words are mostly coined names that nobody is about to type; they are still searched.
"""
MAX_RARER_BITS = 4
"""Offer no word whose document frequency has this many bits less than that of the word typed so
far: after a common word, few readers go on to one that is 16 times as rare."""
MAX_CORRECTIONS = 4
"""The most corrections of one word."""

# Queries

MAX_CLAUSES = 32
"""Further clauses of a query are ignored."""
ITEM_PATTERN = r'(?<!\S)(-?)(?:(title|author|topic|year):)?"([^"]*)"(?!\S)|(\S+)'
"""Finds the items of a query: a quoted phrase (sign, field, phrase) or anything else."""
FIELD_PATTERN = r"(-?)(?:(title|author|topic|year):)?([\s\S]*)"
"""Matches a whole unquoted item: sign, field, value."""
TIME_PATTERN = r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
"""Matches a whole year, month or day: ``2025``, ``2025-07``, ``2025-07-29``."""
DAY_LENGTH = 10
"""The length of a day; years and months are shorter."""
SORTS = ("relevance", "date", "votes")
"""The orders of search results; the first is the default."""
