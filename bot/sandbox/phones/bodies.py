"""Reading the requests of the page and of tests."""

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.sandbox.sandbox import Sandbox


def sandbox_of(request: Request) -> Sandbox:
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox


def person_of(request: Request) -> int:
    """The person in the path; raises PersonError where there is none."""
    return sandbox_of(request).person(request.path_params["person_id"]).id


def chat_in_query(request: Request) -> int | None:
    value = request.query_params.get("chat_id", "")
    return int(value) if value.lstrip("-").isdigit() else None


class Body:
    """A JSON object; a field that is missing or of another type answers 400."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if not isinstance(value, str):
            raise HTTPException(400, f"{name} must be text")
        return value

    def integer(self, name: str) -> int:
        value = self.values.get(name)
        if not isinstance(value, int):
            raise HTTPException(400, f"{name} must be a whole number")
        return value

    def number(self, name: str) -> float:
        value = self.values.get(name)
        if not isinstance(value, int | float):
            raise HTTPException(400, f"{name} must be a number")
        return float(value)

    def optional(self, name: str) -> Any:
        return self.values.get(name)


async def read_body(request: Request) -> Body:
    try:
        values = json.loads(await request.body() or b"{}")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise HTTPException(400, "a JSON object is expected")
    return Body(values)
