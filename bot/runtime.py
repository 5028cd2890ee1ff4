"""What a running process is made of, handed to jobs and edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram.ext import ExtBot

from bot.clock import Clock
from bot.config import Settings
from bot.db import Database
from bot.delivery.sender import Sender
from bot.inbox.lanes import Lanes
from bot.inbox.replying import Replies


@dataclass(slots=True)
class Runtime:
    """The parts every duty may need."""

    settings: Settings
    db: Database
    bot: ExtBot[Any]
    sender: Sender
    lanes: Lanes
    replies: Replies
    clock: Clock
