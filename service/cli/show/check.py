"""A sound problem: what is in it, how large its program is, and the configuration that would take effect."""

import json

from rich.console import Console
from rich.text import Text

from models.problem.problem import Problem
from service.checks.schemas import Check
from service.cli.show.layout import DIM, heading, table
from service.cli.show.names import plain

NOUNS = ("members", "partners", "theatres", "activities", "frameworks", "resources", "periods", "positions")


def show_sound(console: Console, problem: Problem, check: Check, *, source: str) -> None:
    """What a planner wants to know before the problem is solved."""
    title = f": {plain(problem.title)}" if problem.title else ""
    console.print(Text(f"{source} is sound{title}", style="bold green"))
    counts = table("in the problem", "", right=("",))
    for noun in NOUNS:
        counts.add_row(noun, f"{len(getattr(problem, noun)):,}")
    if check.program is not None:
        for noun, count in check.program:
            counts.add_row(Text(f"{noun} of the program, about", style=DIM), f"{count:,}")
    console.print()
    console.print(counts)
    if check.config is not None:
        heading(console, "The configuration that would take effect")
        console.print(json.dumps(check.config.model_dump(mode="json"), indent=2, ensure_ascii=False))
