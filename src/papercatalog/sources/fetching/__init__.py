"""Asks services for papers: arXiv, Crossref and Daily Papers, with kept answers and retries."""
