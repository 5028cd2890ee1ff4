"""getUpdates: confirm, give, or wait."""

import asyncio
from typing import Any

from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.state.errors import ApiError
from bot.sandbox.state.updates import UpdateQueue
from bot.sandbox.state.world import World

_LONGEST_WAIT = 50
_MOST_UPDATES = 100
_WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    """Updates from `offset` on, at most `limit`; waits `timeout` seconds for one. Raises ApiError 409."""
    if world.webhook.url:
        raise ApiError(409, _WEBHOOK_IS_SET)
    if "allowed_updates" in parameters:
        world.updates.allow(parameters.tree("allowed_updates", "allowed updates") or [])
    world.updates.confirm(parameters.integer("offset"))
    limit = parameters.integer("limit", _MOST_UPDATES)
    limit = limit if 1 <= limit <= _MOST_UPDATES else _MOST_UPDATES
    seconds = min(_LONGEST_WAIT, max(0, parameters.integer("timeout")))
    return await _wait(world.updates, limit, seconds)


async def _wait(updates: UpdateQueue, limit: int, seconds: int) -> list[dict[str, Any]]:
    poll = updates.open_poll()
    try:
        batch = updates.batch(limit)
        if not batch and seconds:
            try:
                await asyncio.wait_for(poll.wake.wait(), seconds)
            except TimeoutError:
                return []
            if poll.conflict:
                raise ApiError(409, poll.conflict)
            batch = updates.batch(limit)
        return batch
    finally:
        updates.close_poll(poll)
