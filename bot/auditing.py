"""`gurindam audit verify`: proves that nothing in the audit was changed, or names the first row that was."""

from __future__ import annotations

from rich.console import Console
from rich.progress import Progress

from bot.config import ConfigurationError, Settings
from bot.db import Database
from bot.schema import is_current
from bot.services import audit


async def verify(settings: Settings, head: str | None, *, console: Console) -> bool:
    """Walk the chain and say what was found; whether it is whole and, where one was kept, ends at `head` or later."""
    if not is_current(settings.database_url):
        raise ConfigurationError("The database is not up to date: run `gurindam migrate` first")
    db = Database(settings.database_url)
    try:
        async with db.read() as session:
            with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
                task = progress.add_task("Audit", total=await audit.count(session))
                found = await audit.verify(session, lambda: progress.advance(task))
            known = head is None or await audit.has(session, head)
    finally:
        await db.close()
    if found.broken is not None:
        row = f"row {found.broken.row_id}" if found.broken.row_id is not None else "a row"
        console.print(f"✗ Broken at position {found.broken.position}: {row} is {found.broken.fault}.", markup=False)
        return False
    if not known:
        console.print("✗ The chain is whole, but the head that was kept is not in it: its end was cut off.")
        return False
    console.print(f"✓ {found.rows} rows, head {found.head}; {found.waiting} not chained yet.", soft_wrap=True)
    return True
