"""What an answer's courtesies may hold up, and what they may not: a press acknowledged, old buttons taken away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.inbox import replying
from bot.jobs import leftovers
from bot.sandbox.inprocess import SandboxRequest
from models.complaint import Complaint
from models.inbox import InboxStatus, InboxUpdate
from tests.driver import Phone, Stage


class Network:
    """Telegram's side of the wire: calls of some methods arrive only when they are let through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[str] = []
        self._held: dict[str, asyncio.Event] = {}
        pass_on = SandboxRequest.do_request

        async def do_request(request: SandboxRequest, url: str, *given: Any, **options: Any) -> tuple[int, bytes]:
            method = url.rpartition("/")[2]
            self.calls.append(method)
            if method in self._held:
                await self._held[method].wait()
            return await pass_on(request, url, *given, **options)

        monkeypatch.setattr(SandboxRequest, "do_request", do_request)

    def hold(self, method: str) -> None:
        """From now on they wait."""
        self._held[method] = asyncio.Event()

    def let_through(self) -> None:
        """All that waits arrives."""
        for event in self._held.values():
            event.set()
        self._held.clear()


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    return Network(monkeypatch)


async def deliver(stage: Stage) -> None:
    """Telegram hands out what people did; nothing is waited for."""
    assert stage.product is not None
    updates: Any = await stage.product.runtime.bot.do_api_request(
        "getUpdates", api_kwargs={"offset": stage.offset, "timeout": 0}
    )
    await stage.product.take(updates)
    stage.offset = updates[-1]["update_id"] + 1


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - the phone tells
            await asyncio.sleep(0.01)


async def statuses(stage: Stage) -> list[InboxStatus]:
    async with stage.db.read() as session:
        return list(await session.scalars(select(InboxUpdate.status).order_by(InboxUpdate.update_id)))


def offers(person: Phone, label: str) -> bool:
    """Whether a button of the chat says so."""
    keyboards = [message.get("reply_markup", {}).get("inline_keyboard", []) for message in person.history()]
    return any(label in button["text"] for keyboard in keyboards for row in keyboard for button in row)


async def begin(stage: Stage) -> Phone:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati sejak hari Senin")
    return siti


async def test_a_slow_acknowledgement_does_not_hold_up_what_comes_next(stage: Stage, network: Network) -> None:
    siti = await begin(stage)
    network.hold("answerCallbackQuery")
    stage.sandbox.press(siti.id, *siti.button("Lewati"))
    await deliver(stage)
    await until(lambda: siti.saw("Di mana tempatnya?"))
    stage.sandbox.send_text(siti.id, "Sei Jang, depan masjid")
    await deliver(stage)
    await until(lambda: offers(siti, "Ya, benar"))
    network.let_through()
    await stage.settle()
    assert await statuses(stage) == [InboxStatus.DONE] * 3


async def test_old_buttons_go_before_what_the_chat_gets_next(stage: Stage, network: Network) -> None:
    siti = await begin(stage)
    await siti.presses("Lewati")
    old, _ = siti.button("Lewati")
    network.hold("editMessageReplyMarkup")
    stage.sandbox.send_text(siti.id, "Sei Jang, depan masjid")
    await deliver(stage)
    await until(lambda: "editMessageReplyMarkup" in network.calls)
    network.calls.clear()
    stage.sandbox.press(siti.id, *siti.button("Ya, benar"))
    await deliver(stage)
    await until(lambda: "answerCallbackQuery" in network.calls)  # handled meanwhile
    assert "editMessageText" not in network.calls
    network.let_through()
    await stage.settle()
    assert "editMessageText" in network.calls
    assert not next(one for one in siti.history() if one["message_id"] == old).get("reply_markup")


async def test_the_next_update_waits_until_the_answers_before_are_seen(stage: Stage) -> None:
    siti = await begin(stage)
    stage.sandbox.faults.add("sendMessage", status=502)
    stage.sandbox.send_text(siti.id, "/bantuan")
    stage.sandbox.send_text(siti.id, "/bahasa")
    seen = len(siti.texts())
    await stage.settle()
    helped, asked, language = siti.texts()[seen:]
    assert "Jawab satu pertanyaan" in helped
    assert "Ada foto atau video?" in asked
    assert "Bahasa apa" in language


async def test_a_double_tap_files_once_while_nothing_is_acknowledged(stage: Stage, network: Network) -> None:
    siti = await begin(stage)
    await siti.presses("Lewati")
    await siti.says("Sei Jang, depan masjid")
    await siti.presses("Ya, benar")
    await siti.presses("Terbuka")
    network.hold("answerCallbackQuery")
    button = siti.button("Kirim laporan")
    stage.sandbox.press(siti.id, *button)
    stage.sandbox.press(siti.id, *button)
    await deliver(stage)
    assert stage.product is not None
    await stage.product.lanes.idle()  # both are handled, though Telegram knows of no acknowledgement yet
    network.let_through()
    await stage.settle()
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Complaint)) == 1
    assert await statuses(stage) == [InboxStatus.DONE] * 7


async def test_a_refused_answer_leaves_the_old_buttons(stage: Stage, network: Network) -> None:
    siti = await begin(stage)
    message_id, _ = siti.button("Lewati")
    stage.sandbox.faults.add("sendMessage", status=400, times=2, description="Bad Request: message is too long")
    network.calls.clear()
    await siti.says("/bantuan")
    assert "editMessageReplyMarkup" not in network.calls
    assert siti.button("Lewati")[0] == message_id


async def test_shown_and_not_tidied_is_no_leftover(stage: Stage, network: Network) -> None:
    siti = await begin(stage)
    network.hold("answerCallbackQuery")
    stage.sandbox.press(siti.id, *siti.button("Lewati"))
    await deliver(stage)
    await until(lambda: siti.saw("Di mana tempatnya?"))
    assert stage.product is not None
    await stage.product.lanes.idle()
    stage.later(minutes=2)
    assert (await statuses(stage))[-1] is InboxStatus.ANSWERING
    assert (await leftovers.run(stage.product.runtime))["taken_up"] == 0
    network.let_through()
    await stage.settle()
    assert (await statuses(stage))[-1] is InboxStatus.DONE


async def test_a_stop_does_not_wait_for_courtesies_for_ever(
    stage: Stage, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replying, "COURTESY_WAIT", 0.01)
    siti = await begin(stage)
    network.hold("answerCallbackQuery")
    stage.sandbox.press(siti.id, *siti.button("Lewati"))
    await deliver(stage)
    await until(lambda: siti.saw("Di mana tempatnya?"))
    seen = siti.texts()
    await stage.close()
    network.let_through()
    await stage.open()
    assert siti.texts() == seen
    assert await statuses(stage) == [InboxStatus.DONE] * 2


async def test_a_crash_before_the_courtesies_shows_the_answer_again(stage: Stage, network: Network) -> None:
    siti = await begin(stage)
    network.hold("answerCallbackQuery")
    stage.sandbox.press(siti.id, *siti.button("Lewati"))
    await deliver(stage)
    await until(lambda: siti.saw("Di mana tempatnya?"))
    crashed = stage.product
    assert crashed is not None
    await crashed.lanes.idle()
    assert (await statuses(stage))[-1] is InboxStatus.ANSWERING
    network.let_through()
    await stage.open()  # another process, before this one has recorded anything
    assert await statuses(stage) == [InboxStatus.DONE] * 2
    assert sum("Di mana tempatnya?" in text for text in siti.texts()) == 1
    await crashed.stop()
