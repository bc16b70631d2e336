"""The public figures the example rests on, each with its citation, from `examples/figures/*.csv`."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "figures"
TABLES = ("means", "voting", "risk", "relations", "facts")


@dataclass(frozen=True)
class Figure:
    """One number somebody published: what it is about, in which unit, and who says so."""

    subject: str
    about: str
    measure: str
    year: int
    value: float
    unit: str
    source: str


def read_table(name: str) -> Iterator[Figure]:
    """The figures of one table, in the order of the file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Figure(
                subject=row["subject"],
                about=row["about"],
                measure=row["measure"],
                year=int(row["year"]),
                value=float(row["value"]),
                unit=row["unit"],
                source=row["source"],
            )


@cache
def every_figure() -> tuple[Figure, ...]:
    """All figures of all tables."""
    return tuple(one for table in TABLES for one in read_table(table))


@cache
def country_names() -> dict[str, str]:
    """What countries are called where people read them."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["name"] for row in csv.DictReader(file)}


@cache
def _by_key() -> dict[tuple[str, str, str], tuple[Figure, ...]]:
    found: dict[tuple[str, str, str], list[Figure]] = {}
    for one in every_figure():
        found.setdefault((one.subject, one.about, one.measure), []).append(one)
    return {key: tuple(ones) for key, ones in found.items()}


def figures(subject: str, measure: str, *, about: str = "") -> tuple[Figure, ...]:
    """Every year's figure of one measure; empty where nothing is known."""
    return _by_key().get((subject, about, measure), ())


def figure(subject: str, measure: str, *, about: str = "") -> Figure:
    """The one figure of a measure. Raises `LookupError` where there is none, or more than one."""
    found = figures(subject, measure, about=about)
    if len(found) != 1:
        raise LookupError(f"{len(found)} figures for {measure} of {subject} about {about or 'itself'}, expected one")
    return found[0]


def subjects(measure: str) -> tuple[str, ...]:
    """Who a measure is known for, in the order of the file."""
    return tuple(dict.fromkeys(one.subject for one in every_figure() if one.measure == measure))
