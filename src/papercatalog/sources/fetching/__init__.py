"""Asks arXiv, Crossref, Daily Papers and OpenAlex, with kept answers and retries."""
