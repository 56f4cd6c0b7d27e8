"""What a service does under more load than it can take: python3 benches/load.py PROGRAM [--minutes N]

Needs oha (`cargo install oha --locked`). Serves the sample corpus, and measures in turn: what can be answered at most; ten
times as much; many idle and slow connections beside that load; what can be answered after it all; and, with --minutes,
memory over so long a time at half of what can be answered. Clients and service share the cores.
"""

import argparse
import contextlib
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from serving import started  # noqa: E402

QUERIES = ["ธรรมาภิบาล", "open data", "จัดซื้อจัดจ้าง ท้องถิ่น", '"ข้อมูลเปิด"', "whistleblower", "ปี 2567", "คอรัปชั่น", ""]
CORES = os.cpu_count() or 1
SECONDS = 15
IDLE = 10_000
SLOW = 500


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("--minutes", type=int, default=0, help="how long memory is watched at half of the load")
    arguments = arguments.parse_args()
    _, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    with started(arguments.program) as (address, process):
        measure(Service(address, process.pid), arguments.minutes)


class Service:
    """A running service, the addresses it is asked for, and what memory it takes."""

    def __init__(self, address, pid):
        self.host, self.pid = address.removeprefix("http://"), pid
        self.urls = tempfile.NamedTemporaryFile("w", suffix=".txt")
        self.urls.writelines(f"{address}/api/v1/search?record=false&q={quote(query)}\n" for query in QUERIES)
        self.urls.flush()

    def memory(self):
        """Resident, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) // 1024

    def load(self, clients, seconds, rate=None):
        """What oha says of so many clients, at a rate or as fast as they are answered."""
        command = ["oha", "--no-tui", "--output-format", "json", "--stats-success-breakdown", "--urls-from-file"]
        command += ["-c", str(clients), "-z", f"{seconds}s"]
        if rate:
            command += ["-q", str(rate), "--latency-correction"]
        told = subprocess.run([*command, self.urls.name], check=True, capture_output=True, text=True)
        return json.loads(told.stdout)

    def connect(self, text=b""):
        connection = socket.create_connection(self.host.split(":"), timeout=5)
        connection.sendall(text)
        return connection


def measure(service, minutes):
    print(f"{'':34}{'asked/s':>9}{'given/s':>9}{'refused':>9}{'p50 ms':>8}{'p99 ms':>8}{'MB':>6}")
    most = show("as much as can be answered", service, service.load(CORES, SECONDS))
    show("half of it", service, service.load(CORES * 8, SECONDS, most // 2))
    show("ten times as much", service, service.load(CORES * 200, SECONDS, most * 10))
    with idle(service):
        show(f"half, and {IDLE:,} idle connections", service, service.load(CORES * 8, SECONDS, most // 2))
    with slow(service):
        show(f"half, and {SLOW} slow clients", service, service.load(CORES * 8, SECONDS, most // 2))
    show("as much as can be, after it all", service, service.load(CORES, SECONDS))
    for minute in range(minutes):
        show(f"half, minute {minute + 1}", service, service.load(CORES * 8, 60, most // 2))


def show(name, service, told):
    statuses = {int(status): count for status, count in told["statusCodeDistribution"].items()}
    seconds = told["summary"]["total"]
    given, all_statuses = statuses.pop(200, 0), sum(statuses.values())
    assert not statuses.keys() - {503}, f"{name}: {statuses}"
    latency = told["latencyPercentilesSuccessful"]
    asked = (given + all_statuses) / seconds
    p50, p99 = (latency[name] * 1000 for name in ("p50", "p99"))
    print(f"{name:34}{asked:9.0f}{given / seconds:9.0f}{all_statuses:9}{p50:8.1f}{p99:8.1f}{service.memory():6}", flush=True)
    return int(given / seconds)


@contextlib.contextmanager
def idle(service):
    """Connections that say nothing."""
    with contextlib.ExitStack() as opened:
        for _ in range(IDLE):
            opened.enter_context(service.connect())
        yield


@contextlib.contextmanager
def slow(service):
    """Clients that never come to the end of a head or of a body, one byte after the other."""
    head = b"GET /api/v1/search HTTP/1.1\r\nHost: x\r\nX-Long: "
    body = b"POST /api/v1/multi-search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 65536\r\n\r\n"
    connections = [service.connect(text) for text in (head, body) for _ in range(SLOW // 2)]
    ended = threading.Event()

    def drip():
        while not ended.wait(1):
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.sendall(b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    yield
    ended.set()
    dripping.join()
    for connection in connections:
        connection.close()


if __name__ == "__main__":
    main()
