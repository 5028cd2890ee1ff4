"""Logs: one JSON line an event, never a token, never a resident's words."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

_TOKEN = re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{30,}\b")


def _scrub(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return {name: _TOKEN.sub("<token>", value) if isinstance(value, str) else value for name, value in event.items()}


def start_logging(level: str = "INFO", *, readable: bool | None = None) -> None:
    """Send structlog and the standard library's logs to standard error; readable on a terminal, JSON elsewhere."""
    as_text = sys.stderr.isatty() if readable is None else readable
    renderer: Any = structlog.dev.ConsoleRenderer() if as_text else structlog.processors.JSONRenderer()
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _scrub,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for noisy in ("httpx", "telegram", "apscheduler", "aiohttp.access", "uvicorn", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger; its values are facts and codes, never texts of people."""
    return structlog.stdlib.get_logger(name)
