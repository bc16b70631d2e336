import subprocess
import sys
from pathlib import Path

SOLVES_ONE = """
import sys
from fastapi.testclient import TestClient
from service.app import create_app
from service.settings import Settings
from tests.service.asking import ALLOCATIONS, BASE, a_problem, until_ready

if __name__ == "__main__":
    with TestClient(create_app(Settings(database="sqlite:///" + sys.argv[1], workers=1)), base_url=BASE) as client:
        until_ready(client)
        assert client.post("/v1/checks", json=a_problem()).json()["sound"]
        assert client.post(ALLOCATIONS, json=a_problem()).json()["outcome"]["status"] == "optimal"
        assert client.get("/openapi.json").status_code == 200
    print(*sorted({"pyomo", "highspy"} & set(sys.modules)))
"""
ROOT = Path(__file__).parents[2]


def test_the_web_process_never_loads_pyomo_or_the_solver(tmp_path: Path) -> None:
    program = tmp_path / "solves_one.py"
    program.write_text(SOLVES_ONE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program, tmp_path / "concord.db"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "CONCORD_LOG_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
