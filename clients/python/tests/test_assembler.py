"""From written text to lines."""

import time
import unittest

from support import binnacle_source  # noqa: F401

from binnacle.assembler import STATE_SECONDS, Assembler
from binnacle.lines import MESSAGE_LIMIT


class AssemblerTest(unittest.TestCase):
    def setUp(self):
        self.lines = []
        self.times = []
        self.held = 0
        self.assembler = Assembler(self._take, self._hold)

    def _take(self, text, time_ns, *_):
        self.lines.append(text)
        self.times.append(time_ns)

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

    def draw(self, second, *texts):
        """Write at this second of a day."""
        for text in texts:
            self.assembler.feed(text, int((86_400 + second) * 1_000_000_000))

    def test_a_bar_that_goes_on_shows_a_state_every_so_often_and_its_last_one(self):
        for second in range(0, 35):
            self.draw(second, "\r%d s" % second)
        self.assertEqual(["10 s", "20 s", "30 s"], self.lines)
        self.draw(35, "\n", "after\n")
        self.assertEqual(["10 s", "20 s", "30 s", "34 s", "after"], self.lines)
        self.assertEqual([10, 20, 30, 34], [t // 10**9 - 86_400 for t in self.times[:-1]])

    def test_a_bar_that_is_shorter_stays_one_line(self):
        for tenth in range(int(STATE_SECONDS * 10)):
            self.draw(tenth / 10, "\r%d" % tenth)
        self.draw(3600, "\n", "after\n")
        self.assertEqual(["99", "after"], self.lines)

    def test_a_text_that_stood_for_long_and_is_replaced_once_leaves_one_line(self):
        self.draw(0, "Loading ...")
        self.draw(60, "\rLoading done\n", "after\n")
        self.assertEqual(["Loading done", "after"], self.lines)

    def test_a_state_that_was_shown_and_is_the_last_is_not_repeated(self):
        self.draw(0, "\r0%")
        for second in (11, 12, 13, 30, 31):
            self.draw(second, "\rwaiting")
        self.draw(40, "\n", "after\n")
        self.assertEqual(["waiting", "after"], self.lines)

    def test_a_state_is_shown_when_it_is_whole(self):
        for second in (0, 10, 20):
            self.draw(second, "\r", "epoch", " ", str(second), "")
        self.assertEqual(["epoch 10"], self.lines)

    def test_a_bar_that_returns_after_its_text_goes_on_too(self):
        for second in range(0, 23):
            self.draw(second, "%d s" % second, "\r")
        self.assertEqual(["11 s", "21 s"], self.lines)

    def test_a_bar_that_is_covered_or_erased_before_each_state_goes_on_too(self):
        for eraser in ("\r     \r", "\r\x1b[K", "\x1b[2K\r"):
            with self.subTest(eraser):
                self.lines.clear()
                for second in range(0, 23):
                    self.draw(second, eraser, "%d s" % second)
                self.draw(23, "\n", "after\n")
                self.assertEqual(["10 s", "20 s", "22 s", "after"], self.lines)

    def test_a_state_that_is_not_redrawn_for_long_is_shown_meanwhile(self):
        self.draw(0, "\r0 of 12")
        self.assertEqual(0, self.held)
        before = time.monotonic()
        self.draw(300, "\r1 of 12")
        self.assertEqual(1, self.held)
        self.assertTrue(self.assembler.settle(before))
        self.assertFalse(self.assembler.settle(time.monotonic() + 2))
        self.assertEqual(["1 of 12"], self.lines)
        self.draw(301, "\r1 of 12")
        self.assembler.end()
        self.assertEqual(["1 of 12"], self.lines)

    def test_nested_bars_show_their_states_and_those_that_are_short_do_not(self):
        for second in range(0, 24, 2):
            self.draw(second, "\router %d" % second)
            self.draw(second, "\n", "\rinner 0", "\x1b[A")
            self.draw(second + 1, "\n", "\rinner 1", "\x1b[A")
            self.draw(second + 1, "\n", "\r       ", "\x1b[A")
        self.assertEqual(["outer 10", "outer 20"], self.lines)

    def test_a_block_of_bars_shows_its_states_from_the_top(self):
        self.draw(0, "one 0\ntwo 0\nthree 0")
        for second in range(1, 14):
            self.draw(second, "\r\x1b[2K" + "\x1b[1A\x1b[2K" * 2)
            self.draw(second, "one %d\ntwo %d\nthree %d" % ((second,) * 3))
        self.assertEqual(["one 0", "two 0", "one 11", "two 11", "three 11"], self.lines)

    def test_a_clock_that_is_set_back_delays_a_bar_by_one_interval(self):
        self.draw(5000, "\rbefore")
        for second in range(0, 12):
            self.draw(second, "\r%d s" % second)
        self.assertEqual(["10 s"], self.lines)

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
        before = time.monotonic()
        self.write("\r100%", "\n")
        self.assertEqual(1, self.held)
        self.assertTrue(self.assembler.settle(before))
        self.assertFalse(self.assembler.settle(time.monotonic() + 2))
        self.assertEqual(["100%"], self.lines)

    def nested_bars(self, *after):
        """Write what tqdm writes for two bars of which the inner does not stay."""
        self.write("\router 0%")
        for epoch in (50, 100):
            for inner in (0, 50, 100):
                self.write("\n", "\rinner %3d%%" % inner, "\x1b[A")
            self.write("\n", "\r          ", "\x1b[A", "\router %d%%" % epoch)
        self.write("\router 100%", "\n", *after)

    def test_what_follows_an_inner_bar_that_is_gone_begins_at_the_left_and_at_once(self):
        self.nested_bars("INFO:root:epoch done\n", "eval 0", "\n")
        self.assertEqual(["outer 100%", "INFO:root:epoch done", "eval 0"], self.lines)

    def test_three_nested_bars_end_with_the_text_that_follows(self):
        self.write("\ra", "\n", "\rb", "\x1b[A", "\n\n", "\rc", "\x1b[A\x1b[A")
        self.write("\n\n", "\r ", "\x1b[A\x1b[A", "\n", "\r ", "\x1b[A", "\ra", "\n", "after\n")
        self.assertEqual(["a", "after"], self.lines)

    def test_a_row_that_was_covered_with_blanks_and_returned_to_is_what_stands_last(self):
        self.write("\rbar", "\r   ", "\r", "hello", "\n", "\rbar 2")
        self.assembler.end()
        self.assertEqual(["hello", "bar 2"], self.lines)

    def test_an_existing_row_begins_anew_whence_ever_it_is_reached(self):
        self.write("\rone", "\n", "\rtwo", "\x1b[A", "uno", "\n", "due")
        self.assembler.end()
        self.assertEqual(["uno", "due"], self.lines)

    def test_a_row_that_is_erased_from_its_start_is_empty(self):
        self.write("\rbar", "\r\x1b[K", "\n", "after\n")
        self.assertEqual(["after"], self.lines)

    def test_bars_redrawn_as_a_block_leave_one_line_each(self):
        self.write("one 0\ntwo 0\nthree 0")  # Nothing tells yet that this is a block.
        for percent in range(1, 4):
            self.write("\r\x1b[2K" + "\x1b[1A\x1b[2K" * 2)
            self.write("one %d\ntwo %d\nthree %d" % ((percent,) * 3))
        self.assembler.end()
        self.assertEqual(["one 0", "two 0", "one 3", "two 3", "three 3"], self.lines)

    def test_rows_keep_the_time_at_which_they_were_written(self):
        for time_ns, text in enumerate(("\rbar", "\n", "\rinner", "\x1b[A", "\rbar 2", "\n")):
            self.assembler.feed(text, time_ns)
        self.assembler.end()
        self.assertEqual(["bar 2", "inner"], self.lines)
        self.assertEqual([4, 2], self.times)

    def test_a_text_above_a_moving_bar_is_given_out_while_the_bar_moves(self):
        before = time.monotonic()
        self.write("\r1%", "\r  ", "\r", "hello", "\n", "\r2%")
        self.assertTrue(self.assembler.settle(before))
        self.write("\r3%")
        self.assertFalse(self.assembler.settle(time.monotonic() + 2))
        self.assertEqual(["hello"], self.lines)

    def test_a_bar_above_an_empty_row_comes_before_what_its_thread_stores_otherwise(self):
        self.write("\r50%")
        self.assembler.pass_by()
        self.assertEqual([], self.lines)
        self.nested_bars()
        self.assembler.pass_by()
        self.assertEqual(["outer 100%"], self.lines)

    def test_colours_stay(self):
        self.write("\x1b[31mred\x1b[0m\n")
        self.assertEqual(["\x1b[31mred\x1b[0m"], self.lines)

    def test_titles_and_links_are_part_of_their_line(self):
        for text in ("\x1b]0;train\x07", "\x1b]8;;http://x\x1b\\", "\x1b(B"):
            with self.subTest(text):
                self.lines.clear()
                self.write(text, "a", text, "\n", text + "b\n")
                self.assertEqual([text + "a" + text, text + "b"], self.lines)

    def test_what_is_written_empty_leaves_a_bar_as_it_is(self):
        self.write("100%\r", "", "\n")
        self.assembler.end()
        self.assertEqual(["100%"], self.lines)

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
