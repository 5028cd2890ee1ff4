"""Scenes that the tests of bans begin with: somebody whose report led to one."""

from __future__ import annotations

from tests.desk_scenes import at_work, filed, opens, resident
from tests.driver import Phone, Stage


async def kept_out(stage: Stage, verifier: Phone, complaint_id: int, days: str = "7 hari") -> None:
    await opens(verifier, complaint_id)
    await verifier.presses("Batasi pengirim")
    await verifier.presses("kiriman sampah")
    await verifier.presses(days)


async def scene(stage: Stage, **report: object) -> tuple[Phone, Phone, int]:
    verifier, siti = await at_work(stage, "verifier"), await resident(stage, "Siti Aminah")
    return verifier, siti, await filed(stage, siti, **report)
