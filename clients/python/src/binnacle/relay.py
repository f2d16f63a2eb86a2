"""The process between the script's descriptors and the terminal, for ``capture_logs="fd"``.

It is a process and not a thread: native code may write to a full pipe while it holds the
interpreter's lock, and a thread that needs that lock to empty the pipe would never come to do it.
It also outlives the script, so that children that are still writing do not die of SIGPIPE.

It is run as a file by ``python -I -S relay.py FRAMES CONTROL (SOURCE INPUT TERMINAL)…``, all of
them descriptors but SOURCE, and imports nothing from the package, to start quickly.
"""

from __future__ import annotations

import os
import select
import signal
import struct
import sys
import time
from collections import deque
from typing import Deque, Dict, List, Tuple

FRAME = struct.Struct(">BQI")
"""Source, time (epoch nanoseconds), length of the text that follows."""

END = 0
LOST = 255
BACKLOG = 4 * 1024 * 1024
CHUNK = 64 * 1024
BREATH_SECONDS = 0.01
"""Rest after a small read: a writer of many small pieces pays for each waking of the relay."""

GATHER_SECONDS = 0.1
GATHER_BYTES = 256 * 1024
"""The copies are sent together: each waking of the script's reader may interrupt the script."""


class Relay:
    """Copies every input to its terminal at once, and to the script's own frames as it may."""

    def __init__(self, frames: int, control: int, inputs: Dict[int, Tuple[int, int]]) -> None:
        self.frames = frames
        self.control = control
        self.inputs = inputs  # input descriptor -> (source, terminal descriptor)
        self.backlog: Deque[bytes] = deque()
        self.size = 0
        self.lost = 0
        self.due = 0.0
        self.moved = 0
        os.set_blocking(frames, False)

    def run(self) -> None:
        """Copy until all inputs have ended."""
        while self.inputs:
            poll = select.poll()
            for descriptor in self.inputs:
                poll.register(descriptor, select.POLLIN)
            if self.control >= 0:
                poll.register(self.control, select.POLLIN)
            wait = None
            if self.backlog:
                wait = max(0.0, self.due - time.monotonic()) * 1000
                if self.is_due():
                    poll.register(self.frames, select.POLLOUT)
                    wait = None
            ready = dict(poll.poll(wait))
            moved = self.moved
            for descriptor in list(self.inputs):
                if descriptor in ready:
                    self.copy(descriptor)
            if self.control in ready:
                self.end()
            if self.is_due():
                self.send()
            if 0 < self.moved - moved < CHUNK // 2 and self.control >= 0:
                time.sleep(BREATH_SECONDS)
        if self.frames >= 0:
            self.end()

    def is_due(self) -> bool:
        """Say whether the frames gathered so far shall be sent."""
        return self.size >= GATHER_BYTES or (self.size > 0 and time.monotonic() >= self.due)

    def copy(self, descriptor: int) -> bool:
        """Pass one piece on; False at the end of the input."""
        source, terminal = self.inputs[descriptor]
        try:
            data = os.read(descriptor, CHUNK)
        except BlockingIOError:
            return False
        except OSError:  # How a pseudo-terminal says that its last writer is gone.
            data = b""
        if not data or not self.show(terminal, data):
            os.close(descriptor)
            del self.inputs[descriptor]
            return False
        self.moved += len(data)
        self.queue(source, data)
        return True

    def show(self, terminal: int, data: bytes) -> bool:
        """Write all; False when nobody reads, which the writer shall learn as without us."""
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(terminal, view) :]
            except BlockingIOError:
                select.select([], [terminal], [])
            except OSError:
                return False
        return True

    def queue(self, source: int, data: bytes) -> None:
        """Keep a copy for the script; what is too much is counted, never waited for."""
        if self.frames < 0:
            return
        if self.size + len(data) > BACKLOG:
            self.lost += len(data)
            return
        if self.lost:
            self.push(LOST, str(self.lost).encode())
            self.lost = 0
        self.push(source, data)

    def push(self, source: int, data: bytes) -> None:
        """Add one frame."""
        if not self.backlog:
            self.due = time.monotonic() + GATHER_SECONDS
        frame = FRAME.pack(source, time.time_ns(), len(data)) + data
        self.backlog.append(frame)
        self.size += len(frame)

    def send(self) -> None:
        """Send as many frames as the script takes now."""
        while self.backlog and self.frames >= 0:
            frame = self.backlog[0]
            try:
                written = os.write(self.frames, frame)
            except BlockingIOError:
                return
            except OSError:  # The script is gone; its children may still write.
                self.drop_frames()
                return
            self.size -= written
            if written < len(frame):
                self.backlog[0] = frame[written:]
                return
            self.backlog.popleft()

    def end(self) -> None:
        """Send what was written until now and an end mark; from here on only pass through."""
        for descriptor in list(self.inputs):
            os.set_blocking(descriptor, False)
            while descriptor in self.inputs and self.copy(descriptor):
                pass
            if descriptor in self.inputs:
                os.set_blocking(descriptor, True)
        if self.frames >= 0:
            self.push(END, b"")
            os.set_blocking(self.frames, True)
            self.send()
        self.drop_frames()

    def drop_frames(self) -> None:
        """Send no more copies."""
        if self.frames >= 0:
            os.close(self.frames)
            self.frames = -1
        if self.control >= 0:
            os.close(self.control)
            self.control = -1
        self.backlog.clear()
        self.size = 0


def main(arguments: List[str]) -> None:
    """Relay until the last writer is gone; signals for the script are not for us."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"):
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    numbers = [int(argument) for argument in arguments]
    inputs = {}
    for source, descriptor, terminal in zip(numbers[2::3], numbers[3::3], numbers[4::3]):
        inputs[descriptor] = (source, terminal)
    Relay(numbers[0], numbers[1], inputs).run()


if __name__ == "__main__":
    main(sys.argv[1:])
