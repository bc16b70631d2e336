"""Executors: they solve the points of a study in this process or in several."""
