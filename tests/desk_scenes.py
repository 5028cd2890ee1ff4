"""Scenes that the desk's tests begin with: a report that was just filed, disposed or taken."""

from __future__ import annotations

import re

from tests.driver import Phone, Stage
from tests.factories import STAFF


async def at_work(stage: Stage, role: str) -> Phone:
    """Somebody of the staff who opened the bot (or else it may not write to them)."""
    phone = stage.person(role.title(), telegram_id=STAFF[role])
    await phone.starts()
    return phone


async def file_a_report(
    resident: Phone, text: str = "Lampu jalan di depan SD mati sejak hari Senin", visibility: str = "Terbuka"
) -> str:
    """A resident files a report in Sei Jang; its code."""
    await resident.says(text)
    await resident.presses("Lewati")
    await resident.says("Sei Jang, depan masjid")
    await resident.presses("Ya, benar")
    if "Ke mana laporan" in resident.last():
        await resident.presses("Belum tahu")
    await resident.presses(visibility)
    await resident.presses("Kirim laporan")
    found = re.search(r"TPI-\S+", resident.last())
    assert found is not None
    return found.group()
