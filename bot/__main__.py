"""The command line: `python -m bot` or `gurindam`."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot import checking, demo, operating, sandboxing, serving
from bot.config import ConfigurationError, load_settings
from bot.keys import make_key
from bot.log import start_logging
from bot.schema import is_current
from bot.schema import migrate as migrate_schema
from models.errors import Refusal

try:
    import uvloop
except ImportError:  # not to be had on Windows
    uvloop = None  # type: ignore[assignment]

FAULT = 2
#: The collector's thresholds: an update makes thousands of short-lived objects, hardly any of them in a circle.
SELDOM = (5_000, 20, 50)

app = typer.Typer(
    name="gurindam",
    help="Gurindam: warga didengar, kota menjawab. The bot of a city's complaints, ratings and performance.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
inbox = typer.Typer(
    help="Updates that could not be handled: look at them, give them another try.", no_args_is_help=True
)
app.add_typer(inbox, name="inbox")
audit = typer.Typer(help="The record of who did what: rows that are only added.", no_args_is_help=True)
app.add_typer(audit, name="audit")
console = Console()
#: Faults and refusals: what is written to it never mixes with a command's results.
errors = Console(stderr=True)


@app.command(name="demo")
def run_demo(
    port: Annotated[int, typer.Option(help="Port of the page; the next free one if it is taken.")] = 8088,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget the demo's earlier data first.")] = False,
) -> None:
    """Start the whole product without Telegram: bot, database, Bot API server and a chat page with phones."""
    start_logging("WARNING")
    _run(demo.run(port, fresh=fresh, say=console.print))


@app.command()
def run() -> None:
    """Run the bot with the settings of the environment, until SIGTERM."""
    settings = load_settings()
    start_logging(settings.log_level)
    _run(serving.serve(settings))


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8081,
    limits: Annotated[bool, typer.Option(help="Keep Telegram's flood limits.")] = True,
) -> None:
    """Run only the local Bot API server with its chat page (for a bot with GURINDAM_TELEGRAM_API_URL set to it)."""
    start_logging("WARNING")
    _run(sandboxing.run(port, limits=limits, say=console.print))


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    settings = load_settings()
    if not is_current(settings.database_url):
        migrate_schema(settings.database_url)
    _run(operating.seal_identities(settings))
    console.print("The database is up to date.")


@app.command()
def seed(
    with_demo: Annotated[bool, typer.Option("--demo", help="Add invented people and months of history.")] = False,
) -> None:
    """Load the city's data (and with --demo the demo people and their history)."""
    _run(operating.seed(load_settings(), with_demo=with_demo, console=console))


@app.command(name="import")
def import_data(
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(operating.IMPORTS)}.")],
    file: Annotated[Path, typer.Argument(help="An XLSX or CSV file.", exists=True, dir_okay=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the differences, change nothing.")] = False,
) -> None:
    """Replace units, services, the roster… by a file; every bad cell is named by sheet, row and column."""
    work = operating.import_file(load_settings(), kind, file, dry_run=dry_run, console=console, errors=errors)
    faults = _run(work)
    if faults:
        raise typer.Exit(FAULT)


@app.command()
def invite(nip: Annotated[str, typer.Argument(help="The civil servant's NIP, 18 digits.")]) -> None:
    """Make a one-time code that binds a Telegram account to this civil servant."""
    _run(operating.invite(load_settings(), nip, console=console))


@app.command()
def qr(
    service_code: Annotated[str, typer.Argument(help="A service's code, as in services.csv.")],
    kind: Annotated[
        operating.CounterCode, typer.Option(help="What it opens: a rating, the nine questions, or one of the nine.")
    ] = operating.CounterCode.RATING,
    out: Annotated[Path | None, typer.Option(help="A .png or .svg to write; without it the code is shown.")] = None,
) -> None:
    """Make the QR code for a service's counter: who scans it rates that service or answers its survey."""
    _run(operating.make_qr(load_settings(), service_code, kind, out, console=console))


@app.command(name="new-key")
def new_key() -> None:
    """Print a new key for GURINDAM_IDENTITY_KEY (it seals who is behind anonymous reports)."""
    console.print(make_key(), markup=False)


@app.command(name="rotate-key")
def rotate_key() -> None:
    """Seal the identities of anonymous reporters with the newest key: set it in front of the old one first."""
    _run(operating.rotate_key(load_settings(), console=console))


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
    _run(operating.list_faults(load_settings(), console=console))


@inbox.command()
def retry(
    update_ids: Annotated[list[int] | None, typer.Argument(help="Which updates; none means all.")] = None,
) -> None:
    """Give dead or quarantined updates another set of tries (the running bot takes them up within minutes)."""
    _run(operating.retry_faults(load_settings(), update_ids or None, console=console))


@audit.command(name="verify")
def verify_audit(
    head: Annotated[
        str | None, typer.Option(help="A head that was posted earlier: it must still be in the chain.")
    ] = None,
) -> None:
    """Prove that nothing in the audit was changed; the first broken row is named, exit code 1."""
    if not _run(operating.verify_audit(load_settings(), head, console=console)):
        raise typer.Exit(1)


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run to the end on the fastest loop there is. What is loaded by now stays: the collector need not look at it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    with asyncio.Runner(loop_factory=None if uvloop is None else uvloop.new_event_loop) as runner:
        return runner.run(work)


def main() -> None:
    """Run the command line; bad configuration is one line and exit code 2."""
    try:
        app()
    except ConfigurationError as error:
        errors.print(str(error), markup=False, soft_wrap=True, style="red")
        raise SystemExit(FAULT) from None
    except Refusal as refusal:
        errors.print(f"Refused: {refusal.code.replace('_', ' ')}", markup=False, style="red")
        raise SystemExit(FAULT) from None


if __name__ == "__main__":
    main()
