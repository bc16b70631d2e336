"""Shows a valid problem: its contents, the size of its program and the configuration in effect."""

import json

from rich.console import Console
from rich.text import Text

from models.problem.problem import Problem
from service.checks.schemas import Check
from service.cli.show.layout import DIM, heading, paragraph, table
from service.cli.show.names import single_line

NOUNS = ("members", "partners", "theatres", "activities", "frameworks", "resources", "periods", "positions")


def show_valid_problem(console: Console, problem: Problem, check: Check, *, source: str) -> None:
    """Print what a planner wants to know before solving."""
    title = f": {single_line(problem.title)}" if problem.title else ""
    console.print(Text(f"{source} is valid{title}", style="bold green"))
    counts = table("contents", "number", right=("number",))
    for noun in NOUNS:
        counts.add_row(noun, f"{len(getattr(problem, noun)):,}")
    if check.program is not None:
        for noun, count in check.program:
            counts.add_row(Text(f"{noun} of the program (estimate)", style=DIM), f"{count:,}")
    console.print()
    console.print(counts)
    if check.issues:
        heading(console, "Warnings")
        for issue in check.issues:
            place = f"{single_line(issue.address)}: " if issue.address else ""
            paragraph(console, f"{place}{issue.message}", bullet="!", style="yellow")
    if check.config is not None:
        heading(console, "Configuration in effect")
        console.print(json.dumps(check.config.model_dump(mode="json"), indent=2, ensure_ascii=False))
