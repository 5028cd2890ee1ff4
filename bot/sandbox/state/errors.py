"""What goes wrong in the sandbox: for the bot as Telegram says it, for a person as a plain sentence."""

from typing import Any


class ApiError(Exception):
    """A refusal of the Bot API: HTTP status, Telegram's own description, optional `parameters` object."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class PersonError(Exception):
    """Something a person's client could not do, e.g. write to a bot it has blocked."""


class DroppedConnectionError(Exception):
    """The scripted fault that cuts the connection instead of answering."""


def bad_request(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def upgraded(new_chat_id: int) -> ApiError:
    """The answer to a call that still names the group as it was before it became a supergroup."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, reason, {"migrate_to_chat_id": new_chat_id})
