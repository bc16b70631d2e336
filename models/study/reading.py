"""Reads the document of a study and its problem, and checks the study against the problem."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.address import apply_changes, apply_overrides
from models.errors import InvalidDocument, Issue, Location, UnknownAddress
from models.issues import issues
from models.problem.problem import Problem
from models.problem.scenario import Uncertainty
from models.reading import nest_issue, read_as, read_problem
from models.study.axis import Axis, Input, Option, change_at
from models.study.measures import measure_finding
from models.study.spec import KINDS, LATER, Spec, Sweep, Tornado
from models.suggestions import did_you_mean

TRIED = 100
"""Positions of an axis that are tried on the problem beforehand, in addition to the least and greatest number."""
PROBLEM = "problem"


def read_study(document: object, problem: Problem | None = None) -> tuple[Problem, Spec]:
    """Return the problem and the specification of a study's document.

    Args:
        document: the study, with or without a problem.
        problem: the problem, if the document contains none.

    Raises:
        InvalidDocument: with all issues, and their addresses in the study's document.
    """
    if not isinstance(document, Mapping):
        raise InvalidDocument([Issue(address="", pointer="", code="wrong_type", message="must be an object")])
    spec = read_spec({key: value for key, value in document.items() if key != PROBLEM})
    base = _problem_of(document, problem)
    require_fitting(spec, base)
    return base, spec


def read_spec(document: Mapping[str, Any]) -> Spec:
    """Return the specification of a study's document without problem; raises `InvalidDocument`."""
    match document.get("kind"):
        case "sweep":
            return read_as(Sweep, document)
        case "tornado":
            return read_as(Tornado, document)
        case kind:
            raise InvalidDocument([_kind_issue(kind)])


def based_on(problem: Problem, spec: Spec) -> Problem:
    """Return the base problem of all points: the problem with the overrides of the configuration."""
    return apply_overrides(problem, spec.config.overrides) if spec.config.overrides else problem


def inputs_of(problem: Problem, spec: Tornado) -> tuple[Input, ...]:
    """Return the inputs of a tornado: those of the specification, or the `uncertainty` of the problem."""
    return spec.inputs or tuple(_input(uncertainty) for uncertainty in problem.uncertainty)


def require_fitting(spec: Spec, problem: Problem) -> None:
    """Raise `InvalidDocument` if the study refers to unknown parts of the problem, or gives them invalid values."""
    findings = [
        finding
        for number, measure in enumerate(spec.measures)
        if (finding := measure_finding(measure, problem, number)) is not None
    ]
    faults = [*issues(type(spec), spec.model_dump(by_alias=True), findings), *_misfits(spec, problem)]
    if faults:
        raise InvalidDocument(faults)


def _problem_of(document: Mapping[str, Any], problem: Problem | None) -> Problem:
    if PROBLEM not in document:
        if problem is None:
            message = "problem is required: add it to the study, or send it with the study"
            raise InvalidDocument([_issue_at((PROBLEM,), "missing", message)])
        return problem
    if problem is not None:
        message = "the study contains a problem, and another problem was sent with it: leave out one of them"
        raise InvalidDocument([_issue_at((PROBLEM,), "not_together", message)])
    try:
        return read_problem(document[PROBLEM])
    except InvalidDocument as error:
        raise InvalidDocument(nest_issue([PROBLEM], issue) for issue in error.issues) from None


def _misfits(spec: Spec, problem: Problem) -> Iterator[Issue]:
    """Yield the parts of a study that do not fit the problem."""
    try:
        base = based_on(problem, spec)
    except InvalidDocument as error:
        yield from (nest_issue(["config"], issue) for issue in error.issues)
        return
    except UnknownAddress as error:
        yield _unknown(("config", "overrides"), error)
        return
    if isinstance(spec, Sweep):
        for number, axis in enumerate(spec.axes):
            yield from _axis_misfits(axis, ("axes", number), base)
        return
    inputs = inputs_of(base, spec)
    if not inputs:
        message = "inputs is required, because the problem has no uncertainty"
        yield _issue_at(("inputs",), "missing", message)
    for number, study_input in enumerate(inputs):
        yield from _input_misfits(study_input, ("inputs" if spec.inputs else "problem/uncertainty", number), base)


def _input_misfits(study_input: Input, loc: Location, base: Problem) -> Iterator[Issue]:
    address, by = study_input.address, study_input.by
    values = (study_input.low, study_input.high)
    ends = (Option(label="-", changes=(change_at(address, by, value),)) for value in values)
    yield from _first_misfit(zip(((*loc, "low"), (*loc, "high")), ends, strict=True), base, where=(*loc, "address"))


def _axis_misfits(axis: Axis, loc: Location, base: Problem) -> Iterator[Issue]:
    if axis.options is not None:
        for number, option in enumerate(axis.options[:TRIED]):
            yield from _first_misfit([((*loc, "options", number), option)], base)
        return
    if axis.values is None:
        named = {(*loc, "low"): axis.low, (*loc, "high"): axis.high}
    else:
        named = {(*loc, "values", number): value for number, value in _tried(axis.values)}
    changes = (
        (at, Option(label="-", changes=(change_at(axis.address or "", axis.by, value),))) for at, value in named.items()
    )
    yield from _first_misfit(changes, base, where=(*loc, "address"))


def _tried(values: tuple[Any, ...]) -> list[tuple[int, Any]]:
    """Return the values to try: least and greatest number (allowed numbers form a range), and up to `TRIED` others."""
    numbers = [(value, place) for place, value in enumerate(values) if isinstance(value, int | float)]
    ends = {min(numbers)[1], max(numbers)[1]} if numbers else set()
    others = [place for place, value in enumerate(values) if not isinstance(value, int | float)]
    return [(place, values[place]) for place in sorted({*ends, *others[:TRIED]})]


def _first_misfit(
    options: Iterable[tuple[Location, Option]],
    base: Problem,
    where: Location | None = None,
) -> Iterator[Issue]:
    for loc, option in options:
        try:
            apply_changes(base, option.changes)
        except UnknownAddress as error:
            yield _unknown(where or loc, error)
            return
        except InvalidDocument as error:
            issue = error.issues[0]
            message = f"{issue.address}: {issue.message}" if issue.address else issue.message
            at = where if where and issue.code.startswith("unknown") else loc
            more = {"given": issue.given, "allowed": issue.allowed, "suggestion": issue.suggestion}
            yield _issue_at(at, issue.code, message, **more)
            return


def _unknown(loc: Location, error: UnknownAddress) -> Issue:
    return _issue_at(
        loc,
        "unknown_address",
        str(error),
        given=error.address,
        allowed=list(error.known) or None,
        suggestion=error.suggestion,
    )


def _issue_at(loc: Location, code: str, message: str, **more: Any) -> Issue:  # noqa: ANN401  (fields of Issue)
    """Return an issue at a location, written as an address (`a/b`) and as a JSON Pointer (`/a/b`)."""
    steps = [str(step) for step in loc]
    return Issue(
        address="/".join(steps), pointer="".join(f"/{step}" for step in steps), code=code, message=message, **more
    )


def _kind_issue(kind: object) -> Issue:
    if kind is None:
        return _issue_at(("kind",), "missing", "kind is required: it selects the kind of study", allowed=list(KINDS))
    if kind in LATER:
        message = f"this version cannot answer the kind {kind}; it can answer: {', '.join(KINDS)}"
        return _issue_at(("kind",), "not_supported_yet", message, given=kind, allowed=list(KINDS))
    near = did_you_mean(kind, (*KINDS, *LATER))
    question = f"; did you mean {near!r}?" if near else ""
    message = f"must be one of: {', '.join(KINDS)}{question}"
    given = kind if isinstance(kind, str) else None
    return _issue_at(("kind",), "not_allowed", message, given=given, allowed=list(KINDS), suggestion=near)


def _input(uncertainty: Uncertainty) -> Input:
    return Input(
        address=uncertainty.address,
        low=uncertainty.low,
        high=uncertainty.high,
        label=uncertainty.title or None,
    )
