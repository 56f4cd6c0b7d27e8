"""Groonga: the Debian package, and its own HTTP server."""

import json
import os
import re
import shutil
from pathlib import Path
from urllib.parse import urlencode

from engines.engine import Answer, Engine, clock
from process import Failure, run

# Thai letters are alphabetic to Groonga and their marks are not: without this, what stands between two marks is one token.
TOKENIZER = 'TokenNgram("unify_alphabet", false, "unify_symbol", false)'
NORMALIZER = "NormalizerNFKC130"
TABLES = """\
table_create Topics TABLE_HASH_KEY ShortText
table_create Authors TABLE_HASH_KEY ShortText
table_create Articles TABLE_HASH_KEY ShortText
column_create Articles title COLUMN_SCALAR ShortText
column_create Articles summary COLUMN_SCALAR Text
column_create Articles body COLUMN_SCALAR LongText
column_create Articles year COLUMN_SCALAR Int32
column_create Articles date COLUMN_SCALAR Int32
column_create Articles topic COLUMN_VECTOR Topics
column_create Articles author COLUMN_VECTOR Authors
load --table Articles
"""
INDEXES = f"""
table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer '{TOKENIZER}' --normalizer {NORMALIZER}
column_create Terms articles COLUMN_INDEX|WITH_POSITION|WITH_SECTION Articles title,summary,body
column_create Topics articles COLUMN_INDEX Articles topic
table_create Years TABLE_PAT_KEY Int32
column_create Years articles COLUMN_INDEX Articles year
"""
SYNTAX = re.compile(r"""([\\"'()+\-<>~*:&|!,=@^/$])""")


class Groonga(Engine):
    """A database in one folder, searched by pairs of letters."""

    name, title = "groonga", "Groonga"
    about = (
        f"its HTTP server with a thread a core and without its cache of answers; `{TOKENIZER}` and `{NORMALIZER}`, pairs "
        "of letters of any script; drilldown for facets, `snippet_html` for highlights. Indexed "
        "offline: articles first, then the index"
    )
    cannot = (
        "does not cut Thai into words: what stands between two spaces is found as it is typed or not at all. A query that finds "
        "nothing takes little time: see what is found"
    )

    def install(self):
        if not shutil.which("groonga") and os.geteuid() == 0:
            run(["apt-get", "install", "--yes", "--no-install-recommends", "groonga-bin"])
        if not shutil.which("groonga"):
            raise Failure("Groonga is missing: apt-get install groonga-bin, or leave it out with --engines")

    def version(self):
        return run(["groonga", "--version"]).split()[1]

    def prepare(self, content):
        with self.script(content).open("w", encoding="utf-8") as file:
            file.write(TABLES)
            before = "[\n"
            for article in content.articles():
                article["_key"] = article.pop("id")
                file.write(before + json.dumps(article, ensure_ascii=False))
                before = ",\n"
            file.write(f"\n]\n{INDEXES}")

    def script(self, content) -> Path:
        return content.work / "groonga.grn"

    def index(self, content):
        database = self.fresh(content) / "articles"
        return clock(lambda: self.load(database, content))

    def load(self, database, content):
        told = run(["groonga", "--file", str(self.script(content)), "-n", str(database)])
        refused = [line for line in told.splitlines() if line and not line.startswith("[[0,")]
        if refused:
            raise Failure(f"Groonga refused a command of {self.script(content)}: {refused[0][:500]}")

    def command(self, content):
        listen = ["--bind-address", "127.0.0.1", "--port", self.port, "--cache-limit", "0", "--max-threads", os.cpu_count()]
        logs = ["--log-path", self.tools.cache / "logs" / f"{self.name}.log"]
        return ["groonga", "-s", "--protocol", "http", *listen, *logs, self.folder(content) / "articles"]

    def request(self, query):
        parameters = {
            "table": "Articles",
            "output_columns": "_key,_score,title,date,topic,author,snippet_html(title),snippet_html(summary),snippet_html(body)",
            "limit": 10,
            "drilldown": "topic,year,author",
            "drilldown_sort_keys": "-_nsubrecs",
            "sort_keys": "-date" if query.browsing else "-_score",
        }
        if not query.browsing:
            parameters |= {"match_columns": "title*5||summary*2||body", "query": SYNTAX.sub(r"\\\1", query.text)}
        filters = [f"topic @ {json.dumps(query.topic, ensure_ascii=False)}"] if query.topic else []
        filters += [f"year == {query.year}"] if query.year else []
        if filters:
            parameters["filter"] = " && ".join(filters)
        return self.address(f"/d/select?{urlencode(parameters)}"), None

    def answer(self, text):
        (total,), _, *rows = json.loads(text)[1][0]
        return Answer(total, [row[0] for row in rows])
