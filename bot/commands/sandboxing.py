"""`gurindam sandbox`: the local Bot API server with its chat page, alone."""

from __future__ import annotations

import socket
from collections.abc import Callable

from bot.sandbox import create_sandbox
from bot.sandbox.server import create_server

HOST = "127.0.0.1"
PORTS_TO_TRY = 50

Say = Callable[[str], object]


async def run(port: int, *, limits: bool, say: Say) -> None:
    """Serve until interrupted."""
    port = free_port(port)
    sandbox = create_sandbox(limits=limits)
    sandbox.add_person("Warga", label="resident")
    say(f"Bot API and chat page: http://{HOST}:{port}/ (any token will do)")
    await create_server(sandbox, HOST, port).serve()


def any_port() -> int:
    """A port that nobody holds, as the system hands them out: two who ask at once get two."""
    with socket.create_server((HOST, 0)) as held:
        return int(held.getsockname()[1])


def hold_port(wanted: int) -> socket.socket:
    """The wanted port, or the next free one, held from now on: whoever starts meanwhile takes another."""
    for port in range(wanted, wanted + PORTS_TO_TRY):
        holder = socket.socket()
        try:
            if port == free_port(port):
                holder.bind((HOST, port))
                holder.listen()
                return holder
        except OSError:
            pass
        holder.close()
    raise OSError(f"no free port from {wanted} on")


def free_port(wanted: int) -> int:
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, wanted + PORTS_TO_TRY):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) != 0:
                return port
    raise OSError(f"no free port from {wanted} on")
