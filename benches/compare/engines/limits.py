"""The limits: what tantivy does with terms already cut, in process, and what a bare handler of axum answers."""

import json
import shutil
from pathlib import Path

from engines.engine import Answer, Engine
from process import run

PACKAGE = Path(__file__).parents[1] / "limits"
ANSWER_BYTES = 27_000  # of Khonha's usual answer


class Limits(Engine):
    """Programs of the package `limits`."""

    def install(self):
        self.program = self.tools.cache / "limits/release/limits"
        run(["cargo", "build", "--release", "--locked", "--target-dir", str(self.tools.cache / "limits")], cwd=PACKAGE)

    def version(self):
        lock = (PACKAGE / "Cargo.lock").read_text(encoding="utf-8")
        return lock.partition(f'name = "{self.library}"\nversion = "')[2].partition('"')[0]


class LimitSearch(Limits):
    """No server: its figures are those that the program tells."""

    name, title, library = "limit-tantivy", "limit: tantivy", "tantivy"
    about = (
        "only the library below Khonha, in process: the same words, cut by Khonha's analyzer, as a plain BM25 query with "
        "ten articles read from the store, their number and three facets; two threads at most. "
        "Indexing: two threads, terms cut before"
    )
    cannot = "no HTTP, highlights, forgiveness, other language or phrases"
    over_http = False

    def prepare(self, content):
        with (content.work / "limits.ndjson").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in content.articles())

    def index_rate(self, content):
        """Bytes of text a second."""
        shutil.rmtree(self.folder(content), ignore_errors=True)
        self.start_command = [self.program, "index", content.work / "limits.ndjson", self.folder(content)]
        told = json.loads(run(list(map(str, self.start_command))))
        return told["bytes"] / told["seconds"]

    def figures(self, content, queries, seconds):
        """What the program tells: `classes` with p50 and p99, and `most`."""
        path = content.work / "limits-queries.ndjson"
        with path.open("w", encoding="utf-8") as file:
            for name, of_class in queries.items():
                asked = (
                    {"class": name, "text": it.text, "topic": it.topic, "year": it.year, "typing": it.typing} for it in of_class
                )
                file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in asked)
        self.load_command = [self.program, "search", self.folder(content), path, seconds]
        return json.loads(run(list(map(str, self.load_command))))


class LimitHttp(Limits):
    """A server that answers everything with the same bytes."""

    name, title, library = "limit-axum", "limit: axum", "axum"
    about = f"no engine but the web framework below Khonha: a handler that answers {ANSWER_BYTES:,} bytes made before"
    cannot = "no search"
    indexes = False

    def command(self, content):
        return [self.program, "http", ANSWER_BYTES, self.port]

    def request(self, query):
        return self.address("/"), None

    def answer(self, text):
        return Answer(0, [])
