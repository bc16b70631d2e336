"""Unknown query parameters are errors, as unknown keys of documents are."""

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from models.errors import Issue
from models.suggestions import did_you_mean
from service.errors import ApiError, Code


async def refuse_unknown_parameters(request: Request) -> None:
    """Raise `ApiError` (`invalid_request`) if the endpoint does not know a parameter of the query."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known = sorted(_known(route.dependant))
    issues = [_issue(name[:100], known) for name in request.query_params if name not in known]
    if issues:
        raise ApiError(Code.invalid_request, issues[0].message, errors=issues)


def _known(dependant: Dependant) -> set[str]:
    """Return the names of the parameters of an endpoint and of what it depends on."""
    return {field.alias for field in dependant.query_params}.union(*map(_known, dependant.dependencies))


def _issue(name: str, known: list[str]) -> Issue:
    near = did_you_mean(name, known)
    listed = ", ".join(known)
    return Issue(
        address=f"query/{name}",
        pointer="",
        code="unknown_key",
        message=f"there is no parameter {name!r} here",
        given=name,
        allowed=known,
        suggestion=near if near is not None else f"the parameters are: {listed}" if known else "leave it out",
    )
