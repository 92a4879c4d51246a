"""The port on which Rung listens, taken before anything is loaded that would serve it."""

import socket


class PortTaken(Exception):
    """Another program listens there; the text says what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises PortTaken."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise PortTaken(f"{host}:{port} cannot be used ({error}). Set HTTP_PORT to a free port.") from error
