"""What answers: this package, the solver, the mathematics."""

from importlib.metadata import version

from models.outcome import Versions

MODEL_VERSION = "1"
"""Version of the algebra: a stored outcome of another version is not reused."""

VERSIONS = Versions(concord=version("concord"), highs=version("highspy"), model=MODEL_VERSION)
