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
        "the last word may be half typed. Searches are not recorded (`record=false`). It keeps no answers "
        "(`answers_megabytes = 0`)"
    )
    parameters: dict = {}
    answers_megabytes = 0

    def version(self):
        return run([self.tools.khonha, "--version"]).split()[-1]

    def index(self, content):
        self.fresh(content)
        return clock(lambda: run([*self.program(content, "index")]))

    def command(self, content):
        settings = ["env", f"KHONHA_ANSWERS_MEGABYTES={self.answers_megabytes}"]
        return [*settings, *self.program(content, "serve"), "--listen", f"127.0.0.1:{self.port}"]

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


class SameIndex(Khonha):
    """The index of Khonha, served otherwise."""

    indexes = False

    def folder(self, content):
        return self.tools.cache / "indexes" / Khonha.name / content.name


class KhonhaKeeping(SameIndex):
    """With the memory for answers that it has by default."""

    name, title = "khonha-keeping", "Khonha, keeping answers"
    about = (
        "the same service as it is without that setting: answers are kept in 8 MB of memory as long as the index stays the "
        "same. All that is asked here was asked before, which is the best that can be for it"
    )
    answers_megabytes = 8


class KhonhaExact(SameIndex):
    """Searched for what was typed alone."""

    name, title = "khonha-exact", "Khonha, exact"
    about = "the same service, searched with `exact=true&translate=false`: only what was typed, which is what the peers do"
    parameters = {"exact": "true", "translate": "false"}
