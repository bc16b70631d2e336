"""What a study asks: a document of schema `concord.study/1`, beside the problem that it is about."""

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
from models.study.consistency import axis_findings, input_findings, named_twice

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
"""Kinds that are part of the format, and cannot be answered yet."""
MAX_MEASURES = 100


class _Study(Part):
    schema_: Annotated[Literal["concord.study/1"], Field(alias="schema")]
    """Which kind of document this is."""
    title: str = ""
    """What the study is called where people read it."""
    notes: str = ""
    """Anything worth telling a reader; no effect on the answers."""
    config: Config = Config()
    """How long and how exactly each point is solved; its overrides and relaxed groups hold at every point."""
    measures: Annotated[tuple[str, ...], Field(max_length=MAX_MEASURES)] = ()
    """What is reported of each point: a metric, or an address in its plan (activities/train:p1/level, where `*` adds
    up). Default: the metrics of the objectives."""
    seed: Annotated[Whole, Field(ge=0, le=2**31 - 1)] = 0
    """Where chance comes from, in studies that draw; sweeps and tornadoes do not."""
    fidelity: Fidelity = "solve"
    """`solve`: each point to the asked gap. `bound`: the plan of the problem as it stands with its choices held, and
    what is proven that no plan can beat: milliseconds instead of seconds, with the gap stated."""

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        found = tuple(self.findings())
        if found:
            raise PydanticCustomError("findings", "the study contradicts itself", {"findings": found})
        return self

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the spec by itself."""
        yield from ()


class Sweep(_Study):
    """A sweep asks what happens if these values move over a grid."""

    kind: Literal["sweep"]
    """Which question is asked."""
    axes: Annotated[tuple[Axis, ...], Field(min_length=1, max_length=20)]
    """What moves."""
    combine: Literal["product", "zip"] = "product"
    """`product`: every place of one axis with every place of the others. `zip`: the first places together, then the
    second, and so on."""

    @property
    def size(self) -> int:
        """How many points there are beside the problem as it stands, without making them."""
        lengths = [axis.length for axis in self.axes]
        return prod(lengths) if self.combine == "product" else lengths[0]

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the axes, one by one and together."""
        found = [finding for number, axis in enumerate(self.axes) for finding in axis_findings(axis, ("axes", number))]
        yield from found
        yield from named_twice("axes", [axis.name for axis in self.axes])
        lengths = [axis.length for axis in self.axes]
        if not found and self.combine == "zip" and len(set(lengths)) > 1:
            message = f"zip takes axes of one length, and these have {', '.join(map(str, lengths))} places"
            yield Finding(loc=("axes",), code="contradiction", message=message, suggestion='"combine": "product"')
        if not found and self.size > MAX_POINTS:
            message = f"{' × '.join(map(str, lengths))} = {self.size:,} points, and at most {MAX_POINTS:,} are served"
            yield Finding(loc=("axes",), code="too_many", message=message, allowed=f"at most {MAX_POINTS:,} points")


class Tornado(_Study):
    """A tornado asks which input matters, one at a time."""

    kind: Literal["tornado"]
    """Which question is asked."""
    inputs: Annotated[tuple[Input, ...], Field(min_length=1, max_length=MAX_POINTS // 2)] | None = None
    """The numbers that move. Default: the `uncertainty` of the problem."""

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the inputs, one by one and together."""
        inputs = self.inputs or ()
        for number, one in enumerate(inputs):
            yield from input_findings(one, ("inputs", number))
        yield from named_twice("inputs", [one.name for one in inputs])


Spec = Sweep | Tornado
