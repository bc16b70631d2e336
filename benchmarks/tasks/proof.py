"""Concord, solved to its default gap of 0.01 %, at which a plan counts as optimal."""

from dataclasses import replace

from benchmarks.problems import Question
from benchmarks.tasks import concord
from models.config import SolverConfig


def measure(question: Question) -> dict[str, float]:
    """Figures of the task `concord` at the default gap."""
    return concord.measure(replace(question, gap=SolverConfig().mip_gap))
