"""What an operator does at the command line with the database: seed, import, invite, look after faults."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import segno
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot import keys
from bot.checking import meet_bot
from bot.clock import utc_now
from bot.config import ConfigurationError, Settings
from bot.db import Database
from bot.inbox import store
from bot.jobs import indicators
from bot.revision import is_current
from bot.sealing import require_keys, seal_all
from bot.services import audit, followers, identity, staff, surveys
from bot.services.administration import watching
from bot.services.city import know
from bot.services.demo.seeding import STEPS, seed_demo
from bot.services.imports.applying import apply
from bot.services.imports.plans import Change, Fault, draft
from bot.services.imports.seeding import seed_city
from bot.services.imports.sheets import Sheet, UnreadableFileError, read
from bot.services.imports.tables import TABLES
from bot.services.performance.records import console as records
from bot.services.performance.records import files
from bot.services.satisfaction.offers import Link
from models.rules.permissions import Presser

#: The register's file of a service: not the city's data, but applications by their number.
RECORDS = "service-records"
IMPORTS = (*TABLES, RECORDS)
PICTURES = (".png", ".svg")


class CounterCode(StrEnum):
    """What the code at a counter opens: one tap, the nine questions, or one of the nine."""

    RATING = "rating"
    SURVEY = "survey"
    MICRO = "micro"


PREFIXES = {CounterCode.RATING: Link.RATING, CounterCode.SURVEY: Link.SURVEY, CounterCode.MICRO: Link.MICRO}
#: Of one module of a QR code: a printed A6 is sharp.
PIXELS = 16


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    if not is_current(settings.database_url):
        raise ConfigurationError("The database is not up to date: run `gurindam migrate` first")
    keys.use(settings)
    db = Database(settings.database_url)
    try:
        with watching.acting_as(watching.CONSOLE):
            yield db
    finally:
        await db.close()


async def seed(settings: Settings, *, with_demo: bool, console: Console) -> None:
    """Load the city's files, and with `with_demo` the invented people; what is there already stays."""
    now = utc_now()
    with _progress_on(console) as progress:
        task = progress.add_task("City data", total=None)
        async with _database(settings) as db, db.begin() as session:
            added = await seed_city(session, _today(settings, now))
            if with_demo:
                progress.update(task, description="Demo history", total=STEPS)
                await seed_demo(session, now, lambda: progress.advance(task))
                await indicators.record(session, await know(session, now), now)
    console.print(f"City data: {len(added)} rows added.")


async def import_file(
    settings: Settings, kind: str, file: Path, *, dry_run: bool, console: Console, errors: Console
) -> int:
    """Check the file, print the differences, apply them unless `dry_run`; the number of faults, printed to `errors`."""
    if kind not in IMPORTS:
        raise ConfigurationError(f"Import one of: {', '.join(IMPORTS)}")
    if kind == RECORDS:
        return await _import_records(settings, file, dry_run=dry_run, console=console, errors=errors)
    today = _today(settings, utc_now())
    sheets = _sheets_of(kind, file)
    async with _database(settings) as db:
        async with db.read() as session:
            plan = await draft(session, sheets, today)
        _print_faults(plan.faults, errors)
        _print_changes(plan.changes, console)
        if plan.faults or dry_run:
            return len(plan.faults)
        with _progress_on(console) as progress:
            task = progress.add_task("Applying", total=len(plan.changes))
            async with db.begin() as session:
                await apply(
                    session,
                    plan.changes,
                    today,
                    lambda _, done, total: progress.update(task, completed=done, total=total),
                )
    console.print(f"{len(plan.changes)} rows changed.")
    return 0


async def _import_records(settings: Settings, file: Path, *, dry_run: bool, console: Console, errors: Console) -> int:
    """Applications of any service: what can be used is written, as in the chat; the rest is named by its row."""
    now, content = utc_now(), _content_of(file)
    async with _database(settings) as db, db.begin() as session:
        by = records.Console(session, await know(session, now), Presser(0), now)
        read_rows = await files.parse(by, file.name, content)
        _print_faults([Fault(file.name, one.row, one.column, one.code, {}) for one in read_rows.faults], errors)
        found = await files.compare(session, read_rows.rows)
        console.print(", ".join(f"{number} {what}" for what, number in found.counts().items()), markup=False)
        if not dry_run:
            await records.write(by, found)
            console.print(f"{len(found.new) + len(found.changed)} rows changed.")
    return len(read_rows.faults)


def _sheets_of(kind: str, file: Path) -> list[Sheet]:
    """The file's sheets; a CSV is the sheet that the command names."""
    name = file.name if file.suffix.lower() == ".xlsx" else f"{kind}{file.suffix.lower()}"
    try:
        return read(name, _content_of(file))
    except UnreadableFileError as error:
        raise ConfigurationError(f"{file.name} cannot be read: {error}") from None


def _content_of(file: Path) -> bytes:
    return file.read_bytes()


async def invite(settings: Settings, nip: str, *, console: Console) -> None:
    """Print a one-time code and when it expires."""
    now = utc_now()
    async with _database(settings) as db, db.begin() as session:
        invitation = await staff.invite_by_nip(session, nip, now)
    console.print(f"Code: {invitation.code}", markup=False)
    console.print(f"Valid until {invitation.expires_at.astimezone(settings.zone):%Y-%m-%d %H:%M}; works once.")


async def make_qr(
    settings: Settings, service_code: str, kind: CounterCode, out: Path | None, *, console: Console
) -> None:
    """Write (or show) the QR code of the link that opens this service's rating or survey.

    Refused with `no_such_service`.
    """
    if out is not None and out.suffix.lower() not in PICTURES:
        raise ConfigurationError(f"Give --out a name that ends in {' or '.join(PICTURES)}")
    now = utc_now()
    async with _database(settings) as db, db.read() as session:
        service = surveys.service_of_code(await know(session, now), service_code, now)
    bot = await meet_bot(settings)
    link = f"{bot.link}?start={PREFIXES[kind]}{service.code}"
    code = segno.make_qr(link, error="q")
    if out is None:
        code.terminal(compact=True)
    else:
        _save(code, out)
    console.print(f"{service.name}: {link}", markup=False, soft_wrap=True)
    if kind is CounterCode.SURVEY:
        console.print(f"For a page: {bot.link}?start={Link.PAGE}{service.code}", markup=False, soft_wrap=True)


def _save(code: segno.QRCode, out: Path) -> None:
    try:
        code.save(str(out), scale=PIXELS)
    except OSError as error:
        raise ConfigurationError(f"{out} cannot be written: {error.strerror}") from None


async def list_faults(settings: Settings, *, console: Console) -> None:
    """A table of dead and quarantined updates."""
    async with _database(settings) as db, db.read() as session:
        rows = await store.faults(session)
    table = Table("update", "status", "received", "tries", "fault", "incident")
    for row in rows:
        received = f"{row.received_at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        table.add_row(str(row.update_id), row.status.value, received, str(row.tries), row.fault, row.incident)
    console.print(table if rows else "No dead or quarantined updates.")


async def retry_faults(settings: Settings, update_ids: Sequence[int] | None, *, console: Console) -> None:
    """Make them pending again."""
    async with _database(settings) as db, db.begin() as session:
        number = await store.revive(session, update_ids)
    console.print(f"{number} updates will be tried again.")


async def seal_identities(settings: Settings) -> int:
    """Seal the anonymous reports that an earlier release left with their reporter's name; how many."""
    async with _database(settings) as db:
        return await seal_all(db)


async def rotate_key(settings: Settings, *, console: Console) -> None:
    """Seal every identity with the newest of the keys: afterwards the older ones may go."""
    number, last = 0, 0
    async with _database(settings) as db:
        await require_keys(db)
        await seal_all(db)
        while True:
            async with db.begin() as session:
                ids = await identity.rotate(session, last)
            if not ids:
                break
            number, last = number + len(ids), ids[-1]
        last = 0
        while True:
            async with db.begin() as session:
                ids = await followers.rotate(session, last, identity.BATCH)
            if not ids:
                break
            last = ids[-1]
        async with db.begin() as session:
            notices = await identity.rotate_notices(session)
    console.print(f"{number} reports and {notices} notices are sealed with the newest key.")


async def verify_audit(settings: Settings, head: str | None, *, console: Console) -> bool:
    """Walk the chain and say what was found; whether it is whole and, where a head was kept, still holds it."""
    async with _database(settings) as db, db.read() as session:
        with _progress_on(console) as progress:
            task = progress.add_task("Audit", total=await audit.count(session))
            found = await audit.verify(session, lambda: progress.advance(task))
        known = head is None or await audit.has(session, head)
    if found.broken is not None:
        row = f"row {found.broken.row_id}" if found.broken.row_id is not None else "a row"
        console.print(f"✗ Broken at position {found.broken.position}: {row} is {found.broken.fault}.", markup=False)
        return False
    if not known:
        console.print("✗ The chain is whole, but the head that was kept is not in it: its end was cut off.")
        return False
    console.print(f"✓ {found.rows} rows, head {found.head}; {found.waiting} not chained yet.", soft_wrap=True)
    return True


def _progress_on(console: Console) -> Progress:
    """A bar for who watches; nothing where the output goes to a file."""
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def _today(settings: Settings, now: datetime) -> date:
    return now.astimezone(settings.zone).date()


def _print_faults(faults: Sequence[Fault], errors: Console) -> None:
    for fault in faults:
        values = ", ".join(f"{name}={value}" for name, value in fault.values.items())
        place = f"{fault.sheet}, row {fault.row or '-'}, column {fault.column or '-'}"
        errors.print(f"✗ {place}: {fault.code.replace('_', ' ')} {values}", markup=False, soft_wrap=True)


def _print_changes(changes: Sequence[Change], console: Console) -> None:
    for change in changes:
        values = "; ".join(f"{name}: {old!s} → {new!s}" for name, (old, new) in change.values.items())
        key = ", ".join(str(part) for part in change.key) if isinstance(change.key, tuple) else str(change.key)
        console.print(f"{change.kind.value} {change.table} {key}: {values}", markup=False, soft_wrap=True)
