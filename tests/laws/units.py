"""Rewrites a problem document in other units: of money, of a resource, of risk.

`UNITS` names the unit of every number of a document; a walk over the records of the models does the rest. A number
changes only if its unit does, and a default is written out only if it would mean something else in the new unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any

from pydantic import BaseModel

from models import own_plan
from models.base import Entry
from models.ids import ResourceId
from models.problem import activity, burden, framework, member, policy, politics, scenario, theatre
from models.problem.address_tree import DEFAULTS, Place, Segments, Tree, split
from models.problem.baseline import Baseline
from models.problem.field_shapes import MISSING, Shape, shape_of, slots
from models.problem.objective import Metric, Objective
from models.problem.problem import Problem
from models.problem.record_keys import key_of
from models.problem.resource import Resource
from tests.laws.draws import Document

Model = type[BaseModel]


# ----------------------------------------------------------------------------------------------------- units of fields


@dataclass(frozen=True, kw_only=True)
class Unit:
    """The unit of a number: the powers of M EUR, of the resource's unit, and of risk points."""

    says: str
    money: int = 0
    resource: int = 0
    points: int = 0


MONEY = Unit(says="M EUR", money=1)
RESOURCE = Unit(says="unit of the resource", resource=1)
UNIT_COST = Unit(says="M EUR per unit of the resource", money=1, resource=-1)
RATE = Unit(says="units of the need per unit of the resource", resource=-1)
POINTS = Unit(says="risk points, or risk points per level", points=1)
PRICE_OF_POINTS = Unit(says="M EUR per risk point", money=1, points=-1)
NEED = Unit(says="units of the need line")
LEVEL = Unit(says="levels, of effort or of awareness, or levels per level")
POSITION = Unit(says="points of position")
SHARE = Unit(says="share of a whole: a probability, a confidence, a tolerance")
FACTOR = Unit(says="factor, or risk points per risk point")
COUNT = Unit(says="number of members, activities, effects or purchases; place in an order")
PERIODS = Unit(says="periods")
VOTES = Unit(says="votes")
ABILITY = Unit(says="ability to pay, which is only compared with that of others")
TRUST = Unit(says="trust, or trust per level")
FOOTPRINT = Unit(says="footprint, or footprint per level")
PER_METRIC = Unit(says="one over the unit of the metric")
AS_ADDRESSED = Unit(says="the unit of the number at the address")
AS_RECORDS = Unit(says="the units of the fields of a record")

Units = Unit | tuple[Unit, ...]
"""One unit, or one for each number of a tuple."""

_QUORUM = {"min_participants": COUNT, "min_partners": COUNT}
_MIXTURE = {"min": SHARE, "max": SHARE}
_CONTRIBUTOR = {"resources": RESOURCE, "min_contribution": MONEY, "productivity": FACTOR}

UNITS: Mapping[Model, Mapping[str, Units]] = {
    Entry: {"confidence": SHARE},
    Problem: {DEFAULTS: AS_RECORDS, "discount": FACTOR, "default_position": POSITION},
    Resource: {"unit_cost": UNIT_COST},
    member.Member: {
        **_CONTRIBUTOR,
        "ability_to_pay": ABILITY,
        "votes": VOTES,
        "objects_below": POSITION,
        "contributes_from": POSITION,
        "threat": SHARE,
    },
    member.Caveat: {"max_level": LEVEL},
    member.Partner: _CONTRIBUTOR,
    member.CoordinationCost: {"amount": RESOURCE},
    theatre.Theatre: {
        "risk": POINTS,
        "weight": FACTOR,
        "awareness": LEVEL,
        "growth": FACTOR,
        "persistence": SHARE,
        "trust": TRUST,
        "footprint_cap": FOOTPRINT,
    },
    theatre.Spillover: {"rate": FACTOR},
    activity.Activity: {
        "needs": RESOURCE,
        "reduces": FACTOR,
        "min_level": LEVEL,
        "max_level": LEVEL,
        "footprint": FOOTPRINT,
        "lag": PERIODS,
    },
    activity.NeedLine: {"from": RATE, "amount": NEED},
    activity.LinearEffect: {"per_level": POINTS, "deviation": POINTS},
    activity.ThresholdEffect: {"threshold": LEVEL, "per_level": POINTS},
    activity.PiecewiseEffect: {"points": (LEVEL, POINTS)},
    activity.LeadTime: {"with_presence": PERIODS, "without": PERIODS},
    activity.DayAfter: {"ratio": LEVEL, "periods": PERIODS, "trust_loss": TRUST},
    activity.AwarenessGate: {"factor": LEVEL},
    activity.Synergy: {"effect": POINTS},
    activity.Alternatives: {"at_most": COUNT},
    activity.Investment: {"cost": RESOURCE, "adds": RESOURCE, "lead_time": PERIODS, "max": COUNT},
    framework.Framework: {"effect_multiplier": FACTOR, "cost_multiplier": FACTOR},
    framework.Consensus: _QUORUM,
    framework.Majority: {**_QUORUM, "quota": SHARE, "quota_members": SHARE},
    framework.Participants: _QUORUM,
    framework.NoRule: _QUORUM,
    politics.Position: {"value": POSITION},
    politics.Concessions: {"budget": POSITION, "max_per_case": POSITION},
    politics.Cascade: {"reference": MONEY},
    politics.Follower: {"strength": SHARE},
    politics.Spoiler: {"effect_multiplier": FACTOR},
    politics.Rivalry: {"friction": POINTS},
    politics.Divergence: {"max": POSITION},
    burden.Proportional: {"tolerance": SHARE},
    burden.Gini: {"max": SHARE},
    burden.Benefit: {"max_ratio": PRICE_OF_POINTS},
    policy.Policy: {
        "max_total_cost": MONEY,
        "max_opposition": POSITION,
        "min_pre_conflict_share": SHARE,
        "max_military_share_in_civil_tasks": SHARE,
    },
    policy.SpendFloor: {"amount": MONEY},
    policy.LevelFloor: {"level": LEVEL},
    policy.CoverageFloor: {"share": SHARE},
    policy.PillarShare: _MIXTURE,
    policy.TagShare: _MIXTURE,
    policy.ContributorShare: {"share": SHARE},
    policy.Reserve: {"amount": RESOURCE},
    Baseline: {"max_change": MONEY},
    own_plan.OwnAllocation: {"amount": RESOURCE},
    own_plan.OwnRun: {"level": LEVEL, "effective_level": LEVEL, "effect": POINTS},
    own_plan.OwnThreshold: {"needed": LEVEL, "short_by": LEVEL},
    own_plan.OwnCoverage: {"baseline": POINTS, "reduction": POINTS, "residual": POINTS, "share": SHARE},
    own_plan.OwnBurden: {"cost": MONEY, "share": SHARE, "fair_share": SHARE, "relative_burden": MONEY},
    own_plan.OwnDivergence: {
        "range": POSITION,
        "total_deviation": POSITION,
        "pairwise": POSITION,
        "willing_share": SHARE,
    },
    own_plan.OwnScenarioResult: {"risk_reduction": POINTS, "regret": POINTS},
    own_plan.OwnCoordination: {"amount": RESOURCE},
    own_plan.OwnConcession: {"amount": POSITION},
    own_plan.OwnInvestment: {"units": COUNT},
    scenario.Scenario: {
        "probability": SHARE,
        "overrides": AS_ADDRESSED,
        "effect_multiplier": FACTOR,
        "risk_multiplier": FACTOR,
    },
    scenario.Uncertainty: {"low": AS_ADDRESSED, "high": AS_ADDRESSED},
    scenario.Triangular: {"mode": AS_ADDRESSED},
    scenario.Normal: {"mean": AS_ADDRESSED, "sd": AS_ADDRESSED},
    scenario.CVaR: {"alpha": SHARE},
    scenario.Budgeted: {"gamma": COUNT},
    Objective: {"tolerance": SHARE, "weight": PER_METRIC, "priority": COUNT},
}
"""The unit of every number of a document, by record and field; those of `Entry` hold in every record."""

METRICS: Mapping[Metric, Unit] = {
    "risk_reduction": POINTS,
    "max_regret": POINTS,
    "residual_risk": POINTS,
    "cost": MONEY,
    "max_burden": MONEY,
    "opposition": POSITION,
    "divergence": POSITION,
    "concessions": POSITION,
    "min_coverage": SHARE,
    "change_from_baseline": MONEY,
}


def unit_of_field(model: Model, name: str) -> Units | None:
    """Return the unit of a field of a record by its name in documents; None if it holds no number."""
    return next((UNITS[base][name] for base in model.__mro__ if name in UNITS.get(base, {})), None)


# ----------------------------------------------------------------------------------------------------------- rewriting


def money_times(document: Document, factor: float) -> Document:
    """Return the document with every M EUR as `factor` units of money; the resource money is counted in them too."""
    return in_units(document, money=factor, resources={"money": factor})


def unit_of(document: Document, resource: str, factor: float) -> Document:
    """Return the document with every unit of a resource as `factor` units; its value in M EUR stays."""
    return in_units(document, resources={resource: factor})


def points_times(document: Document, factor: float) -> Document:
    """Return the document with every risk point as `factor` points."""
    return in_units(document, points=factor)


def amounts_times(document: Document, factor: float) -> Document:
    """Return the document with money and every resource times `factor`; no value of a unit changes."""
    return in_units(document, money=factor, resources=dict.fromkeys(resources_of(document), factor))


def in_units(
    document: Document, *, money: float = 1.0, resources: Mapping[str, float] | None = None, points: float = 1.0
) -> Document:
    """Return the document in other units: what was 1 M EUR, 1 unit of a resource or 1 point has the given number."""
    factors = Factors(money=money, resources=resources or {}, points=points)
    return _Rewriting(document=document, factors=factors).whole()


def resources_of(document: Document) -> tuple[str, ...]:
    """Return the ids of the resources of a document."""
    return tuple(one["id"] for one in document.get("resources", [{"id": "money"}]))


@dataclass(frozen=True, kw_only=True)
class Factors:
    """New units per old unit."""

    money: float
    resources: Mapping[str, float]
    points: float

    def times(self, number: float, unit: Unit, resource: str | None = None) -> float:
        """Return a number of the given unit in the new units; unchanged if the unit is."""
        assert resource is not None or not unit.resource, f"the resource of a number in {unit.says} is unknown"
        powers = (
            (unit.money, self.money),
            (unit.resource, self.resources.get(resource or "", 1.0)),
            (unit.points, self.points),
        )
        above = prod(factor for power, factor in powers if power > 0)
        below = prod(factor for power, factor in powers if power < 0)
        return number if above == below else number * above / below

    def of_metric(self, metric: Metric) -> float:
        """Return the factor of the values of a metric."""
        return self.times(1.0, METRICS[metric])


@dataclass(frozen=True, kw_only=True)
class _Rewriting:
    """A document on its way to other units."""

    document: Document
    factors: Factors
    addressed: str | None = None
    """Address of the uncertain number whose record is being written."""

    @cached_property
    def tree(self) -> Tree:
        return Tree(Problem, self.document)

    def whole(self) -> Document:
        return self.record(self.document, Problem)

    def record(self, given: Mapping[str, Any], model: Model, *, with_defaults: bool = True) -> Document:
        """Return a record, with the defaults that mean something else in the new units."""
        if model is scenario.Uncertainty and self.addressed is None:
            return replace(self, addressed=given["address"]).record(given, model)
        known = slots(model)
        written = {name: self._field(given, model, name) if name in known else value for name, value in given.items()}
        if with_defaults:
            absent = known.keys() - given.keys() - self._filled(model)
            for name in sorted(absent):
                default = known[name].default
                if default is not MISSING:
                    new = self._field({**given, name: default}, model, name)
                    written.update({} if new == default else {name: new})
        return written

    def _filled(self, model: Model) -> set[str]:
        """Return the fields that `defaults` fills into the records of a type."""
        kind = {member.Member: "members", activity.Activity: "activities"}.get(model, "")
        return {*self.document.get(DEFAULTS, {}).get(kind, {})}

    def _field(self, record: Mapping[str, Any], model: Model, name: str) -> Any:
        value, unit = record[name], unit_of_field(model, name)
        if unit is AS_RECORDS:
            return {kind: self._default(kind, fields) for kind, fields in value.items()}
        if model is scenario.Scenario and unit is AS_ADDRESSED:
            return {address: self.override(address, one) for address, one in value.items()}
        if unit is PER_METRIC:
            return self._weight(value, record["metric"])
        return self.value(value, slots(model)[name].shape, unit, _resource(record, model))

    def _default(self, kind: str, fields: Mapping[str, Any]) -> Document:
        records: Mapping[str, Model] = {"members": member.Member, "activities": activity.Activity}
        return self.record(fields, records[kind], with_defaults=False)

    def _weight(self, weight: float, metric: Metric) -> float:
        """Return a weight. A sum of one metric needs none, nor does a sum whose metrics have one unit."""
        metrics: list[Metric] = [one["metric"] for one in self.document.get("objectives", ())]
        priorities = {one.get("priority", n) for n, one in enumerate(self.document.get("objectives", ()), start=1)}
        is_sum = len(priorities) < len(metrics) and len({METRICS[one] for one in metrics}) > 1
        return weight / self.factors.of_metric(metric) if is_sum else weight

    def value(self, value: Any, shape: Shape, unit: Units | None, resource: str | None) -> Any:
        """Return the value of a field, or a part of it, in the new units."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(value, unit, resource)
        if isinstance(value, list | tuple):
            return [self._entry(one, shape, unit, resource) for one in value]
        if not isinstance(value, Mapping):
            return value
        model = shape.model(value)
        if model is not None:
            return self.record(value, model)
        below, by_resource = shape_of(shape.entries), shape.keys is ResourceId
        return {key: self.value(one, below, unit, key if by_resource else resource) for key, one in value.items()}

    def _entry(self, entry: Any, shape: Shape, unit: Units | None, resource: str | None) -> Any:
        """Return an entry of a list: a record, a tuple of numbers of several units, or a value."""
        if shape.records is not None:
            return self.record(entry, shape.records)
        if isinstance(unit, tuple):
            return [self._number(*pair, resource) for pair in zip(entry, unit, strict=True)]
        return self.value(entry, shape, unit, resource)

    def _number(self, number: float, unit: Units | None, resource: str | None) -> float:
        assert isinstance(unit, Unit), "a number without a unit: see UNITS in tests/laws/units.py"
        if unit is not AS_ADDRESSED:
            return self.factors.times(number, unit, resource)
        assert self.addressed is not None
        new = self.override(self.addressed, number)
        assert isinstance(new, int | float)
        return new

    def override(self, address: str, value: Any) -> Any:
        """Return the new value at an address, which may name several records with numbers of one unit."""
        new = [self._at(segments, value) for segments in self.tree.expand(split(address))]
        assert all(one == new[0] for one in new), f"{address} holds numbers of several units"
        return new[0]

    def _at(self, segments: Segments, value: Any) -> Any:
        place, unit, resource = self.tree.root, None, None
        record: Mapping[str, Any] = {}
        key_fields: Mapping[str, Any] | None = None
        for number, segment in enumerate(segments):
            step = self.tree.step(place, segment, is_last=number == len(segments) - 1)
            model = _model(place, segment)
            key_fields = step.key_fields
            if key_fields is not None:
                record = {**key_fields, **(step.place.value if isinstance(step.place.value, Mapping) else {})}
            elif model is not None:
                unit, resource = unit_of_field(model, segment), _resource(record, model)
            elif place.shape.keys is ResourceId:
                resource = segment
            place = step.place
        if key_fields is not None and place.shape.fields is not None:
            return self._record_at(value, key_fields, record, place.shape.fields)
        return self.value(value, place.shape, unit, resource)

    def _record_at(self, value: Any, key_fields: Mapping[str, Any], present: Mapping[str, Any], model: Model) -> Any:
        """Return the new value at the address of a record: an object of its other fields, or its main field."""
        key = key_of(model)
        if isinstance(value, Mapping):
            new = self.record({**key_fields, **value}, model)
            return {name: one for name, one in new.items() if name in value or name not in key_fields}
        if key is None or key.main is None:
            return value
        return self._field({**present, key.main: value}, model, key.main)


def _resource(record: Mapping[str, Any], model: Model) -> str | None:
    """Return the resource that the numbers of a record count."""
    return record.get("id" if model is Resource else "resource")


def _models(place: Place) -> list[Model]:
    shape = place.shape
    if isinstance(place.value, Mapping) and place.value:
        model = shape.model(place.value)
        return [] if model is None else [model]
    return [one for one in (shape.fields, *shape.variants.values()) if one is not None]


def _model(place: Place, segment: str) -> Model | None:
    """Return the type of the record of which an address names a field; None if the segment names something else."""
    if place.loc == (DEFAULTS,) or not place.shape.is_object:
        return None
    return next((model for model in _models(place) if segment in slots(model)), None)
