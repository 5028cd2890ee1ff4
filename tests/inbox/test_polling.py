"""Polling survives whatever Telegram answers, and confirms nothing that is not stored."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.inbox import polling
from tests.driver import Stage

FAULTS: list[dict[str, Any]] = [
    {"status": 401},
    {"status": 404},
    {"status": 409},
    {"status": 500},
    {"status": 502},
    {"retry_after": 0},
    {"drop": "before"},
    {"drop": "after"},
]


async def poll_until(stage: Stage, is_enough: Any) -> None:
    assert stage.product is not None
    task = asyncio.create_task(stage.product.poller.run())
    for _ in range(500):
        await asyncio.sleep(0.02)
        if is_enough():
            break
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert is_enough()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: "-".join(f"{k}{v}" for k, v in fault.items()))
async def test_polling_goes_on_after(stage: Stage, fault: dict[str, Any]) -> None:
    siti = stage.person("Siti")
    stage.sandbox.faults.add("getUpdates", **fault)
    stage.sandbox.send_text(siti.id, "Lampu jalan di depan SD mati")
    await poll_until(stage, lambda: siti.saw("Ada foto atau video?"))
    assert sum("Ada foto" in text for text in siti.texts()) == 1


async def test_nothing_is_confirmed_before_it_is_stored(stage: Stage, monkeypatch: Any) -> None:
    siti = stage.person("Siti")
    stage.sandbox.send_text(siti.id, "Lampu jalan di depan SD mati")
    stored: list[int] = []

    async def refuse_once(updates: list[dict[str, Any]]) -> None:
        stored.append(len(updates))
        if len(stored) == 1:
            raise OSError("the disk is full")

    assert stage.product is not None
    monkeypatch.setattr(stage.product.poller, "_store", refuse_once)
    await poll_until(stage, lambda: len(stored) >= 2)
    assert stored[:2] == [1, 1]


async def test_health_is_the_age_of_the_last_successful_poll(stage: Stage) -> None:
    assert stage.product is not None
    assert stage.product.poller.age() is None
    siti = stage.person("Siti")
    stage.sandbox.send_text(siti.id, "Lampu jalan di depan SD mati")
    await poll_until(stage, lambda: stage.product.poller.age() is not None)  # type: ignore[union-attr]
    age = stage.product.poller.age()
    assert age is not None
    assert age < polling.HOLD_SECONDS
