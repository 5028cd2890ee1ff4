"""Turning the webhook on and off."""

import re
from typing import Any

from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.state.errors import bad_request
from bot.sandbox.state.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]*")


def set_webhook(world: World, parameters: Parameters) -> bool:
    """Post updates to `url` from now on; plain http is taken too, as by a server in local mode."""
    url = parameters.text("url").strip()
    secret = parameters.text("secret_token")
    if url and not re.match(r"https?://[^/\s]+", url):
        raise bad_request("invalid webhook URL specified")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in parameters:
        world.updates.allow(parameters.tree("allowed_updates", "allowed updates") or [])
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook.url, world.webhook.secret = url, secret
    world.webhook.max_connections = min(100, max(1, parameters.integer("max_connections", 40)))
    world.webhook.last_error = None
    if url:
        world.updates.end_poll("Conflict: terminated by setWebhook request")
    return True


def delete_webhook(world: World, parameters: Parameters) -> bool:
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook.url = world.webhook.secret = ""
    return True


def get_webhook_info(world: World, _: Parameters) -> dict[str, Any]:
    info: dict[str, Any] = {
        "url": world.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending()),
        "max_connections": world.webhook.max_connections,
    }
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    if world.webhook.last_error:
        info["last_error_date"], info["last_error_message"] = world.webhook.last_error
    return info
