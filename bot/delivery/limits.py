"""Pacing of every call made with one bot token: who goes first, and how fast Telegram lets us go.

Telegram publishes no exact limits; the figures of `Limits` are those of its FAQ for bots. Every call that
shows or changes a message is paced, the others pass at once. "Too many requests" holds the chat it was about.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any

from telegram.error import NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.delivery.outcomes import NOT_SENT, seconds_of
from bot.delivery.pace import Chat, Queue, Send, Window

Answer = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[..., Coroutine[Any, Any, Answer]]

LANES = ("answer", "notice", "mass")
"""Values of `rate_limit_args`, first come first served: answers to people who are talking (the default),
notices about something that concerns them, messages to many."""

_PACED = ("send", "edit", "copy", "forward")
_NO_CHAT = 0
"""Stands for the unknown chat of an inline message."""
_MINUTE = 60.0
_SWEEP_AT = 1024
_REFUSED_CHATS = 3
"""So many chats refused in a row, with no success between, mean that the token is held, not the chats."""
_CATCH_UP = 0.2
"""Seconds that evenly spaced messages may make up when the loop came late to them."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast one token may send.

    overall: messages and edits in any second, all chats together.
    kept_for_answers: of these, how many notices and mass messages leave free (at most half); they go evenly spaced,
        and use one of these places when they make up for a late loop.
    per_chat, burst: new messages a second to one chat in the long run, and how many at once after a pause.
    per_group: messages and edits in any minute to one group.
    retries: how often a call that Telegram answered "too many requests" is made again.
    patience: the longest pause in seconds that is waited out here; a longer one is raised as RetryAfter.
    """

    overall: int = 30
    kept_for_answers: int = 5
    per_chat: float = 1.0
    burst: int = 3
    per_group: int = 20
    retries: int = 3
    patience: float = 60.0


DEFAULT_LIMITS = Limits()


class Limiter(BaseRateLimiter[str]):
    """The one limiter of a token: everything that sends with it shares this object, in one event loop.

    Sends of one lane to one chat keep their order. Raises RetryAfter when Telegram demands a pause longer
    than `Limits.patience`, or when the retries are used up; NetworkError to whoever waits at `shutdown`.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._overall = Window(limits.overall, 1.0)
        kept = min(limits.kept_for_answers, limits.overall // 2)
        self._gap = 1.0 / (limits.overall - kept)
        self._free = max(kept - 1, 0)
        self._gap_until = 0.0
        self._allowance = (limits.burst - 1) / limits.per_chat
        self._held_until = 0.0
        self._refused: set[Chat] = set()
        self._chats: dict[int | str, Chat] = {}
        self._sweep_at = _SWEEP_AT
        self._lines: tuple[list[tuple[float, int, Queue]], ...] = tuple([] for _ in LANES)
        self._ticket = count()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def remembered_chats(self) -> int:
        """How many chats take up memory now."""
        return len(self._chats)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Turn away whoever still waits."""
        for chat in self._chats.values():
            chat.turn_away(NetworkError(f"The limiter is closed: {NOT_SENT}"))
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def process_request(
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: str | None,
    ) -> Answer:
        """Make the call when its turn has come; see telegram.ext.BaseRateLimiter."""
        if not endpoint.startswith(_PACED) or endpoint == "sendChatAction":
            return await self._call_at_once(callback, args, kwargs)
        chat = self._chat(data.get("chat_id") or _NO_CHAT)
        queue = chat.queues[LANES.index(rate_limit_args or LANES[0])]
        turn = asyncio.get_running_loop().create_future()
        send = Send(queue, _messages(data), endpoint.startswith("edit"), turn)
        while True:
            await self._turn(send)
            try:
                answer = await callback(*args, **kwargs)
            except RetryAfter as refusal:
                send.refusals += 1
                self._hold(chat, seconds_of(refusal))
                if self._is_hopeless(send.refusals, refusal):
                    raise
            else:
                self._refused.clear()
                return answer
            finally:
                self._land(send)

    async def _call_at_once(self, callback: Call, args: Any, kwargs: dict[str, Any]) -> Answer:
        refusals = 0
        while True:
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refusal:
                refusals += 1
                if self._is_hopeless(refusals, refusal):
                    raise
                await asyncio.sleep(seconds_of(refusal))

    def _is_hopeless(self, refusals: int, refusal: RetryAfter) -> bool:
        return refusals > self._limits.retries or seconds_of(refusal) > self._limits.patience

    def _chat(self, chat_id: int | str) -> Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            if len(self._chats) >= self._sweep_at:
                self._sweep()
            is_group = str(chat_id).startswith(("-", "@"))
            minute = Window(self._limits.per_group, _MINUTE) if is_group else None
            chat = self._chats[chat_id] = Chat(len(LANES), minute)
        return chat

    def _sweep(self) -> None:
        now = asyncio.get_running_loop().time()
        self._chats = {chat_id: chat for chat_id, chat in self._chats.items() if not chat.is_idle(now)}
        self._sweep_at = max(_SWEEP_AT, 2 * len(self._chats))

    async def _turn(self, send: Send) -> None:
        """Return when the send may start; it then counts until `_land`."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        queue = send.queue
        held = max(queue.chat.held_until, self._held_until) - now
        if held > self._limits.patience:
            raise RetryAfter(math.ceil(held))
        if not queue.busy and not queue.waiting and self._may_start(send, now):
            self._start(send, now, now)
            return
        if send.refusals:
            queue.waiting.appendleft(send)
            send.turn = loop.create_future()
        else:
            queue.waiting.append(send)
        self._line_up(queue, now)
        self._serve()
        try:
            await send.turn
        except asyncio.CancelledError:
            if not send.turn.cancelled() and send.turn.exception() is None:
                self._land(send)  # the turn had come, and nobody is there to use it
            raise

    def _may_start(self, send: Send, now: float) -> bool:
        """Whether this send finds room now, and nobody who waits is to go before it."""
        return (
            self._opens_at(send, now) <= now
            and send.queue.chat.opens_at(send, now, self._allowance) <= now
            and not any(line and line[0][0] <= now for line in self._lines[: send.queue.lane + 1])
        )

    def _opens_at(self, send: Send, now: float) -> float:
        """When the token has room for this send, whatever the chat."""
        if send.queue.lane == 0:
            return max(self._held_until, self._overall.opens_at(now, send.messages))
        places = send.messages + self._free
        return max(self._held_until, self._gap_until, self._overall.opens_at(now, places))

    def _start(self, send: Send, now: float, due: float) -> None:
        queue, chat = send.queue, send.queue.chat
        queue.busy = True
        self._overall.flying += send.messages
        if chat.minute is not None:
            chat.minute.flying += send.messages
        if not send.is_edit:
            chat.paid_until = max(chat.paid_until, now) + 1.0 / self._limits.per_chat
        if queue.lane > 0:
            self._gap_until = max(self._gap_until, due) + self._gap * send.messages

    def _land(self, send: Send) -> None:
        now = asyncio.get_running_loop().time()
        queue = send.queue
        queue.busy = False
        self._overall.land(now, send.messages)
        if queue.chat.minute is not None:
            queue.chat.minute.land(now, send.messages)
        if queue.waiting:
            self._line_up(queue, now)
            self._serve()

    def _line_up(self, queue: Queue, now: float) -> None:
        send = queue.first()
        if send is not None and not queue.busy and not queue.lined_up:
            queue.lined_up = True
            opens_at = queue.chat.opens_at(send, now, self._allowance)
            heappush(self._lines[queue.lane], (opens_at, next(self._ticket), queue))

    def _serve(self) -> None:
        """Start everything that has room now, by lane; then set the clock for what is next."""
        now = asyncio.get_running_loop().time()
        times = [self._serve_line(line, now) for line in self._lines if line]
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if times and min(times) < math.inf:
            self._timer = asyncio.get_running_loop().call_at(min(times), self._serve)

    def _serve_line(self, line: list[tuple[float, int, Queue]], now: float) -> float:
        """Start what has room now in one lane; when to look again."""
        while line:
            opens_at, _, queue = line[0]
            send = queue.first()
            if send is not None and (when := max(opens_at, self._opens_at(send, now))) > now:
                return when
            heappop(line)
            queue.lined_up = False
            if send is None:
                continue
            if queue.chat.opens_at(send, now, self._allowance) > now:
                self._line_up(queue, now)
            else:
                queue.waiting.popleft()
                self._start(send, now, now - _CATCH_UP)
                send.turn.set_result(None)
        return math.inf

    def _hold(self, chat: Chat, seconds: float) -> None:
        """Keep the chat silent so long, and the whole token when one chat after the other is refused."""
        until = asyncio.get_running_loop().time() + seconds
        chat.held_until = max(chat.held_until, until)
        self._refused.add(chat)
        held = [chat]
        if len(self._refused) >= _REFUSED_CHATS:
            self._held_until = max(self._held_until, until)
            self._refused.clear()
            held = list(self._chats.values())
        if seconds > self._limits.patience:
            for one in held:
                one.turn_away(RetryAfter(math.ceil(seconds)))


def _messages(data: dict[str, Any]) -> int:
    """How many messages Telegram counts: an album and a forwarded lot count one by one."""
    several = data.get("media") or data.get("message_ids")
    return len(several) if isinstance(several, list | tuple) else 1
