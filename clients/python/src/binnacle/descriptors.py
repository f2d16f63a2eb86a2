"""Capture by redirecting descriptors 1 and 2: C libraries and child processes are seen as well."""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Callable, Dict, List, Optional, Tuple

from .assembler import Assembler
from .counters import Counters
from .relay import END, FRAME, LOST

_RELAY = Path(__file__).with_name("relay.py")
_SLICE = 0.1
_F_SETPIPE_SZ = 1031  # Linux; the name is in the fcntl module from Python 3.10 on only.
_PIPE_BYTES = 1024 * 1024
_READ_BYTES = 256 * 1024


class DescriptorCapture:
    """Puts a relay process between descriptors and terminal, and reads its copy of the text.

    A descriptor that was a terminal becomes a pseudo-terminal, so that ``isatty`` is as before.
    """

    def __init__(
        self, assemblers: Dict[int, Assembler], counters: Counters, lost: Callable[[], None]
    ) -> None:
        """``lost`` is called when the relay died, and the descriptors are as before already."""
        self._assemblers = assemblers
        self._counters = counters
        self._lost = lost
        self._lock = threading.Lock()
        self._redirected = False
        self._terminals: Dict[int, int] = {}
        self._relay: Optional["subprocess.Popen[bytes]"] = None
        self._frames = -1
        self._control = -1
        self._reader = threading.Thread(target=self._read, name="binnacle-relay", daemon=True)

    def start(self) -> None:
        """Redirect.

        :raises OSError: when a descriptor is closed or the relay cannot be started; everything
            is as before then.
        """
        if os.name != "posix" or not sys.executable:
            raise OSError("this system has no relay")
        opened: List[int] = []
        try:
            self._redirect(opened)
        except BaseException:
            for terminal in self._terminals.values():
                os.close(terminal)
            self._terminals = {}
            raise
        finally:
            for descriptor in opened:
                os.close(descriptor)
        self._reader.start()

    def stop(self, waited: Callable[[], bool]) -> None:
        """Give the descriptors back, having read all that was written until now.

        :param waited: whether a relay that is slow has had its time.
        """
        _flush()
        self._give_back()
        os.close(self._control)
        while self._reader.is_alive() and not waited():
            self._reader.join(_SLICE)
        for terminal in self._terminals.values():
            os.close(terminal)
        assert self._relay is not None
        try:
            self._relay.wait(0.2)
        except subprocess.TimeoutExpired:
            pass  # A child still writes; the relay ends with it.

    def forget(self) -> None:
        """Close a parent's end in a forked child; the child's output still goes to the relay."""
        for descriptor in (self._control, self._frames, *self._terminals.values()):
            os.close(descriptor)
        if self._relay is not None:
            # Not this process's child: keep its finaliser from waiting for it.
            self._relay.returncode = 0

    def terminal(self, descriptor: int) -> int:
        """Return where the descriptor led before."""
        return self._terminals[descriptor]

    def _redirect(self, opened: List[int]) -> None:
        _flush()
        channels: List[Tuple[int, int]] = []
        arguments: List[str] = []
        for descriptor in self._assemblers:
            self._terminals[descriptor] = os.dup(descriptor)
            reading, writing = _channel(descriptor)
            opened += [reading, writing]
            channels.append((writing, descriptor))
            arguments += [str(descriptor), str(reading), str(self._terminals[descriptor])]
        frames_in, frames_out = os.pipe()
        control_in, control_out = os.pipe()
        opened += [frames_out, control_in]
        self._frames, self._control = frames_in, control_out
        inherited = [int(text) for text in arguments if int(text) > 2] + [frames_out, control_in]
        try:
            self._relay = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_RELAY), str(frames_out), str(control_in)]
                + arguments,
                pass_fds=inherited,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except BaseException:
            os.close(frames_in)
            os.close(control_out)
            raise
        for writing, descriptor in channels:
            os.dup2(writing, descriptor)
        self._redirected = True

    def _give_back(self) -> bool:
        """Let the descriptors lead where they led before; False when they do already."""
        with self._lock:
            if not self._redirected:
                return False
            self._redirected = False
            for descriptor, terminal in self._terminals.items():
                os.dup2(terminal, descriptor)
            return True

    def _read(self) -> None:
        """Body of the thread that reads the relay's copies, and notices its death."""
        if not self._read_to_end() and self._give_back():
            self._lost()

    def _read_to_end(self) -> bool:
        """Take all copies; False when they break off."""
        decoders = {
            source: codecs.getincrementaldecoder("utf-8")("replace") for source in self._assemblers
        }
        with os.fdopen(self._frames, "rb", _READ_BYTES) as frames:
            while True:
                head = frames.read(FRAME.size)
                if len(head) < FRAME.size:
                    return False
                source, time_ns, length = FRAME.unpack(head)
                data = frames.read(length)
                if len(data) < length:
                    return False
                if source == END:
                    return True
                if source == LOST:
                    self._counters.add("bytes_dropped_relay", int(data))
                    continue
                try:
                    self._assemblers[source].feed(decoders[source].decode(data), time_ns)
                except Exception:  # noqa: BLE001 - what follows must still be seen
                    self._counters.add("internal_errors")


def _channel(descriptor: int) -> Tuple[int, int]:
    """Return a pair of descriptors to read from and to write to, a terminal if the old one is."""
    if not os.isatty(descriptor):
        reading, writing = os.pipe()
        _enlarge(writing)
        return reading, writing
    import pty
    import tty

    master, slave = pty.openpty()
    tty.setraw(slave)
    _copy_size(descriptor, slave)
    return master, slave


def _enlarge(pipe: int) -> None:
    """Give a fast writer room while the relay rests; where that is not possible it waits a bit."""
    try:
        import fcntl

        fcntl.fcntl(pipe, _F_SETPIPE_SZ, _PIPE_BYTES)
    except (ImportError, OSError):
        pass


def _copy_size(terminal: int, slave: int) -> None:
    try:
        import fcntl
        import termios

        size = fcntl.ioctl(terminal, termios.TIOCGWINSZ, b"\0" * 8)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
    except OSError:
        pass  # Then bars are drawn for 80 columns.


def _flush() -> None:
    """Empty Python's and C's buffers, so that text goes where it was written to."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: BLE001 - closed, broken, or in the middle of a write
            pass
    try:
        import ctypes

        libc = ctypes.CDLL(None)
        for name in ("stdout", "stderr"):
            libc.fflush(ctypes.c_void_p.in_dll(libc, name))
    except Exception:  # noqa: BLE001 - no ctypes, or a C library with other names
        pass
