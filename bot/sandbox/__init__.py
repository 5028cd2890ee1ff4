"""A local Bot API server with a chat page: the offline demo, and what the tests talk to.

Public names:

- `create_sandbox(username=…, limits=True, now=time.time)` → `Sandbox`: one bot, its people, their chats.
- `create_app(sandbox)` → Starlette app: `/bot<token>/METHOD`, `/file/bot<token>/PATH`, `/people/…`, and the
  page at `/`; `create_server(sandbox, host, port)` → a uvicorn server for it that stops promptly.
- `bot.sandbox.inprocess.SandboxRequest(sandbox)`: python-telegram-bot's HTTP layer without sockets.
- `Sandbox`: add_person, send_text, start, press, tap_keyboard, send_photo, send_album, send_document,
  send_voice, send_video, send_file, send_location, send_contact, send_sticker, edit_text, block, unblock,
  deactivate, set_language, history, transcript, commands_for, pending_updates, redeliver, revoke; `groups`
  (create, set_bot, promote, migrate), `faults.add(…)`, `limits.enabled`, `clock.offset`, `counters`,
  `places`, `close()`.
- `PersonError`: what a real client would not let a person do.
"""

from bot.sandbox.sandbox import Sandbox, create_sandbox
from bot.sandbox.server import create_app, create_server
from bot.sandbox.state.errors import PersonError

__all__ = ["PersonError", "Sandbox", "create_app", "create_sandbox", "create_server"]
