"""Shows risk reduction by theatre and scenario, and burdens by member."""

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
    """Print risk before the plan, removed and left, summed over periods; also by driver if a theatre has several."""
    several = len({item.period for item in coverage}) > 1
    for scenario in dict.fromkeys(item.scenario for item in coverage):
        which = "" if scenario is None else f" in the scenario {names.scenario(scenario)}"
        unit = "risk points, all periods" if several else "risk points"
        heading(console, f"What the plan achieves in each theatre{which} ({unit})")
        columns = ("theatre", *FIGURES, "", *(("over time",) if several else ()))
        rows = table(*columns, right=FIGURES)
        for theatre in dict.fromkeys(item.theatre for item in coverage):
            here = [item for item in coverage if item.theatre == theatre and item.scenario == scenario]
            drivers = tuple(dict.fromkeys(item.driver for item in here))
            _add(rows, Text(names.theatre(theatre)), here, several=several)
            for driver in drivers if len(drivers) > 1 else ():
                of_driver = [item for item in here if item.driver == driver]
                _add(rows, Text(f"  {driver}", style=DIM), of_driver, several=several)
        console.print(rows)


def show_scenarios(console: Console, scenarios: Sequence[ScenarioResult], names: Names) -> None:
    """Print risk reduction and regret by scenario, if there are several."""
    if len(scenarios) <= 1:
        return
    heading(console, "What the plan achieves in each scenario")
    rows = table("scenario", "risk reduction", "regret", right=("risk reduction", "regret"))
    for item in scenarios:
        regret = "" if item.regret is None else number(item.regret)
        rows.add_row(names.scenario(item.id), number(item.risk_reduction), regret)
    console.print(rows)


def show_burden(console: Console, burden: Sequence[Burden], names: Names) -> None:
    """Print what each member pays and its fair share by ability to pay, highest cost first."""
    total = sum(item.cost for item in burden)
    if total < NOTHING:
        return
    heading(console, f"How burdens compare ({number(total)} M EUR in total; the mark shows the fair share)")
    scale = max(max(item.share, item.fair_share) for item in burden)
    figures = ("M EUR", "share", "fair share", "paid / fair")
    rows = table("member", *figures, "", right=figures)
    for item in sorted(burden, key=lambda item: -item.cost):
        rows.add_row(
            names.contributor(item.member),
            number(item.cost),
            percent(item.share),
            percent(item.fair_share),
            f"{item.share / item.fair_share:.2f} x" if item.fair_share > NOTHING else "",
            Bar(item.share, mark=item.fair_share, of=scale),
            style=DIM if item.cost < NOTHING else None,
        )
    console.print(rows)


def _add(rows: Table, name: Text, coverage: Sequence[Coverage], *, several: bool) -> None:
    risk, removed = sum(item.baseline for item in coverage), sum(item.reduction for item in coverage)
    share = removed / risk if risk > 0 else 0.0
    over_time = (Spark([_share(coverage, period) for period in dict.fromkeys(item.period for item in coverage)]),)
    rows.add_row(
        name,
        number(risk),
        number(removed),
        number(sum(item.residual for item in coverage)),
        percent(share),
        Bar(share),
        *(over_time if several else ()),
    )


def _share(coverage: Sequence[Coverage], period: str) -> float:
    """Share of the risk of one period that the plan removes, 0 to 1."""
    risk = sum(item.baseline for item in coverage if item.period == period)
    return sum(item.reduction for item in coverage if item.period == period) / risk if risk > 0 else 0.0
