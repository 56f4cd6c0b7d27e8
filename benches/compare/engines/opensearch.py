"""OpenSearch: one node with its thai analyzer, from the jars of Maven Central."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engines.engine import START_SECONDS, Answer, Engine, clock
from process import Failure, ask, disk_bytes, run

HERE = Path(__file__).parent / "opensearch"
JSON = {"Content-Type": "application/json"}
HEAP = "2g"
BULK_BYTES = 4_000_000
BULK_CLIENTS = 2
LEAST_JAVA = 21  # what the jars are built for
FIELDS = ["title^5", "summary^2", "body"]
TEXT = {"type": "text", "analyzer": "thai"}
KEYWORD = {"type": "keyword"}
MAPPING = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
    "mappings": {
        "properties": {
            **dict.fromkeys(("title", "summary", "body"), TEXT),
            **dict.fromkeys(("topic", "author"), KEYWORD),
            **dict.fromkeys(("year", "date"), {"type": "integer"}),
        }
    },
}


class OpenSearch(Engine):
    """One node, one shard, no replica."""

    name, title, headers = "opensearch", "OpenSearch", JSON
    about = (
        f"one node with a heap of {HEAP}, one shard, no replica, its `thai` analyzer (the words of Java's break iterator and "
        "stop words). Any of the words is found, those of a phrase count more; half-typed queries are asked as `bool_prefix`. "
        f"Indexed by `_bulk` in parts of {BULK_BYTES // 1_000_000} MB, {BULK_CLIENTS} at a time, then a refresh"
    )
    cannot = "finds nothing in the other language and forgives no mistyped Thai word as it is asked here"

    def install(self):
        self.java = java_home(self.tools.java)
        if not (self.jars() / "done").exists():
            copy = [
                "mvn",
                "-q",
                "-B",
                "-f",
                str(HERE / "pom.xml"),
                "dependency:copy-dependencies",
                f"-DoutputDirectory={self.jars()}",
            ]
            run(copy, "Install Maven (Debian: maven), or leave the engine out with --engines.")
            (self.jars() / "done").touch()
        run([self.java / "bin/javac", "-cp", f"{self.jars()}/*", "-d", str(self.jars()), str(HERE / "Node.java")])

    def jars(self):
        return self.tools.cache / "opensearch"

    def version(self):
        core = next(self.jars().glob("opensearch-core-*.jar")).stem
        return f"{core.rpartition('-')[2]} on Java {java_version(self.java)}"

    def prepare(self, content):
        with self.bulk(content).open("w", encoding="utf-8") as file:
            for article in content.articles():
                identity = {"index": {"_id": article.pop("id")}}
                file.write(f"{json.dumps(identity)}\n{json.dumps(article, ensure_ascii=False)}\n")

    def bulk(self, content):
        return content.work / "opensearch.bulk"

    def command(self, content):
        heap = [f"-Xms{HEAP}", f"-Xmx{HEAP}"]
        java = [self.java / "bin/java", *heap, "--enable-native-access=ALL-UNNAMED", "-cp", f"{self.jars()}/*:{self.jars()}"]
        return [*java, "Node", self.folder(content), self.port]

    def index(self, content):
        self.fresh(content)

        def work():
            self.launch(content)
            self.child.wait_until(lambda: ask(self.address("/")), START_SECONDS)
            self.fill("articles", content)

        seconds = clock(work)
        ask(self.address("/articles/_flush"), method="POST")
        return seconds

    def index_warm(self, content):
        seconds = clock(lambda: self.fill("warm", content))
        ask(self.address("/warm"), method="DELETE")
        return seconds

    def fill(self, index, content):
        """All articles into a new index, until they can be searched."""
        ask(self.address(f"/{index}"), json.dumps(MAPPING).encode(), JSON, "PUT")
        with ThreadPoolExecutor(BULK_CLIENTS) as clients:
            for errors in clients.map(lambda part: self.send(index, part), parts(self.bulk(content))):
                if errors:
                    raise Failure(f"OpenSearch refused articles of {self.bulk(content)}")
        ask(self.address(f"/{index}/_refresh"), method="POST")

    def send(self, index, part):
        path = f"/{index}/_bulk?filter_path=errors"
        return json.loads(ask(self.address(path), part, {"Content-Type": "application/x-ndjson"}))["errors"]

    def disk(self, content):
        return sum(disk_bytes(folder) for folder in self.folder(content).glob("node_1/data/nodes/0/indices"))

    def request(self, query):
        body = {
            "size": 10,
            "track_total_hits": True,
            "query": {"bool": clauses(query)},
            "_source": ["title", "date", "topic", "author"],
            "highlight": {"fields": {"title": {}, "summary": {}, "body": {"fragment_size": 200, "number_of_fragments": 3}}},
            "aggs": {name: {"terms": {"field": name}} for name in ("topic", "year", "author")},
        }
        if query.browsing:
            body["sort"] = [{"date": "desc"}]
        return self.address("/articles/_search?request_cache=false"), json.dumps(body, ensure_ascii=False)

    def answer(self, text):
        hits = json.loads(text)["hits"]
        return Answer(hits["total"]["value"], [hit["_id"] for hit in hits["hits"]])


def clauses(query):
    """What must, should and may be in an article."""
    filters = [{"term": {name: value}} for name, value in query.filters().items()]
    if query.browsing:
        return {"must": [{"match_all": {}}], "filter": filters}
    words = {"query": query.text, "fields": FIELDS}
    if query.typing:
        return {"must": [{"multi_match": {**words, "type": "bool_prefix"}}], "filter": filters}
    phrase = {"multi_match": {**words, "type": "phrase", "boost": 2}}
    return {"must": [{"multi_match": words}], "should": [phrase], "filter": filters}


def parts(path):
    """The file in parts of whole articles, which are two lines each."""
    part, size = [], 0
    with path.open("rb") as file:
        for number, line in enumerate(file):
            part.append(line)
            size += len(line)
            if size >= BULK_BYTES and number % 2:
                yield b"".join(part)
                part, size = [], 0
    if part:
        yield b"".join(part)


def java_home(given):
    """The folder of a Java that can run the jars."""
    homes = [Path(given)] if given else sorted(Path("/usr/lib/jvm").glob("*"))
    able = [(version, home) for home in homes if (version := java_version(home)) >= LEAST_JAVA and (home / "bin/javac").exists()]
    if not able:
        raise Failure(
            f"OpenSearch needs a JDK of Java {LEAST_JAVA} or newer: say where one is with --java, or leave it out with --engines"
        )
    return max(able)[1]


def java_version(home):
    release = home / "release"
    found = re.search(r'JAVA_VERSION="(\d+)', release.read_text()) if release.exists() else None
    return int(found.group(1)) if found else 0
