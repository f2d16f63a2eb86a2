#!/usr/bin/env python3
"""What capturing costs a ``print``: durations with and without it, at 10,000 lines/s.

    python3 bench/python/print_overhead.py [--seconds 5] [--rate 10000] [--pace sleep|spin]

Each measurement is a process of its own that prints into a file and is paced either by sleeping
(as a script that waits for a GPU) or by spinning in Python (the worst case: the script and the
SDK's threads compete for the interpreter all the time). The server is a third process on the
loopback that only acknowledges. Printed are percentiles of single ``print`` calls in microseconds
and the overhead, which is their difference.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOURCE = str(Path(__file__).resolve().parents[2] / "clients" / "python" / "src")
LIMIT_MICROS = 50.0
PERCENTILES = (50.0, 90.0, 99.0, 99.9)


class Acknowledge(BaseHTTPRequestHandler):
    """Takes everything."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = b'{"refused_count":0}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_PATCH = do_POST

    def log_message(self, *arguments):
        """Say nothing: the output is for the figures."""


def serve():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Acknowledge)
    print(server.server_port, flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    server.serve_forever()


def measure(capture, seconds, rate, pace):
    """Print at the rate, and write every call's duration in nanoseconds to stderr as JSON."""
    run = None
    if capture != "none":
        sys.path.insert(0, SOURCE)
        import binnacle

        run = binnacle.init(project="bench", quiet=True, capture_logs=capture)
    count = int(seconds * rate)
    period = 1_000_000_000 // rate
    durations = []
    clock = time.perf_counter_ns
    start = clock()
    for number in range(count):
        due = start + number * period
        if pace == "sleep":
            while clock() < due:
                time.sleep(0.0005)
        else:
            while clock() < due:
                pass
        before = clock()
        print(f"step {number} loss 0.123456 accuracy 0.98765 a line of a usual length")
        durations.append(clock() - before)
    took = (clock() - start) / 1e9
    stats = {}
    if run is not None:
        run.finish()
        stats = run.stats()
    json.dump({"rate": count / took, "durations": durations, "stats": stats}, sys.__stderr__)


def child(environment, *arguments):
    with open(os.devnull, "w") as nowhere:
        result = subprocess.run(
            [sys.executable, os.path.abspath(__file__), *arguments],
            stdout=nowhere,
            stderr=subprocess.PIPE,
            env=environment,
            check=True,
        )
    answer = json.loads(result.stderr)
    answer["durations"].sort()
    return answer


def percentile(durations, percent):
    return durations[min(len(durations) - 1, int(len(durations) * percent / 100.0))] / 1000.0


def row(name, values):
    print("%-26s" % name + "".join("%10.1f" % value for value in values))


def compare(capture, seconds, rate, pace, environment):
    arguments = ["--seconds", str(seconds), "--rate", str(rate), "--pace", pace]
    without = child(environment, "--measure", "none", *arguments)
    captured = child(environment, "--measure", capture, *arguments)
    base = [percentile(without["durations"], p) for p in PERCENTILES]
    loaded = [percentile(captured["durations"], p) for p in PERCENTILES]
    overhead = [b - a for a, b in zip(base, loaded)]
    print("capture=%s pace=%s" % (capture, pace))
    print("%-26s" % "microseconds" + "".join("%10s" % ("p%g" % p) for p in PERCENTILES))
    row("print alone", base)
    row("print captured", loaded)
    row("overhead", overhead)
    print(
        "%.0f lines/s reached (alone %.0f), lines stored %d of %d; p99 overhead %.1f us, "
        "limit %.0f us: %s\n"
        % (
            captured["rate"],
            without["rate"],
            captured["stats"].get("lines_sent", 0),
            int(seconds * rate),
            overhead[2],
            LIMIT_MICROS,
            "held" if overhead[2] <= LIMIT_MICROS else "MISSED",
        )
    )
    return overhead[2] <= LIMIT_MICROS


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rate", type=int, default=10_000)
    parser.add_argument("--pace", choices=("sleep", "spin"))
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        return serve()
    if chosen.measure:
        return measure(chosen.measure, chosen.seconds, chosen.rate, chosen.pace)
    server = subprocess.Popen(
        [sys.executable, os.path.abspath(__file__), "--serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    print("Python %s, %d processors" % (sys.version.split()[0], os.cpu_count() or 1))
    try:
        port = int(server.stdout.readline())
        with tempfile.TemporaryDirectory() as spool:
            environment = dict(
                os.environ,
                BINNACLE_URL="http://127.0.0.1:%d" % port,
                BINNACLE_SPOOL_DIR=spool,
                PYTHONDONTWRITEBYTECODE="1",
            )
            for name in ("BINNACLE_MODE", "BINNACLE_CONSOLE", "PYTHONUNBUFFERED"):
                environment.pop(name, None)
            paces = (chosen.pace,) if chosen.pace else ("sleep", "spin")
            held = [
                compare(capture, chosen.seconds, chosen.rate, pace, environment)
                for capture in ("wrap", "fd")
                for pace in paces
            ]
    finally:
        server.stdin.close()
        server.wait()
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
