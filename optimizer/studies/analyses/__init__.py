"""The analyses, one file per kind: pure functions from rows to the next points or the findings."""
