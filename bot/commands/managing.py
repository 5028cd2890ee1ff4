"""The operator's commands: tables, data, invitations, codes, keys, faults, the audit."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot import checking, operating
from bot.commands.terminal import FAULT, console, errors, to_the_end
from bot.config import load_settings
from bot.keys import make_key
from bot.revision import is_current
from bot.schema import migrate as migrate_schema

app = typer.Typer()
inbox = typer.Typer(
    help="Updates that could not be handled: look at them, give them another try.", no_args_is_help=True
)
app.add_typer(inbox, name="inbox")
audit = typer.Typer(help="The record of who did what: rows that are only added.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    settings = load_settings()
    if not is_current(settings.database_url):
        migrate_schema(settings.database_url)
    to_the_end(operating.seal_identities(settings))
    console.print("The database is up to date.")


@app.command()
def seed(
    with_demo: Annotated[bool, typer.Option("--demo", help="Add invented people and months of history.")] = False,
) -> None:
    """Load the city's data (and with --demo the demo people and their history)."""
    to_the_end(operating.seed(load_settings(), with_demo=with_demo, console=console))


@app.command(name="import")
def import_data(
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(operating.IMPORTS)}.")],
    file: Annotated[Path, typer.Argument(help="An XLSX or CSV file.", exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the differences, change nothing.")] = False,
) -> None:
    """Replace units, services, the roster… by a file, or add applications; every bad cell is named by its place."""
    work = operating.import_file(load_settings(), kind, file, dry_run=dry_run, console=console, errors=errors)
    faults = to_the_end(work)
    if faults:
        raise typer.Exit(FAULT)


@app.command()
def invite(nip: Annotated[str, typer.Argument(help="The civil servant's NIP, 18 digits.")]) -> None:
    """Make a one-time code that binds a Telegram account to this civil servant."""
    to_the_end(operating.invite(load_settings(), nip, console=console))


@app.command()
def qr(
    service_code: Annotated[str, typer.Argument(help="A service's code, as in services.csv.")],
    kind: Annotated[
        operating.CounterCode, typer.Option(help="What it opens: a rating, the nine questions, or one of the nine.")
    ] = operating.CounterCode.RATING,
    out: Annotated[Path | None, typer.Option(help="A .png or .svg to write; without it the code is shown.")] = None,
) -> None:
    """Make the QR code for a service's counter: who scans it rates that service or answers its survey."""
    to_the_end(operating.make_qr(load_settings(), service_code, kind, out, console=console))


@app.command(name="new-key")
def new_key() -> None:
    """Print a new key for GURINDAM_IDENTITY_KEY (it seals who is behind anonymous reports)."""
    console.print(make_key(), markup=False)


@app.command(name="rotate-key")
def rotate_key() -> None:
    """Seal the identities of anonymous reporters with the newest key: set it in front of the old one first."""
    to_the_end(operating.rotate_key(load_settings(), console=console))


@app.command()
def check() -> None:
    """Check settings, database, migrations and token: one line per fault, exit code 2."""
    faults = asyncio.run(checking.find_faults())
    for fault in faults:
        errors.print(f"✗ {fault}", markup=False, soft_wrap=True)
    if faults:
        raise typer.Exit(FAULT)
    console.print("✓ Settings, database, migrations and token are in order.")


@inbox.command(name="list")
def list_inbox() -> None:
    """Dead and quarantined updates, the oldest first (without anybody's words)."""
    to_the_end(operating.list_faults(load_settings(), console=console))


@inbox.command()
def retry(
    update_ids: Annotated[list[int] | None, typer.Argument(help="Which updates; none means all.")] = None,
) -> None:
    """Give dead or quarantined updates another set of tries (the running bot takes them up within minutes)."""
    to_the_end(operating.retry_faults(load_settings(), update_ids or None, console=console))


@audit.command(name="verify")
def verify_audit(
    head: Annotated[
        str | None, typer.Option(help="A head that was posted earlier: it must still be in the chain.")
    ] = None,
) -> None:
    """Prove that nothing in the audit was changed; the first broken row is named, exit code 1."""
    if not to_the_end(operating.verify_audit(load_settings(), head, console=console)):
        raise typer.Exit(1)
