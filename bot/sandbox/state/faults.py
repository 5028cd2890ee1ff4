"""Scripted failures: what the server does to the next calls of a method instead of serving them."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.state.errors import ApiError
from bot.sandbox.state.updates import OTHER_POLL

_PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: OTHER_POLL,
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass
class Fault:
    """One scripted failure; `times` calls of it are left."""

    method: str
    times: int
    status: int | None
    description: str | None
    parameters: dict[str, Any] | None
    drop: Literal["before", "after"] | None
    delay: float
    chat_id: int | None

    def error(self) -> ApiError | None:
        """The answer to give, or None where the call is only delayed or cut."""
        if self.status is None:
            return None
        description = self.description or _PHRASES.get(self.status, "Internal Server Error")
        return ApiError(self.status, description, self.parameters)


class Faults:
    """The script, first added first used."""

    def __init__(self) -> None:
        self.script: list[Fault] = []

    def add(
        self,
        method: str,
        times: int = 1,
        status: int | None = None,
        description: str | None = None,
        retry_after: int | None = None,
        migrate_to: int | None = None,
        drop: Literal["before", "after"] | None = None,
        delay: float = 0.0,
        chat_id: int | None = None,
    ) -> Fault:
        """Fail the next `times` calls of `method` ("*" = any), of one chat where `chat_id` is given.

        `drop="before"` cuts the connection with nothing done, `"after"` once the call took effect;
        `delay` seconds pass first; `retry_after` makes it a 429, `migrate_to` the upgraded group's 400.
        """
        parameters: dict[str, Any] | None = None
        if retry_after is not None:
            status, parameters = 429, {"retry_after": retry_after}
            description = description or f"Too Many Requests: retry after {retry_after}"
        if migrate_to is not None:
            status, parameters = 400, {"migrate_to_chat_id": migrate_to}
            description = "Bad Request: group chat was upgraded to a supergroup chat"
        fault = Fault(method.lower(), times, status, description, parameters, drop, delay, chat_id)
        self.script.append(fault)
        return fault

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault this call runs into, one of its times used up; None for an undisturbed call."""
        for fault in self.script:
            same_chat = fault.chat_id is None or fault.chat_id == chat_id
            if fault.method in (method.lower(), "*") and same_chat:
                fault.times -= 1
                if fault.times <= 0:
                    self.script.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self.script.clear()
