"""Findings about a problem without a solver: errors before a job is accepted, warnings and assumptions."""
