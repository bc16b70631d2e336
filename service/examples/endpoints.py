"""/v1/examples: bodies ready to be sent."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import JSONResponse

from service.context import InContext
from service.examples.schemas import ExampleList
from service.examples.service import PATH

router = APIRouter(prefix=PATH, tags=["examples"])


@router.get("", summary="List")
async def list_examples(context: InContext) -> ExampleList:
    """Every example with its size."""
    return context.examples.list()


@router.get("/{example_id}", summary="One example, ready to be sent")
async def get_example(context: InContext, example_id: Annotated[str, Path(max_length=100)]) -> Response:
    """The problem document itself."""
    return JSONResponse(context.examples.get(example_id))
