"""The command line as an operator meets it: what it says, what it changes, with which code it ends."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest
import typer
from sqlalchemy import select

from bot.commands.line import app
from bot.db import Database
from models.complaint import Complaint
from models.employee import Employee, Invitation
from models.inbox import InboxStatus, InboxUpdate
from models.organisation import Service, Unit
from models.survey import Pulse
from tests.bot.command_line import Run
from tests.driver import START
from tests.factories import small_city, staff
from tests.services.workbook import xlsx

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SERVICES = """code,unit,name
lampu,pu,Lampu jalan umum
parit,pu,Drainase
ktp,capil,KTP elektronik
taman,pu,Taman kota
"""


def look(url: str, statement: Any) -> list[Any]:
    """The rows of a statement."""

    async def read() -> list[Any]:
        db = Database(url)
        async with db.read() as session:
            found = list(await session.execute(statement))
        await db.close()
        return found

    return asyncio.run(read())


def change(url: str, *makers: Callable[[Any], Any]) -> None:
    async def write() -> None:
        db = Database(url)
        async with db.begin() as session:
            for maker in makers:
                await maker(session)
        await db.close()

    asyncio.run(write())


@pytest.fixture
def city(database_url: str) -> str:
    """The address of a database with the small city and its staff."""
    change(database_url, small_city, lambda session: staff(session, START))
    return database_url


# --- help ---


def commands() -> list[tuple[list[str], click.Command]]:
    found: list[tuple[list[str], click.Command]] = []
    open_groups: list[tuple[list[str], Any]] = [([], typer.main.get_command(app))]
    while open_groups:
        path, group = open_groups.pop()
        found.append((path, group))
        for name in group.list_commands(None) if hasattr(group, "list_commands") else ():
            open_groups.append(([*path, name], group.get_command(None, name)))
    return found


@pytest.mark.parametrize(
    ("path", "command"), commands(), ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_the_help_of_every_command_explains_it_and_each_of_its_words(path: list[str], command: Any, run: Run) -> None:
    code, written = run(*path, "--help")
    assert code == 0
    assert command.help.split("\n")[0][:40] in " ".join(written.split())
    for parameter in command.params:
        assert parameter.help, f"{path}: {parameter.name}"


def test_every_command_is_known_here() -> None:
    named = {" ".join(path) for path, _ in commands()} - {"", "inbox", "audit"}
    offices = {"migrate", "seed", "import", "invite", "qr", "check", "inbox list", "inbox retry", "audit verify"}
    assert named == {"demo", "run", "sandbox", "new-key", "rotate-key"} | offices


# --- tables and seed ---


def test_migrate_makes_the_tables_and_twice_is_once(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'er' / 'new.sqlite'}"
    for _ in range(2):
        assert run("migrate", DATABASE_URL=url) == (0, "The database is up to date.\n")
    assert look(url, select(Complaint.id)) == []


@pytest.mark.parametrize("words", [("seed",), ("invite", "1"), ("inbox", "list"), ("qr", "x")], ids=" ".join)
def test_without_tables_it_says_how_to_get_them(words: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    code, written = run(*words, DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert (code, written) == (2, "The database is not up to date: run `gurindam migrate` first\n")


def test_seeding_twice_adds_nothing(run: Run, database_url: str) -> None:
    code, written = run("seed", DATABASE_URL=database_url)
    assert code == 0
    assert "City data: 0 rows" not in written
    units = look(database_url, select(Unit.code).order_by(Unit.code))
    assert len(units) > 20
    assert run("seed", DATABASE_URL=database_url) == (0, "City data: 0 rows added.\n")
    assert look(database_url, select(Unit.code).order_by(Unit.code)) == units


def test_the_demo_tells_the_same_story_to_every_database(run: Run, tmp_path: Path) -> None:
    stories = []
    for name in ("one", "two", "two"):
        url = f"sqlite:///{tmp_path / name}.sqlite"
        run("migrate", DATABASE_URL=url)
        assert run("seed", "--demo", DATABASE_URL=url)[0] == 0
        stories.append((Counter(look(url, select(Complaint.status))), Counter(look(url, select(Pulse.score)))))
    assert stories[0] == stories[1] == stories[2]
    assert sum(stories[0][0].values()) > 50
    assert len(stories[0][0]) > 4


# --- import ---


def test_a_dry_run_shows_the_differences_and_changes_nothing(run: Run, city: str, tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text(SERVICES)
    before = look(city, select(Service.code, Service.name).order_by(Service.code))
    code, written = run("import", "services", str(file), "--dry-run", DATABASE_URL=city)
    assert code == 0
    assert "changed services lampu: name: Lampu jalan → Lampu jalan umum" in written
    assert "added services taman" in written
    assert "rows changed" not in written
    assert look(city, select(Service.code, Service.name).order_by(Service.code)) == before

    code, written = run("import", "services", str(file), DATABASE_URL=city)
    assert code == 0
    assert "rows changed." in written
    stored = dict(tuple(row) for row in look(city, select(Service.code, Service.name)))
    assert (stored["lampu"], stored["taman"]) == ("Lampu jalan umum", "Taman kota")
    assert run("import", "services", str(file), DATABASE_URL=city) == (0, "0 rows changed.\n")


def test_every_bad_cell_is_named_by_sheet_row_and_column(run: Run, city: str, tmp_path: Path) -> None:
    header: list[object] = ["code", "unit", "name", "standard_value"]
    rows = [
        header,
        ["lampu", "pu", "Lampu jalan", "soon"],
        ["taman", "nowhere", "Taman", None],
        ["", "pu", "Pasar", None],
    ]
    file = tmp_path / "kota.xlsx"
    file.write_bytes(xlsx({"services": rows}))
    before = look(city, select(Service.code, Service.name).order_by(Service.code))
    code, written = run("import", "services", str(file), DATABASE_URL=city)
    assert code == 2
    for place in ("row 2, column standard_value", "row 3, column unit", "row 4, column code"):
        assert f"✗ services, {place}: " in written
    assert look(city, select(Service.code, Service.name).order_by(Service.code)) == before


@pytest.mark.parametrize(
    ("kind", "name", "content", "said"),
    [
        ("weather", "weather.csv", b"x", "Import one of: "),
        ("services", "services.xlsx", b"not a workbook", "services.xlsx cannot be read"),
        ("services", "none.csv", None, "does not exist"),
    ],
)
def test_a_file_that_is_none_is_refused(
    kind: str, name: str, content: bytes | None, said: str, run: Run, city: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, written = run("import", kind, str(tmp_path / name), DATABASE_URL=city)
    assert code == 2
    assert said in written


# --- invite ---


def test_an_invitation_is_shown_once_and_kept_as_a_hash(run: Run, city: str) -> None:
    change(city, lambda session: add_employee(session))
    code, written = run("invite", "19900101 201501 1 001", DATABASE_URL=city)
    assert code == 0
    shown = written.split("Code: ")[1].split()[0]
    assert len(shown.replace("-", "")) == 12
    assert "works once" in written
    ((kept, used),) = look(city, select(Invitation.code_hash, Invitation.used_at))
    assert used is None
    assert shown not in kept
    assert shown.replace("-", "") not in kept


async def add_employee(session: Any) -> None:
    session.add(Employee(nip="199001012015011001", name="Pegawai Baru", unit_id=1, kind="pns"))


@pytest.mark.parametrize(("nip", "said"), [("123", "no such employee"), ("bound", "employee already bound")])
def test_who_cannot_be_invited_is_refused_with_exit_code_2(nip: str, said: str, run: Run, city: str) -> None:
    if nip == "bound":
        ((nip,), *_) = look(city, select(Employee.nip).order_by(Employee.id))
    assert run("invite", nip, DATABASE_URL=city) == (2, f"Refused: {said}\n")
    assert look(city, select(Invitation.id)) == []


# --- inbox ---


async def add_faults(session: Any) -> None:
    dead = {"lane": 1, "payload": '{"secret": "words"}', "received_at": NOW, "fault": "ZeroDivisionError", "tries": 5}
    session.add(InboxUpdate(update_id=11, status=InboxStatus.DEAD, incident="K-1", **dead))
    session.add(InboxUpdate(update_id=12, status=InboxStatus.QUARANTINED, incident="K-2", **dead))
    session.add(InboxUpdate(update_id=13, status=InboxStatus.DONE, **dead))


def test_faults_are_listed_without_anybodys_words_and_tried_again(run: Run, city: str) -> None:
    assert run("inbox", "list", DATABASE_URL=city) == (0, "No dead or quarantined updates.\n")
    change(city, add_faults)
    code, written = run("inbox", "list", DATABASE_URL=city)
    assert code == 0
    for part in ("11", "dead", "K-1", "12", "quarantined", "ZeroDivisionError", "2026-11-24 10:00"):
        assert part in written
    assert "13" not in written
    assert "words" not in written

    assert run("inbox", "retry", "12", "13", DATABASE_URL=city) == (0, "1 updates will be tried again.\n")
    assert statuses(city) == {11: "dead", 12: "pending", 13: "done"}
    assert run("inbox", "retry", DATABASE_URL=city) == (0, "1 updates will be tried again.\n")
    assert statuses(city) == {11: "pending", 12: "pending", 13: "done"}


def statuses(url: str) -> dict[int, str]:
    return {row.update_id: row.status.value for row in look(url, select(InboxUpdate.update_id, InboxUpdate.status))}
