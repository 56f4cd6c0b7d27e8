"""Khonha itself, as it serves by default, and doing only what other engines do."""

import json
from urllib.parse import urlencode

from engines.engine import Answer, Engine, clock
from process import run

FACETS = "topic,year,author"


class Khonha(Engine):
    """With its forgiveness, the other language, and what was learned."""

    name, title = "khonha", "Khonha"
    about = (
        "as it serves by default: mistyped words, spellings, the other language and learned terms are searched as well, and "
        "the last word may be half typed. Searches are not recorded (`record=false`). It keeps no results"
    )
    parameters: dict = {}

    def version(self):
        return run([self.tools.khonha, "--version"]).split()[-1]

    def index(self, content):
        self.fresh(content)
        return clock(lambda: run([*self.program(content, "index")]))

    def command(self, content):
        return [*self.program(content, "serve"), "--listen", f"127.0.0.1:{self.port}"]

    def program(self, content, command):
        folders = ["--content", str(content.folder), "--index", str(self.folder(content))]
        return [self.tools.khonha, command, *folders]

    def request(self, query):
        parameters = {"record": "false", "q": query.text, "facets": FACETS, **self.parameters}
        if query.browsing:
            parameters["sort"] = "newest"
        return self.address(f"/api/v1/search?{urlencode(parameters | query.filters())}"), None

    def answer(self, text):
        told = json.loads(text)
        return Answer(told["total"], [hit["id"] for hit in told["hits"]])


class KhonhaExact(Khonha):
    """The index of Khonha, searched for what was typed alone."""

    name, title = "khonha-exact", "Khonha, exact"
    about = "the same service, searched with `exact=true&translate=false`: only what was typed, which is what the peers do"
    parameters = {"exact": "true", "translate": "false"}
    indexes = False

    def folder(self, content):
        return self.tools.cache / "indexes" / Khonha.name / content.name
