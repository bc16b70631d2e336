"""`concord serve`: where it listens, and how it reports that it cannot."""

import re
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.service.cli.asking import ROOT, command, concord


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_prints_its_address_answers_there_and_stops_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    database = f"sqlite:///{tmp_path / 'concord.db'}"
    process = subprocess.Popen(
        command("serve", "--port", "0", "--workers", "1", "--database", database),
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stderr is not None
        match = re.fullmatch(r"Concord listens on (http://127\.0\.0\.1:\d+)\n", process.stderr.readline())
        assert match is not None
        with urllib.request.urlopen(f"{match[1]}/health/live", timeout=30) as answer:  # noqa: S310  (our own address)
            assert answer.status == 200
    finally:
        process.send_signal(ending)
        _, remarks = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "leaked" not in remarks


def test_reports_a_port_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = concord("serve", "--port", str(port))
    assert result.exit_code == 1
    assert f"cannot listen on 127.0.0.1, port {port}: another program already uses this port" in result.stderr


def test_reports_an_unknown_host() -> None:
    result = concord("serve", "--host", "no.such.host.invalid")
    assert result.exit_code == 1
    assert "cannot listen on no.such.host.invalid" in result.stderr


@pytest.mark.parametrize("option, named", [(("--port", "70000"), "port"), (("--workers", "-1"), "workers")])
def test_refuses_an_invalid_setting(option: tuple[str, str], named: str) -> None:
    result = concord("serve", *option)
    assert result.exit_code == 2
    assert f"{named}: " in result.stderr


@pytest.mark.parametrize(
    "url, reason",
    [
        ("sqlite:////nowhere/at/all/concord.db", "unable to open database file"),
        ("postgresql+nodriver://host/name", "nodriver"),
    ],
)
def test_a_database_that_cannot_be_opened_is_one_message_and_status_1(url: str, reason: str) -> None:
    result = concord("serve", "--port", "0", "--database", url)
    assert result.exit_code == 1
    assert "cannot_open_database" in result.stderr
    assert reason in result.stderr.replace("\n", " ")


def test_refuses_text_that_is_no_database_url() -> None:
    result = concord("serve", "--database", "concord.db")
    assert result.exit_code == 2
    assert "not a database URL" in result.stderr.replace("\n", " ")
