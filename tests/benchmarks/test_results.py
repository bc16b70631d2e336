"""Results are stored unchanged and shown as a page."""

from dataclasses import replace
from pathlib import Path

from benchmarks.claims import Claim
from benchmarks.results import Measurement, new_results, parse, write
from benchmarks.table import claim_table, number, page

RESULTS = new_results(
    0.01,
    300,
    [
        Measurement(task="concord", size="S", seed=1, figures={"solve_cpu_s": 0.25, "columns": 1299.0, "reached": 1.0}),
        Measurement(task="plain", size="S", seed=1, figures={"solve_cpu_s": 0.5, "peak_mib": 60.8, "reached": 1.0}),
        Measurement(task="or_tools", size="S", seed=1, failed="did not finish"),
    ],
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write(RESULTS, tmp_path / "results.json")
    assert parse((tmp_path / "results.json").read_text(encoding="utf-8")) == RESULTS


def test_a_size_is_replaced_as_a_whole_and_other_sizes_stay() -> None:
    other = replace(RESULTS, measurements=(Measurement(task="plain", size="M", seed=1),))
    again = replace(RESULTS, measurements=(Measurement(task="plain", size="S", seed=2),))
    merged = RESULTS.with_sizes(other).with_sizes(again)
    assert [(measurement.size, measurement.seed) for measurement in merged.measurements] == [("M", 1), ("S", 2)]


def test_measurements_with_other_settings_are_dropped() -> None:
    other = replace(RESULTS, gap=0.02, measurements=(Measurement(task="plain", size="M", seed=1),))
    assert RESULTS.with_sizes(other) == other


def test_the_page_shows_claims_figures_and_what_failed() -> None:
    shown = page(RESULTS)
    assert "| solve to the gap, against plain HiGHS | S | 0.5 | 0.5 to 0.5 | ≤ 1.1 | yes |" in shown
    assert "| S | plain HiGHS on the same program |  | 0.5 | 1 of 1 | 60.8 |" in shown
    assert "- or_tools S 1: did not finish" in shown


def test_recourse_has_a_separate_table() -> None:
    assert "recourse" not in page(RESULTS)
    figures = {"columns": 59888.0, "early_cpu_s": 2.9, "bounded_cpu_s": 10.9, "value": 987.6, "gap": 0.00938}
    shown = page(replace(RESULTS, measurements=(Measurement(task="recourse", size="MS", seed=1, figures=figures),)))
    assert "| MS | 1 | 59,888 |  |  |  |  | 2.9 | 10.9 |  | 988 |  | 0.00938 |  |" in shown
    assert "| plan with a bound, with recourse, seconds | MS | 10.9 | 10.9 to 10.9 | ≤ 120 | yes |" in shown
    assert "| MS | 1 |" not in shown.split("## Concord with recourse")[0]


def test_a_claim_shows_an_upper_bound_and_a_missed_goal() -> None:
    claim = Claim(name="x", size="L", values=(0.2, 0.4, 3.0), goal=0.1, is_at_most=True)
    assert claim_table([claim]).splitlines()[-1] == "| x | L | ≤ 0.4 | 0.2 to 3 | ≤ 0.1 | no |"


def test_numbers_are_short() -> None:
    assert [number(value) for value in (12.0, 1299.0, 0.04567, 12345.6)] == ["12", "1,299", "0.0457", "12,346"]
