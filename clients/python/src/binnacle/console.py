"""All capture of one run: streams or descriptors, and the ``logging`` module."""

from __future__ import annotations

import sys
import time
from typing import Callable, Dict, List, Optional, TextIO, Tuple

from .assembler import Assembler, Emit
from .counters import Counters
from .descriptors import DescriptorCapture
from .echoes import Echoes
from .lines import Entry, Line
from .loghook import LoggingHook
from .notices import Notices
from .streams import Hush, WrappedStream

WRAP = "wrap"
FD = "fd"
OFF = "off"


class Console:
    """Turns what the script writes into log lines of level INFO; stderr is no error by itself."""

    def __init__(
        self,
        mode: str,
        put: Callable[[Entry], None],
        hold: Callable[[], None],
        counters: Counters,
        notices: Notices,
    ) -> None:
        self.mode = mode
        self.hush = Hush()
        self._put = put
        self._counters = counters
        self._notices = notices
        self._assemblers = {
            source: Assembler(self._emitter(source), hold) for source in ("stdout", "stderr")
        }
        self._echoes: Dict[str, Echoes] = {}
        self._wrapped: List[WrappedStream] = []
        self._descriptors: Optional[DescriptorCapture] = None
        self._hook = LoggingHook(self._put_record, self.hush, counters)

    def start(self) -> None:
        """Begin to capture; what cannot be captured is left alone and said."""
        if self.mode == OFF:
            return
        if self.mode == FD:
            self._redirect()
        self._wrap()
        self._hook.start()

    def stop(self, waited: Callable[[], bool]) -> None:
        """Give all streams back, and give out what was held.

        :param waited: see :meth:`DescriptorCapture.stop`.
        """
        self._hook.stop()
        for wrapped in self._wrapped:
            wrapped.stop()
        self._wrapped = []
        if self._descriptors is not None:
            self._descriptors.stop(waited)
            self._notices.descriptor = 2
            self._descriptors = None
        for assembler in self._assemblers.values():
            assembler.end()

    def settle(self, now: float) -> bool:
        """See :meth:`Assembler.settle`."""
        return any([assembler.settle(now) for assembler in self._assemblers.values()])

    def after_fork(self) -> None:
        """Adapt to being a forked child.

        With redirected descriptors the parent goes on capturing what the child writes, so that
        the child itself must not.
        """
        for assembler in self._assemblers.values():
            assembler.reset()
        if self._descriptors is not None:
            self._hook.stop()
            for wrapped in self._wrapped:
                wrapped.stop()
            self._wrapped = []
            self._descriptors.forget()
            self._notices.descriptor = 2
            self._descriptors = None

    def _put_record(self, line: Line) -> None:
        """Store a log record after the bars that were finished before it."""
        for assembler in self._assemblers.values():
            assembler.pass_by()
        self._put(line)

    def _redirect(self) -> None:
        capture = DescriptorCapture(
            {1: self._assemblers["stdout"], 2: self._assemblers["stderr"]},
            self._counters,
            self._lose_relay,
        )
        try:
            capture.start()
        except Exception as failure:  # noqa: BLE001 - then the streams alone are captured
            self.mode = WRAP
            self._notices.once("fd", "descriptors cannot be redirected (%r)" % failure)
            return
        self._echoes = {source: Echoes() for source in self._assemblers}
        self._descriptors = capture
        self._notices.descriptor = capture.terminal(2)

    def _lose_relay(self) -> None:
        """Go on with the streams alone."""
        self._counters.add("relays_lost")
        self._echoes = {}
        for wrapped in self._wrapped:
            wrapped.hear()
        self._notices.once(
            "fd", "the relay process died; what native code and child processes write is not seen"
        )

    def _wrap(self) -> None:
        """Wrap both streams; with descriptors redirected, only to learn what handlers write."""
        heard = self._descriptors is None
        for source, stream in _streams():
            echoes = self._echoes.get(source)
            wrapped = WrappedStream(
                stream,
                self._assemblers[source],
                self.hush,
                self._counters,
                None if echoes is None else echoes.expect,
                heard,
            )
            if wrapped.start():
                self._wrapped.append(wrapped)
            else:
                self._notices.once(source, "%s cannot be captured" % source)

    def _emitter(self, source: str) -> Emit:
        def emit(text: str, time_ns: int, bar: bool, missing: int) -> None:
            echoes = self._echoes.get(source)
            if echoes is not None:
                text = echoes.without_echo(text, bar)
            if text:
                self._put(Line(source, "INFO", text, time_ns, missing=missing))

        return emit

    def exception(self, text: str, fields: Optional[str]) -> None:
        """Store an uncaught exception, whose text on the screen is shown under :attr:`hush`."""
        self._put(Line("stderr", "CRITICAL", text, time.time_ns(), fields))


def _streams() -> List[Tuple[str, TextIO]]:
    """Return the streams that there are; one that is both goes by where it led at the start."""
    if sys.stdout is sys.stderr:
        both = sys.stdout
        found = [("stderr" if both is sys.__stderr__ else "stdout", both)]
    else:
        found = [("stdout", sys.stdout), ("stderr", sys.stderr)]
    return [(source, stream) for source, stream in found if stream is not None]
