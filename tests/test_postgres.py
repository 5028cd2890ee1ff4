"""The tests' own PostgreSQL: what is built on it can be trusted, and nothing of it stays behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.postgres import DIRECTORY_PREFIX, PostgresServer, memory, remove_leftovers, temporary

LONGEST_FAREWELL = 20


def test_a_copy_has_the_rows_of_its_template_and_keeps_its_own(postgres_server: PostgresServer) -> None:
    template = postgres_server.create_database()
    with psycopg.connect(template) as connection:
        connection.execute("CREATE TABLE kelurahan AS SELECT 'Penyengat' AS name")
    copy = postgres_server.create_database(template)
    with psycopg.connect(copy) as connection:
        connection.execute("INSERT INTO kelurahan VALUES ('Dompak')")
        assert connection.execute("SELECT name FROM kelurahan").fetchall() == [("Penyengat",), ("Dompak",)]
    with psycopg.connect(template) as connection:
        assert connection.execute("SELECT name FROM kelurahan").fetchall() == [("Penyengat",)]
    for url in (copy, template):
        postgres_server.drop_database(url)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(copy)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child together with its killed parent")
def test_no_server_survives_a_killed_test_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GURINDAM_TEST_DATABASE_URL", raising=False)
    run = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from tests.postgres import PostgresServer; import time\n"
            "PostgresServer().start(); print('ready', flush=True); time.sleep(60)",
        ],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
    )
    assert run.stdout is not None
    with run.stdout:
        assert run.stdout.readline() == b"ready\n"
    directories = [
        path
        for parent in {temporary(), memory() or temporary()}
        for path in parent.glob(f"{DIRECTORY_PREFIX}{run.pid}-*")
    ]
    (pid_file,) = (path / "postmaster.pid" for path in directories if (path / "postmaster.pid").exists())
    server = int(pid_file.read_text().splitlines()[0])
    run.send_signal(signal.SIGKILL)
    run.wait()
    deadline = time.monotonic() + LONGEST_FAREWELL
    while is_alive(server) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(server)
    remove_leftovers()
    assert not [path for path in directories if path.exists()]


def is_alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent to notice counts as gone."""
    try:
        os.kill(process, 0)
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False
