"""Versions of this package, of the solver and of the mathematical model."""

from importlib.metadata import version

from models.outcome import Versions

MODEL_VERSION = "1"
"""Version of the mathematical model; stored outcomes of other versions are not reused."""

VERSIONS = Versions(concord=version("concord"), highs=version("highspy"), model=MODEL_VERSION)
