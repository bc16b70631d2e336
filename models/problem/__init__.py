"""The problem: one noun a file; `problem.py` puts them together, `references.py` checks what they say of each other."""
