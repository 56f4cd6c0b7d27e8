"""What one engine or the other takes for more and more articles: python3 benches/scale.py PROGRAM CONTENT... [options]

    cargo bench --bench generate -- 100000 /tmp/100k
    python3 benches/scale.py target/release/khonha /tmp/100k --url http://127.0.0.1:9200 --shards 1 3

Each content folder is indexed and served from the index folder and, with --url, from the cluster there, once for each number of
shards; --cluster-only leaves the index folder out. One client asks 24 queries in turn, with three facets, until --asked answers
have come; those before are not counted. Everything runs on this machine and shares its cores. The cluster's indices begin with
khonha-scale, and are removed.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

QUERIES = [
    "ธรรมาภิบาล", "ทุจริต", "เทศบาล", "โปร่งใส", "whistleblower", "procurement",
    "open data", "conflict of interest", "beneficial owner", "public procurement law",
    "จัดซื้อจัดจ้าง ท้องถิ่น", "ข้อมูลเปิด ภาครัฐ", "ผู้แจ้งเบาะแส คุ้มครอง", "ปี 2567",
    '"ข้อมูลเปิด"', '"จัดซื้อจัดจ้าง"', "จัดซ", "whistl", "คอรัปชั่น", "corupption",
    "ประชาชนตรวจสอบการจัดซื้อจัดจ้างของท้องถิ่นได้อย่างไร", "ใครเป็นเจ้าของบริษัทที่ชนะการประมูล",
    "who owns the company that won the tender", "",
]  # fmt: skip
PREFIX = "khonha-scale"
MOST_SECONDS = 120  # for a query that is asked again and again
MB = 1_000_000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("content", nargs="+", type=Path)
    parser.add_argument("--url", help="a node of an OpenSearch cluster")
    parser.add_argument("--shards", nargs="+", type=int, default=[1])
    parser.add_argument("--cluster-only", action="store_true")
    parser.add_argument("--index", type=Path, help="an index folder of the only content that is built already")
    parser.add_argument("--asked", type=int, default=480)
    options = parser.parse_args()
    print("| articles | MB | engine | built in s | MB on disk | p50 ms | p90 ms | p99 ms | khonha MB | node MB |")
    print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
    for content in options.content:
        if not options.cluster_only:
            with tempfile.TemporaryDirectory() as folder:
                measure(Embedded(options.program, content, options.index or Path(folder)), options.asked)
        for shards in options.shards if options.url else []:
            with tempfile.TemporaryDirectory() as folder:
                cluster = Cluster(options.program, content, Path(folder), options.url, shards)
                try:
                    measure(cluster, options.asked)
                finally:
                    cluster.remove()


def measure(engine, asked):
    seconds = engine.build()
    with engine.serving() as (address, process):
        for query in QUERIES * 2:
            warm(address, query)
        times = sorted(ask(address, query) for query in (QUERIES * asked)[:asked])
        articles = engine.articles(address)
        memory = resident(process.pid, "RssAnon")
        row = [articles, size(engine.content) // MB, engine.name, seconds, engine.disk() // MB]
        row += [f"{1000 * times[len(times) * percent // 100]:.1f}" for percent in (50, 90, 99)]
        row += [memory // MB, engine.node_memory() // MB]
    print("| " + " | ".join(map(str, row)) + " |", flush=True)


class Embedded:
    """The index folder."""

    name = "embedded"

    def __init__(self, program, content, index):
        self.program, self.content, self.index = program, content, index
        # What is asked again is searched again.
        self.environment = os.environ | {"KHONHA_ANSWERS_MEGABYTES": "0"}

    def command(self, *arguments):
        return [self.program, *arguments, "--content", str(self.content), "--index", str(self.index)]

    def build(self):
        start = time.monotonic()
        subprocess.run(self.command("index"), env=self.environment, check=True, stdout=sys.stderr)
        return round(time.monotonic() - start)

    def serving(self):
        return Serving(self.command("serve", "--listen", "127.0.0.1:0"), self.environment)

    def articles(self, address):
        return json.loads(get(f"{address}/api/v1/search?record=false&q="))["total"]

    def disk(self):
        return size(self.index)

    def node_memory(self):
        return 0


class Cluster(Embedded):
    """Indices in a cluster, and a server that does not write."""

    def __init__(self, program, content, index, url, shards):
        super().__init__(program, content, index)
        self.url, self.name = url, f"OpenSearch, {shards} shard{'s' if shards > 1 else ''}"
        settings = {"ENGINE": "opensearch", "OPENSEARCH_URL": url, "OPENSEARCH_PREFIX": PREFIX}
        settings["OPENSEARCH_SHARDS"] = str(shards)
        self.environment |= {f"KHONHA_{name}": value for name, value in settings.items()}

    def serving(self):
        return Serving(self.command("serve", "--no-watch", "--listen", "127.0.0.1:0"), self.environment)

    def disk(self):
        stats = json.loads(get(f"{self.url}/{PREFIX}-*/_stats/store"))
        return stats["_all"]["primaries"]["store"]["size_in_bytes"]

    def node_memory(self):
        """Of the nodes on this machine."""
        nodes = json.loads(get(f"{self.url}/_nodes/process"))["nodes"].values()
        return sum(resident(node["process"]["id"], "VmRSS") for node in nodes)

    def remove(self):
        indices = json.loads(get(f"{self.url}/{PREFIX}-*/_settings?filter_path=*.settings.index.uuid"))
        if indices:
            request = urllib.request.Request(f"{self.url}/{','.join(indices)}", method="DELETE")
            urllib.request.urlopen(request).close()


class Serving:
    """A service, for as long as a block runs."""

    def __init__(self, command, environment):
        self.command, self.environment = command, environment

    def __enter__(self):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
        self.process = subprocess.Popen(self.command, env=self.environment, **pipes)
        address = re.search(r"http://[^/]+", self.process.stdout.readline()).group()
        until = time.monotonic() + MOST_SECONDS
        while True:
            try:
                get(f"{address}/health/ready")
                return address, self.process
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def warm(address, query):
    """Asks until there is an answer: the first searches of a large index that was just built may come to their deadline."""
    until = time.monotonic() + MOST_SECONDS
    while True:
        try:
            return ask(address, query)
        except OSError as error:
            if time.monotonic() > until:
                raise
            print(f"{query!r} is asked again: {error}", file=sys.stderr)
            time.sleep(1)


def ask(address, query):
    """How long an answer takes, in seconds."""
    start = time.monotonic()
    get(f"{address}/api/v1/search?record=false&facets=topic,year,author&q={quote(query)}")
    return time.monotonic() - start


def get(address):
    with urllib.request.urlopen(address, timeout=MOST_SECONDS) as answer:
        return answer.read()


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def resident(process, kind):
    """Memory of a process, in bytes."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(kind)) * 1024


if __name__ == "__main__":
    main()
