"""SeekStorm: its server from crates.io."""

import base64
import hashlib
import json
from pathlib import Path

from engines.engine import START_SECONDS, Answer, Engine, clock
from process import ask, run

VERSION = "4.0.1"
PART = 1000
SECRET = "compare"
ALL = 10_000_000
TEXTS = (("title", 5.0), ("summary", 2.0), ("body", 1.0))
FACETS = (("topic", "StringSet32"), ("year", "String16"), ("author", "StringSet32"))


class SeekStorm(Engine):
    """One index of the server, asked over its REST API."""

    name, title = "seekstorm", "SeekStorm"
    about = (
        "`seekstorm_server` built for this processor; `UnicodeAlphanumericFolded`, all of the words (its defaults of the API), "
        f"highlights of the three texts, facets as sets of strings. Indexed in parts of {PART} articles, then committed"
    )
    cannot = (
        "has no tokenizer for Thai (its own are for alphabets, spaces and Chinese), so Thai is found where the letters between "
        "two signs or spaces are the same. A query that finds nothing takes little time: see what is found"
    )

    def install(self):
        self.program = self.tools.cache / "bin/seekstorm_server"
        if not self.program.exists():
            command = ["cargo", "install", "seekstorm_server", "--version", VERSION, "--root", str(self.tools.cache)]
            run(["env", "RUSTFLAGS=-C target-cpu=native", *command])

    def version(self):
        return VERSION

    def prepare(self, content):
        part, number = [], 0
        for path in content.work.glob("seekstorm-*.json"):
            path.unlink()
        for article in content.articles():
            part.append({**article, "year": str(article["year"])})
            if len(part) == PART:
                self.part(content, number).write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
                part, number = [], number + 1
        if part:
            self.part(content, number).write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")

    def part(self, content, number) -> Path:
        return content.work / f"seekstorm-{number:06}.json"

    def command(self, content):
        at = ["local_ip=127.0.0.1", f"local_port={self.port}", f"index_path={self.folder(content)}"]
        return ["env", f"MASTER_KEY_SECRET={SECRET}", self.program, *at]

    @property
    def headers(self):
        return {"apikey": self.key, "Content-Type": "application/json"}

    def index(self, content):
        self.fresh(content)
        return clock(lambda: self.fill(content))

    def fill(self, content):
        self.launch(content)
        self.child.wait_until(lambda: ask(self.address("/api/v1/live")), START_SECONDS)
        master = base64.b64encode(hashlib.sha256(SECRET.encode()).digest()).decode()
        limits = {"indices_max": 10, "indices_size_max": ALL, "documents_max": ALL, "operations_max": ALL, "rate_limit": ALL}
        told = ask(
            self.address("/api/v1/apikey"), json.dumps(limits).encode(), {"apikey": master, "Content-Type": "application/json"}
        )
        self.key = told.decode().strip('"')
        self.post("/api/v1/index", json.dumps(schema()).encode())
        for path in sorted(content.work.glob("seekstorm-*.json")):
            self.post("/api/v1/index/0/doc", path.read_bytes())
        ask(self.address("/api/v1/index/0"), b"", self.headers, "PATCH")

    def post(self, path, body):
        return ask(self.address(path), body, self.headers, "POST")

    def request(self, query):
        body = {
            "query": query.text,
            "enable_empty_query": True,
            "length": 10,
            "result_type": "TopkCount",
            "highlights": [
                {"field": name, "fragment_number": 3 if name == "body" else 1, "fragment_size": 200, "highlight_markup": True}
                for name, _ in TEXTS
            ],
            "fields": ["id", "date", "topic", "author", *(name for name, _ in TEXTS)],
            "query_facets": [{kind: {"field": name, "prefix": "", "length": 10}} for name, kind in FACETS],
            "facet_filter": [
                {kind: {"field": name, "filter": [str(query.filters()[name])]}}
                for name, kind in FACETS
                if name in query.filters()
            ],
        }
        if query.browsing:
            body["result_sort"] = [{"field": "date", "order": "Descending", "base": "None"}]
        return self.address("/api/v1/index/0/query"), json.dumps(body, ensure_ascii=False)

    def answer(self, text):
        told = json.loads(text)
        return Answer(told["count_total"], [hit["id"] for hit in told["results"]])


def schema():
    texts = [
        {"field": name, "field_type": "Text", "store": True, "index_lexical": True, "boost": boost, "longest": name == "body"}
        for name, boost in TEXTS
    ]
    facets = [{"field": name, "field_type": kind, "store": True, "index_lexical": False, "facet": True} for name, kind in FACETS]
    date = {"field": "date", "field_type": "I32", "store": True, "index_lexical": False, "facet": True}
    identity = {"field": "id", "field_type": "String32", "store": True, "index_lexical": False}
    return {
        "schema": [*texts, *facets, date, identity],
        "index_name": "articles",
        "similarity": "Bm25fProximity",
        "tokenizer": "UnicodeAlphanumericFolded",
    }
