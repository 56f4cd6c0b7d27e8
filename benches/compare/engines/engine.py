"""What the comparison asks of every engine, and what it gives them."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from process import Child, Failure, ask, disk_bytes, free_port

START_SECONDS = 180


@dataclass
class Tools:
    """Where things are: the project, the folder of what is installed and made, and programs."""

    project: Path
    cache: Path
    oha: str
    khonha: str
    java: str | None


@dataclass
class Answer:
    """What an engine found: how many articles in all, and the ids of the first."""

    total: int
    ids: list


class Engine:
    """A server that indexes contents and answers queries over HTTP on loopback.

    Each engine says its own `install`, `version`, `prepare`, `index`, `command`, `request` and `answer`.
    """

    name = title = about = cannot = ""
    headers: dict = {}
    indexes = True  # whether it has an index of its own
    over_http = True
    start_command: tuple = ()
    load_command: tuple = ()

    def __init__(self, tools):
        self.tools, self.child, self.port = tools, None, None

    def install(self):
        """Gets the engine into the cache, where it is not there yet."""

    def prepare(self, content):
        """Writes a content as the engine takes it, before the clock runs."""

    def index(self, content):
        """Builds a fresh index, and tells the seconds until it could be searched, with the start of the process."""
        raise NotImplementedError

    def index_warm(self, content):
        """The same in a process that has indexed before; None where each index has a process of its own."""

    def command(self, content):
        raise NotImplementedError

    def request(self, query):
        """The URL that a query is asked by, and the body that is posted, or None."""
        raise NotImplementedError

    def answer(self, text):
        raise NotImplementedError

    def address(self, path=""):
        return f"http://127.0.0.1:{self.port}{path}"

    def folder(self, content):
        """Where the index of a content lies."""
        return self.tools.cache / "indexes" / self.name / content.name

    def fresh(self, content):
        shutil.rmtree(self.folder(content), ignore_errors=True)
        self.folder(content).mkdir(parents=True)
        return self.folder(content)

    def launch(self, content):
        """Starts the server without waiting for it."""
        self.port = free_port()
        self.start_command = self.command(content)
        self.child = Child(self.start_command, self.tools.cache / "logs" / f"{self.name}-{content.name}.log")

    def start(self, content, query):
        """Starts the server, and tells the seconds until it has answered the query."""
        self.launch(content)
        return self.child.wait_until(lambda: self.ask(query), START_SECONDS)

    def ask(self, query):
        url, body = self.request(query)
        return ask(url, body and body.encode(), self.headers if body else None)

    def find(self, query):
        """The answer to a query, with its length in bytes."""
        text = self.ask(query)
        try:
            return self.answer(text), len(text)
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise Failure(f"{self.title} answered {query} with {text[:500]!r}, which cannot be read ({error!r})") from error

    def memory(self):
        return self.child.memory()

    def disk(self, content):
        return disk_bytes(self.folder(content))

    def stop(self):
        if self.child:
            self.child.stop()
            self.child = None


def clock(work):
    """The seconds that some work took."""
    began = time.monotonic()
    work()
    return time.monotonic() - began
