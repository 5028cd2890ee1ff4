"""A loop whose clock jumps to the next timer, so that minutes pass at once; and a Telegram to send to in it."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

from bot.delivery.limits import Limiter


class JumpingSelector(selectors.DefaultSelector):
    """Instead of sleeping it moves the clock on."""

    now = 1000.0

    def select(self, timeout: float | None = None):
        if timeout:
            self.now += timeout + 1e-6
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.selector = JumpingSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        return self.selector.now


def run(test: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(test)


class Telegram:
    """Stands for the Bot API: notes what arrives when; answers after `latency`, or with the next fault."""

    def __init__(self, limiter: Limiter, latency: float = 0.0) -> None:
        self.limiter, self.latency = limiter, latency
        self.seen: list[tuple[float, int | None, str]] = []
        self.faults: dict[int | None, list[Exception]] = {}
        self.began = asyncio.get_running_loop().time()

    async def call(
        self,
        chat: int | None,
        text: str = "",
        lane: str | None = None,
        endpoint: str = "sendMessage",
        **data: Any,
    ) -> Any:
        return await self.limiter.process_request(
            self._receive, (chat, text), {}, endpoint, {"chat_id": chat, **data}, lane
        )

    async def _receive(self, chat: int | None, text: str) -> bool:
        self.seen.append((self.now, chat, text))
        await asyncio.sleep(self.latency)
        if self.faults.get(chat):
            raise self.faults[chat].pop(0)
        return True

    @property
    def now(self) -> float:
        return round(asyncio.get_running_loop().time() - self.began, 3)

    def texts(self, chat: int | None = None) -> list[str]:
        return [text for _, to, text in self.seen if chat in (None, to)]

    def times(self, chat: int | None = None) -> list[float]:
        return [time for time, to, _ in self.seen if chat in (None, to)]


def most_within(times: list[float], span: float) -> int:
    """The greatest number of calls in any window of this length."""
    return max(sum(1 for other in times if time <= other < time + span) for time in times)
