"""Reads and writes the files named on the command line: JSON, YAML or `-` for standard input."""

import sys
from pathlib import Path
from typing import Any

import typer

from service.cli.error_output import EXIT_OTHER_ERROR, Refused
from service.cli.terminal import error_console

STANDARD_INPUT = "-"
YAML_SUFFIXES = (".yaml", ".yml")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls")
MAX_BYTES = 20 * 2**20
"""Largest document that is read, in bytes; the same limit as over HTTP."""


def source_name(file: str) -> str:
    """Name of FILE in messages."""
    return "standard input" if file == STANDARD_INPUT else file


def read_document(file: str) -> Any:  # noqa: ANN401  (any document)
    """The parsed document in FILE, not yet validated; raises `Refused` or `NotReadable`."""
    from models.reading import parse_json

    if file.lower().endswith(WORKBOOK_SUFFIXES):
        raise Refused(
            f"{file} is a workbook, which cannot be read yet; write the problem as JSON or YAML", "not_supported_yet"
        )
    data = _bytes(file)
    if len(data) > MAX_BYTES:
        raise Refused(f"{source_name(file)} is larger than the limit of {MAX_BYTES // 2**20} MiB", "body_too_large")
    if not _is_yaml(file, data):
        return parse_json(data)
    from service.cli.yaml_text import parse_yaml

    return parse_yaml(data, source=source_name(file))


def _is_yaml(file: str, data: bytes) -> bool:
    if file.lower().endswith((*YAML_SUFFIXES, ".json")):
        return not file.lower().endswith(".json")
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"{", b"[", b"")


def _bytes(file: str) -> bytes:
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise Refused(f"there is no file {file}", "file_not_found") from error
    except IsADirectoryError as error:
        raise Refused(f"{file} is a folder; give the name of a file in it", "not_a_file") from error
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}", "file_not_readable") from error


def require_writable(output: str, *, instead: str) -> None:
    """Raise `Refused` if `output` cannot be a file to write to; call it before any long work.

    `instead` tells the user how to write to standard output.
    """
    path = Path(output)
    if output == STANDARD_INPUT:
        raise Refused(f"-o needs a file name; for standard output, {instead}", "not_a_file")
    if path.is_dir():
        raise Refused(f"{output} is a folder; give the name of a file in it", "not_a_file")
    if not path.parent.is_dir():
        raise Refused(f"there is no folder {path.parent} to write {path.name} to", "file_not_found")


def write(output: str, text: str) -> None:
    """Write `text` to a file; exits with status 1 if that fails."""
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        error_console().print(f"{output} cannot be written: {error.strerror}", style="bold red", soft_wrap=True)
        raise typer.Exit(EXIT_OTHER_ERROR) from error
