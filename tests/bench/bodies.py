"""The parameters of a Bot API call, from any of the three encodings that client libraries use."""

import json
from typing import Any
from urllib.parse import parse_qsl


def parameters(content_type: str, body: bytes, query: str) -> dict[str, Any]:
    """Parameters by name. Forms give strings, JSON bodies whatever was sent; files are left out."""
    found: dict[str, Any] = dict(parse_qsl(query))
    if not body:
        return found
    if content_type.startswith("application/json"):
        found.update(json.loads(body))
    elif content_type.startswith("multipart/form-data"):
        found.update(_parts(content_type.partition("boundary=")[2].strip('"'), body))
    else:
        found.update(parse_qsl(body.decode(), keep_blank_values=True))
    return found


def _parts(boundary: str, body: bytes) -> dict[str, str]:
    found = {}
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        if b"filename=" not in head:
            name = head.partition(b'name="')[2].partition(b'"')[0].decode()
            found[name] = value.removesuffix(b"\r\n").decode()
    return found


def decoded(value: Any) -> Any:
    """A parameter that is an object: forms carry it as JSON text."""
    return json.loads(value) if isinstance(value, str) else value
