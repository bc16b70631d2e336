"""`concord example [NAME]`: lists or prints the example problems."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.error_output import Refused, exit_on_bad_input
from service.cli.terminal import output_console, print_document

if TYPE_CHECKING:
    from service.examples.service import Examples

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME", help="Name of the example to print. Without it, all examples are listed.", show_default=False
    ),
]


def example(name: Name = None) -> None:
    """List the example problems, or print one as JSON, ready to solve.

    Try: concord example smallest | concord solve -
    """
    from service.examples.service import Examples, examples_folder

    folder = examples_folder()
    examples = Examples(folder)
    with exit_on_bad_input("the examples"):
        if name is None:
            _list(examples)
        elif name in examples.all():
            print_document((folder / f"{name}.json").read_text(encoding="utf-8").rstrip())
        else:
            raise Refused(_unknown(name, list(examples.all())), "not_found")


def _list(examples: "Examples") -> None:
    from service.cli.show.layout import table
    from service.cli.show.names import single_line

    listed = table(
        "name", "what it shows", "members", "theatres", "activities", right=("members", "theatres", "activities")
    )
    for line in examples.list().items:
        listed.add_row(line.id, single_line(line.title), str(line.members), str(line.theatres), str(line.activities))
    output_console().print(listed)


def _unknown(name: str, known: list[str]) -> str:
    from models.suggestions import did_you_mean

    close = did_you_mean(name, known)
    return f"there is no example {name}" + (
        f"; did you mean {close}?" if close else f"; choose from {', '.join(known)}"
    )
