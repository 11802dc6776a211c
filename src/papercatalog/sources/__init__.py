"""Readers: one a format, each from bytes or text to a `ParsedSource`."""
