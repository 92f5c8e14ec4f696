"""Listening sockets on the loopback address only."""

from __future__ import annotations

import socket


def listen(port: int) -> socket.socket:
    """A bound socket on 127.0.0.1; port 0 takes a free one. Raises OSError if it is taken."""
    # asyncio turns Nagle's delay off only where the protocol is named (base_events._set_nodelay).
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)
    return listening
