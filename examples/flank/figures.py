"""Reads the public figures of the example, each with its citation, from `examples/figures/*.csv`."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "figures"
TABLES = ("means", "voting", "risk", "relations", "facts")


@dataclass(frozen=True)
class Figure:
    """A published number: its subject, measure, year, unit and source."""

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
    return tuple(row for table in TABLES for row in read_table(table))


@cache
def country_names() -> dict[str, str]:
    """Names of countries, by id."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["name"] for row in csv.DictReader(file)}


@cache
def _by_key() -> dict[tuple[str, str, str], tuple[Figure, ...]]:
    found: dict[tuple[str, str, str], list[Figure]] = {}
    for item in every_figure():
        found.setdefault((item.subject, item.about, item.measure), []).append(item)
    return {key: tuple(items) for key, items in found.items()}


def figures(subject: str, measure: str, *, about: str = "") -> tuple[Figure, ...]:
    """The figures of a measure, one per year; empty if there are none."""
    return _by_key().get((subject, about, measure), ())


def figure(subject: str, measure: str, *, about: str = "") -> Figure:
    """The only figure of a measure; raises `LookupError` if there is none or more than one."""
    found = figures(subject, measure, about=about)
    if len(found) != 1:
        raise LookupError(f"{len(found)} figures for {measure} of {subject} about {about or 'itself'}, expected one")
    return found[0]


def subjects(measure: str) -> tuple[str, ...]:
    """Subjects that have a measure, in the order of the file."""
    return tuple(dict.fromkeys(item.subject for item in every_figure() if item.measure == measure))
