"""The specification of a study, without its problem (schema `concord.study/1`)."""

from collections.abc import Iterator
from math import prod
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from models.base import Part
from models.config import Config
from models.errors import Finding
from models.quantities import Whole
from models.study.axis import MAX_POINTS, Axis, Input
from models.study.consistency import axis_findings, duplicate_names, input_findings
from models.texts import Line, Remarks

Fidelity = Literal["solve", "bound"]
Kind = Literal["sweep", "tornado"]
KINDS: tuple[str, ...] = get_args(Kind)
LATER = (
    "monte_carlo",
    "morris",
    "sobol",
    "scenarios",
    "scenario_discovery",
    "pareto",
    "alternatives",
    "must_may_never",
    "divergence_price",
    "withdrawal",
    "spoilers",
    "stability",
    "value_of_information",
)
"""Kinds of study that belong to the format, but that this version cannot answer."""
MAX_MEASURES = 100


class _Study(Part):
    schema_: Annotated[Literal["concord.study/1"], Field(alias="schema")]
    """Kind of document: `concord.study/1`."""
    title: Line = ""
    """Name of the study for readers. Default: empty."""
    notes: Remarks = ""
    """Remarks for readers; no effect on the answers. Default: empty."""
    config: Config = Config()
    """Configuration of the solve of each point; its overrides and relaxed groups apply to every point."""
    measures: Annotated[tuple[Line, ...], Field(max_length=MAX_MEASURES)] = ()
    """Figures that the report gives for each point, at most 100: a metric, or an address in the plan
    (activities/train:p1/level, where `*` sums over all ids). Default: the metrics of the objectives."""
    seed: Annotated[Whole, Field(ge=0, le=2**31 - 1)] = 0
    """Random seed, 0 to 2147483647, for studies that sample; sweeps and tornadoes do not. Default: 0."""
    fidelity: Fidelity = "solve"
    """`solve` solves each point to the gap of the configuration. `bound` fixes the integers of the unchanged problem's
    plan and states bounds and gaps, in milliseconds instead of seconds. Default: solve."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        findings = tuple(self.findings())
        if findings:
            raise PydanticCustomError("findings", "the study contradicts itself", {"findings": findings})
        return self

    def findings(self) -> Iterator[Finding]:
        """Yield the contradictions within the specification."""
        yield from ()


class Sweep(_Study):
    """A sweep: solves of the problem over a grid of values."""

    kind: Literal["sweep"]
    """Kind of study."""
    axes: Annotated[tuple[Axis, ...], Field(min_length=1, max_length=20)]
    """Axes of the grid, 1 to 20."""
    combine: Literal["product", "zip"] = "product"
    """`product` combines every position of an axis with every position of the others. `zip` combines the first
    positions of all axes, then the second, and so on. Default: product."""

    @property
    def size(self) -> int:
        """Number of points without the unchanged problem, computed without creating them."""
        lengths = [axis.length for axis in self.axes]
        return prod(lengths) if self.combine == "product" else lengths[0]

    def findings(self) -> Iterator[Finding]:
        """Yield the faults of each axis, and of the axes together."""
        faults = [fault for number, axis in enumerate(self.axes) for fault in axis_findings(axis, ("axes", number))]
        yield from faults
        yield from duplicate_names("axes", [axis.name for axis in self.axes])
        lengths = [axis.length for axis in self.axes]
        if not faults and self.combine == "zip" and len(set(lengths)) > 1:
            message = f"zip requires axes of equal length, but these have {', '.join(map(str, lengths))} positions"
            yield Finding(loc=("axes",), code="contradiction", message=message, suggestion='"combine": "product"')
        if not faults and self.size > MAX_POINTS:
            message = f"{' × '.join(map(str, lengths))} = {self.size:,} points; at most {MAX_POINTS:,} are allowed"
            yield Finding(loc=("axes",), code="too_many", message=message, allowed=f"at most {MAX_POINTS:,} points")


class Tornado(_Study):
    """A tornado: solves at the low and high end of each input, one input at a time."""

    kind: Literal["tornado"]
    """Kind of study."""
    inputs: Annotated[tuple[Input, ...], Field(min_length=1, max_length=MAX_POINTS // 2)] | None = None
    """Inputs to vary, 1 to 5000. Default: the `uncertainty` of the problem."""

    def findings(self) -> Iterator[Finding]:
        """Yield the faults of each input, and of the inputs together."""
        inputs = self.inputs or ()
        for number, study_input in enumerate(inputs):
            yield from input_findings(study_input, ("inputs", number))
        yield from duplicate_names("inputs", [study_input.name for study_input in inputs])


Spec = Sweep | Tornado
