"""From a document to a study and the problem that it is about, each held against the other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.address import apply_changes, apply_overrides
from models.errors import InvalidDocument, Issue, Location, UnknownAddress
from models.issues import issues
from models.problem.problem import Problem
from models.problem.scenario import Uncertainty
from models.reading import below, read_as, read_problem
from models.study.axis import Axis, Input, Option, moved
from models.study.measures import measure_finding
from models.study.spec import KINDS, LATER, Spec, Sweep, Tornado
from models.suggestions import did_you_mean

TRIED = 100
"""Places of an axis that are tried beforehand: of numbers the two ends, of other values as many as this."""
PROBLEM = "problem"


def read_study(document: object, problem: Problem | None = None) -> tuple[Problem, Spec]:
    """The problem and the question of a study's document; `problem` where the document brings none.

    Raises `InvalidDocument` with everything that is wrong, with its address in the study's document.
    """
    if not isinstance(document, Mapping):
        raise InvalidDocument([Issue(address="", pointer="", code="wrong_type", message="must be an object")])
    spec = read_spec({key: value for key, value in document.items() if key != PROBLEM})
    about = _problem_of(document, problem)
    require_fitting(spec, about)
    return about, spec


def read_spec(document: Mapping[str, Any]) -> Spec:
    """The question alone; raises `InvalidDocument`."""
    match document.get("kind"):
        case "sweep":
            return read_as(Sweep, document)
        case "tornado":
            return read_as(Tornado, document)
        case kind:
            raise InvalidDocument([_kind_issue(kind)])


def based_on(problem: Problem, spec: Spec) -> Problem:
    """The problem that all points are changes of: the overrides of the configuration put in."""
    return apply_overrides(problem, spec.config.overrides) if spec.config.overrides else problem


def inputs_of(problem: Problem, spec: Tornado) -> tuple[Input, ...]:
    """The inputs that a tornado names, else what the problem says is uncertain."""
    return spec.inputs or tuple(_input(one) for one in problem.uncertainty)


def require_fitting(spec: Spec, problem: Problem) -> None:
    """Raise `InvalidDocument` where the study names what the problem has not, or puts there what cannot stand there."""
    found = [
        finding
        for number, measure in enumerate(spec.measures)
        if (finding := measure_finding(measure, problem, number)) is not None
    ]
    said = [*issues(type(spec), spec.model_dump(by_alias=True), found), *_misfits(spec, problem)]
    if said:
        raise InvalidDocument(said)


def _problem_of(document: Mapping[str, Any], problem: Problem | None) -> Problem:
    if PROBLEM not in document:
        if problem is None:
            message = "problem is required: what the study is about"
            raise InvalidDocument([_at((PROBLEM,), "missing", message)])
        return problem
    if problem is not None:
        message = "the document brings a problem, and another is given beside it: leave one of them out"
        raise InvalidDocument([_at((PROBLEM,), "not_together", message)])
    try:
        return read_problem(document[PROBLEM])
    except InvalidDocument as error:
        raise InvalidDocument(below([PROBLEM], issue) for issue in error.issues) from None


def _misfits(spec: Spec, problem: Problem) -> Iterator[Issue]:
    try:
        base = based_on(problem, spec)
    except InvalidDocument as error:
        yield from (below(["config"], issue) for issue in error.issues)
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
        message = "inputs is required: the problem names no uncertainty"
        yield _at(("inputs",), "missing", message)
    for number, one in enumerate(inputs):
        yield from _input_misfits(one, ("inputs" if spec.inputs else "problem/uncertainty", number), base)


def _input_misfits(one: Input, loc: Location, base: Problem) -> Iterator[Issue]:
    ends = (Option(label="-", changes=(moved(one.address, one.by, value),)) for value in (one.low, one.high))
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
        (at, Option(label="-", changes=(moved(axis.address or "", axis.by, value),))) for at, value in named.items()
    )
    yield from _first_misfit(changes, base, where=(*loc, "address"))


def _tried(values: tuple[Any, ...]) -> list[tuple[int, Any]]:
    """Of numbers the least and the greatest, of all else the first hundred: what may stand at a place is a range."""
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
            said = f"{issue.address}: {issue.message}" if issue.address else issue.message
            at = where if where and issue.code.startswith("unknown") else loc
            more = {"given": issue.given, "allowed": issue.allowed, "suggestion": issue.suggestion}
            yield _at(at, issue.code, said, **more)
            return


def _unknown(loc: Location, error: UnknownAddress) -> Issue:
    return _at(
        loc,
        "unknown_address",
        str(error),
        given=error.address,
        allowed=list(error.known) or None,
        suggestion=error.known[0] if error.known else None,
    )


def _at(loc: Location, code: str, message: str, **more: Any) -> Issue:  # noqa: ANN401
    steps = [str(step) for step in loc]
    return Issue(
        address="/".join(steps), pointer="".join(f"/{step}" for step in steps), code=code, message=message, **more
    )


def _kind_issue(kind: object) -> Issue:
    if kind is None:
        return _at(("kind",), "missing", "kind is required: which question is asked", allowed=list(KINDS))
    if kind in LATER:
        message = f"{kind} is part of the format, and cannot be answered yet; there are: {', '.join(KINDS)}"
        return _at(("kind",), "not_supported_yet", message, given=kind, allowed=list(KINDS))
    near = did_you_mean(kind, (*KINDS, *LATER))
    question = f"; did you mean {near!r}?" if near else ""
    message = f"must be one of: {', '.join(KINDS)}{question}"
    given = kind if isinstance(kind, str) else None
    return _at(("kind",), "not_allowed", message, given=given, allowed=list(KINDS), suggestion=near)


def _input(one: Uncertainty) -> Input:
    return Input(address=one.address, low=one.low, high=one.high, label=one.title or None)
