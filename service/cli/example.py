"""`concord example [NAME]`: problems to begin with."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.error_output import Refused, refusals
from service.cli.terminal import answers, print_bytes

if TYPE_CHECKING:
    from service.examples.service import Examples

Name = Annotated[
    str | None,
    typer.Argument(metavar="NAME", help="The example to print; without it, all are listed.", show_default=False),
]


def example(name: Name = None) -> None:
    """List the examples, or print one as JSON, ready to be solved.

    Try: concord example smallest | concord solve -
    """
    from service.examples.service import Examples, examples_folder

    folder = examples_folder()
    examples = Examples(folder)
    with refusals("the examples"):
        if name is None:
            _list(examples)
        elif name in examples.all():
            print_bytes((folder / f"{name}.json").read_text(encoding="utf-8").rstrip())
        else:
            raise Refused(_unknown(name, list(examples.all())), "not_found")


def _list(examples: "Examples") -> None:
    from service.cli.show.layout import table
    from service.cli.show.names import plain

    listed = table(
        "name", "what it shows", "members", "theatres", "activities", right=("members", "theatres", "activities")
    )
    for line in examples.list().items:
        listed.add_row(line.id, plain(line.title), str(line.members), str(line.theatres), str(line.activities))
    answers().print(listed)


def _unknown(name: str, known: list[str]) -> str:
    from models.suggestions import did_you_mean

    close = did_you_mean(name, known)
    return f"there is no example {name}" + (f"; did you mean {close}?" if close else f"; there are {', '.join(known)}")
