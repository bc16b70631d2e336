"""What is achieved in each theatre, and how burdens compare."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from models.plan import Burden, Coverage, ScenarioResult
from service.cli.show.figures import NOTHING, number, percent
from service.cli.show.layout import DIM, Bar, Spark, heading, table
from service.cli.show.names import Names

FIGURES = ("risk", "removed", "left", "share")


def show_coverage(console: Console, coverage: Sequence[Coverage], names: Names) -> None:
    """Risk before, removed and left, over all periods; the drivers of a theatre below it, where it has several."""
    several = len({one.period for one in coverage}) > 1
    for scenario in dict.fromkeys(one.scenario for one in coverage):
        future = "" if scenario is None else f" in the future {scenario}"
        heading(console, f"What it achieves in each theatre{future} (risk points{', all periods' if several else ''})")
        columns = ("theatre", *FIGURES, "", *(("over time",) if several else ()))
        rows = table(*columns, right=FIGURES)
        for theatre in dict.fromkeys(one.theatre for one in coverage):
            of = [one for one in coverage if one.theatre == theatre and one.scenario == scenario]
            drivers = tuple(dict.fromkeys(one.driver for one in of))
            _add(rows, Text(names.theatre(theatre)), of, several=several)
            for driver in drivers if len(drivers) > 1 else ():
                _add(rows, Text(f"  {driver}", style=DIM), [one for one in of if one.driver == driver], several=several)
        console.print(rows)


def show_scenarios(console: Console, scenarios: Sequence[ScenarioResult]) -> None:
    """What the plan achieves in each future, where there are several."""
    if len(scenarios) <= 1:
        return
    heading(console, "What it achieves in each future")
    rows = table("future", "risk reduction", "regret", right=("risk reduction", "regret"))
    for one in scenarios:
        rows.add_row(one.id, number(one.risk_reduction), "" if one.regret is None else number(one.regret))
    console.print(rows)


def show_burden(console: Console, burden: Sequence[Burden], names: Names) -> None:
    """What each member pays, beside what it would pay by ability to pay."""
    total = sum(one.cost for one in burden)
    if total < NOTHING:
        return
    heading(console, f"How burdens compare ({number(total)} M EUR in all; the mark is the fair share)")
    scale = max(max(one.share, one.fair_share) for one in burden)
    figures = ("M EUR", "share", "fair share", "paid : fair")
    rows = table("member", *figures, "", right=figures)
    for one in sorted(burden, key=lambda one: -one.cost):
        rows.add_row(
            names.contributor(one.member),
            number(one.cost),
            percent(one.share),
            percent(one.fair_share),
            f"{one.share / one.fair_share:.2f} x" if one.fair_share > NOTHING else "",
            Bar(one.share, mark=one.fair_share, of=scale),
            style=DIM if one.cost < NOTHING else None,
        )
    console.print(rows)


def _add(rows: Table, name: Text, coverage: Sequence[Coverage], *, several: bool) -> None:
    risk, removed = sum(one.baseline for one in coverage), sum(one.reduction for one in coverage)
    share = removed / risk if risk > 0 else 0.0
    over_time = (Spark([_share(coverage, period) for period in dict.fromkeys(one.period for one in coverage)]),)
    rows.add_row(
        name,
        number(risk),
        number(removed),
        number(sum(one.residual for one in coverage)),
        percent(share),
        Bar(share),
        *(over_time if several else ()),
    )


def _share(coverage: Sequence[Coverage], period: str) -> float:
    risk = sum(one.baseline for one in coverage if one.period == period)
    return sum(one.reduction for one in coverage if one.period == period) / risk if risk > 0 else 0.0
