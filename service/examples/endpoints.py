"""/v1/examples: example problems, ready to submit."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import JSONResponse

from service.context import InContext
from service.examples.schemas import ExampleList
from service.examples.service import PATH

router = APIRouter(prefix=PATH, tags=["examples"])


@router.get("", summary="List examples")
async def list_examples(context: InContext) -> ExampleList:
    """Return every example with its title and size."""
    return context.examples.list()


@router.get("/{example_id}", summary="Get an example problem")
async def get_example(context: InContext, example_id: Annotated[str, Path(max_length=100)]) -> Response:
    """Return the problem document, ready to submit."""
    return JSONResponse(context.examples.get(example_id))
