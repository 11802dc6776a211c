"""Files, cache, hashing, processes, background work and progress; knows nothing of papers."""
