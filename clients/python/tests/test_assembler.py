"""From written text to lines."""

import time
import unittest

from support import binnacle_source  # noqa: F401

from binnacle.assembler import Assembler
from binnacle.lines import MESSAGE_LIMIT


class AssemblerTest(unittest.TestCase):
    def setUp(self):
        self.lines = []
        self.held = 0
        self.assembler = Assembler(lambda text, _: self.lines.append(text), self._hold)

    def _hold(self):
        self.held += 1

    def write(self, *texts):
        for text in texts:
            self.assembler.feed(text, 1)

    def test_pieces_become_lines_and_empty_lines_are_left_out(self):
        self.write("a", "b", "\n", "\n", "  \n", "c\nd\n\ne")
        self.assertEqual(["ab", "c", "d"], self.lines)
        self.assembler.end()
        self.assertEqual(["ab", "c", "d", "e"], self.lines)

    def test_indentation_and_trailing_blanks_of_ordinary_lines_stay(self):
        self.write("  a  \n")
        self.assertEqual(["  a  "], self.lines)

    def test_line_ends_of_windows_are_line_ends(self):
        self.write("a\r\nb\r\n", "plain\n")
        self.assembler.end()
        self.assertEqual(["a", "b", "plain"], self.lines)

    def test_a_progress_bar_leaves_its_last_state(self):
        for percent in range(101):
            self.write("\r", "%3d%%|####" % percent)
        self.write("\n", "after\n")
        self.assertEqual(["100%|####", "after"], self.lines)

    def test_a_bar_that_returns_after_its_text_leaves_its_last_state(self):
        self.write("10%\r", "20%\r", "30%\r")
        self.assembler.end()
        self.assertEqual(["30%"], self.lines)

    def test_a_bar_that_clears_itself_leaves_nothing(self):
        self.write("\r10%", "\r   ", "\r", "\n")
        self.assembler.end()
        self.assertEqual([], self.lines)

    def test_nested_bars_leave_one_line_each(self):
        self.write("\r", "epoch 0%")
        for step in range(5):
            self.write("\n", "\r", "batch %d" % step, "\x1b[A")
        self.write("\r", "epoch 100%", "\n", "\n")
        self.assertEqual([], self.lines)
        self.assembler.settle(time.monotonic() + 60)
        self.assertEqual(["epoch 100%", "batch 4"], self.lines)

    def test_a_finished_bar_is_held_only_for_a_moment(self):
        self.write("\r100%", "\n")
        self.assertEqual(1, self.held)
        self.assertTrue(self.assembler.settle(time.monotonic()))
        self.assertFalse(self.assembler.settle(time.monotonic() + 2))
        self.assertEqual(["100%"], self.lines)

    def test_colours_stay(self):
        self.write("\x1b[31mred\x1b[0m\n")
        self.assertEqual(["\x1b[31mred\x1b[0m"], self.lines)

    def test_a_line_without_end_is_bounded(self):
        for _ in range(40):
            self.write("x" * 100_000)
        self.write("\n")
        self.assertLess(len(self.lines[0]), MESSAGE_LIMIT + 200_000)

    def test_threads_do_not_mix_their_lines(self):
        import threading

        gate = threading.Barrier(2)

        def speak(name):
            for _ in range(200):
                gate.wait()
                self.assembler.feed(name, 1)
                gate.wait()
                self.assembler.feed("\n", 1)

        threads = [threading.Thread(target=speak, args=(name,)) for name in ("aa", "bb")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(["aa"] * 200 + ["bb"] * 200, sorted(self.lines))


if __name__ == "__main__":
    unittest.main()
