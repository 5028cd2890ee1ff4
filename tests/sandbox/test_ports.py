"""Two demos that start together take two ports."""

import socket

from bot.commands.sandboxing import HOST, free_port, hold_port


def test_a_held_port_is_nobody_elses() -> None:
    with hold_port(23_450) as first, hold_port(23_450) as second:
        ports = [held.getsockname()[1] for held in (first, second)]
        assert ports[0] < ports[1]
        assert free_port(ports[0]) not in ports
    with socket.socket() as after:
        after.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        after.bind((HOST, ports[0]))
        assert after.getsockname()[1] == ports[0]
