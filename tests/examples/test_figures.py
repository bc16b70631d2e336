import csv

import pytest

from examples.flank.figures import FOLDER, TABLES, country_names, every_figure, figure, figures
from examples.flank.members import member_ids


@pytest.mark.parametrize("table", TABLES)
def test_every_figure_carries_its_unit_and_its_citation(table: str) -> None:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert [
        row for row in rows if not (row["subject"] and row["measure"] and row["unit"] and row["source"].strip())
    ] == []


def test_no_figure_is_carried_twice() -> None:
    keys = [(item.subject, item.about, item.measure, item.year) for item in every_figure()]
    assert len(keys) == len(set(keys))


def test_every_country_has_a_name() -> None:
    elsewhere = {"nato", "ecb", "eu"}
    assert {item.subject for item in every_figure()} - elsewhere <= country_names().keys()


def test_a_missing_figure_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(LookupError, match="0 figures for military_personnel of isl"):
        figure("isl", "military_personnel")


def test_the_members_are_the_29_of_2019() -> None:
    ids = member_ids()
    assert len(ids) == 29
    assert "mne" in ids  # acceded in 2017
    assert not {"mkd", "fin", "swe"} & set(ids)  # acceded in 2020, 2023, 2024


def test_conflict_deaths_cover_the_five_years_of_their_mean() -> None:
    hosts = {item.subject for item in every_figure() if item.measure == "conflict_deaths"}
    assert {host: [item.year for item in figures(host, "conflict_deaths")] for host in hosts} == {
        host: [2015, 2016, 2017, 2018, 2019] for host in hosts
    }
