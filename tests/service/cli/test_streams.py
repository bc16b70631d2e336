"""Streams: closed pipes, terminals, files."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.service.cli.asking import ROOT, SMALLEST, command, write_document


@pytest.mark.parametrize("arguments", [("solve",), ("solve", "--json"), ("check",)])
def test_a_closed_pipe_is_not_reported_as_a_crash(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    name, *options = arguments
    path = write_document(tmp_path, SMALLEST)
    try:
        done = subprocess.run(
            command(name, path, *options), stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    finally:
        os.close(writing)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_shows_progress_on_a_terminal_and_keeps_standard_output_clean(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    path = write_document(tmp_path, SMALLEST)
    done = subprocess.run(
        command("solve", path, "--json"), stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT, check=False
    )
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert done.returncode == 0
    assert done.stdout.startswith(b"{\n")
    assert b"preparing the problem" in shown


def test_prints_no_colour_and_no_trailing_blanks_into_a_file(tmp_path: Path) -> None:
    done = subprocess.run(
        command("solve", write_document(tmp_path, SMALLEST)), capture_output=True, cwd=ROOT, check=True, text=True
    )
    assert "\x1b" not in done.stdout
    assert [line for line in done.stdout.splitlines() if line != line.rstrip()] == []
    assert max(len(line) for line in done.stdout.splitlines()) <= 100
