"""Messages on a pipe: eight bytes of length, then the bytes."""

from __future__ import annotations

from typing import IO

__all__ = ["read_frame", "write_frame"]

FRAME_BYTES = 100_000_000


def write_frame(stream: IO[bytes], message: bytes) -> None:
    """Write one message."""
    stream.write(len(message).to_bytes(8, "big"))
    stream.write(message)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message; None at the end of the stream or where it is cut short or too long."""
    size = int.from_bytes(head, "big") if len(head := stream.read(8)) == 8 else -1
    if not 0 <= size <= FRAME_BYTES:
        return None
    message = stream.read(size)
    return message if len(message) == size else None
