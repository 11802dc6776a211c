"""Readers of sources: one for each format; each parses bytes to a `ParsedSource`."""
