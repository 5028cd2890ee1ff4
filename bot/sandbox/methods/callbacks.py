"""Answering a pressed button."""

from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.state.errors import bad_request
from bot.sandbox.state.world import World

LONGEST_ANSWER = 200


def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """Show the presser a toast or an alert; a press is answered once and within its life."""
    text = parameters.text("text")
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    press = world.presses.get(parameters.text("callback_query_id"))
    if press is None or press.answer is not None or press.expires_at <= world.clock.now():
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    press.answer = {
        "text": text,
        "show_alert": parameters.flag("show_alert"),
        "url": parameters.text("url"),
    }
    press.answered.set()
    data = {"chat_id": press.chat_id, "message_id": press.message_id, "press_id": press.id, **press.answer}
    world.events.publish("answer", data, [press.person_id])
    return True
