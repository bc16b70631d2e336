"""The document of a problem: one module per kind of record, `problem.py` for the whole, `references.py` for checks."""
