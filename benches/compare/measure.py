"""One engine's turn in a round: what is measured of it, as rows of figures."""

import json
import os
from dataclasses import dataclass

from process import Failure, run

FEW_CLIENTS = (2, 4)
FEW_REFUSED = 0.05  # of the answers of an engine that sheds load may be 503; more is no figure
CLIENTS_AT_RATE = 8 * (os.cpu_count() or 1)
RATE_FITS = 0.9  # of the most that an engine answers: above that a queue grows without end


@dataclass
class Turn:
    """An engine, what it is asked, and where its figures go."""

    engine: object
    content: object
    queries: dict
    settings: object
    round: int
    rows: list

    def add(self, measure, value, of=""):
        place = {"content": self.content.name, "engine": self.engine.name, "round": self.round}
        self.rows.append({**place, "measure": measure, "of": of, "value": value})

    def everything(self):
        return [query for queries in self.queries.values() for query in queries]


def take(turn, khonha_most):
    """All figures of one turn; gives what the engine answers at most in a second."""
    if not turn.engine.over_http:
        return in_process(turn)
    index(turn)
    try:
        turn.add("first answer s", turn.engine.start(turn.content, turn.queries["words"][0]))
        found(turn)
        load(turn, turn.everything(), 2, turn.settings.warming)
        classes(turn)
        most = at_most(turn)
        at_rates(turn, most, khonha_most or most)
        for kind, size in turn.engine.memory().items():
            turn.add(f"{kind} bytes", size)
    finally:
        turn.engine.stop()
    return most


def in_process(turn):
    """The figures of what is no server."""
    if turn.round < turn.settings.index_rounds:
        turn.add("index B/s", turn.engine.index_rate(turn.content), "cold")
        turn.add("disk bytes", turn.engine.disk(turn.content))
    told = turn.engine.figures(turn.content, turn.queries, turn.settings.seconds)
    for name, percentiles in told["classes"].items():
        for percentile, seconds in percentiles.items():
            turn.add(percentile, seconds, name)
    turn.add("most", told["most"])
    return told["most"]


def index(turn):
    """Builds the index in the first rounds, and keeps it in the others."""
    engine, content = turn.engine, turn.content
    if not engine.indexes or turn.round >= turn.settings.index_rounds:
        return
    try:
        turn.add("index B/s", content.text_bytes / engine.index(content), "cold")
        if warm := engine.index_warm(content):
            turn.add("index B/s", content.text_bytes / warm, "warm")
        turn.add("disk bytes", engine.disk(content))
    finally:
        engine.stop()


def found(turn):
    """Asks everything once: which share finds anything, and which share of questions its right article among ten."""
    for name, queries in turn.queries.items():
        answers = [(query, *turn.engine.find(query)) for query in queries]
        turn.add("found", mean(answer.total > 0 for _, answer, _ in answers), name)
        turn.add("answer bytes", mean(size for _, _, size in answers), name)
        if judged := [(query, answer) for query, answer, _ in answers if query.right]:
            turn.add("right", mean(bool(set(query.right) & set(answer.ids)) for query, answer in judged))


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 0


def classes(turn):
    for name, queries in turn.queries.items():
        for percentile, seconds in load(turn, queries, 1, turn.settings.seconds)["latencyPercentiles"].items():
            if percentile in ("p50", "p99"):
                turn.add(percentile, seconds, name)


def at_most(turn):
    """Answers a second, with as few clients as keep the engine busy."""
    told = [load(turn, turn.everything(), clients, turn.settings.seconds * 2) for clients in FEW_CLIENTS]
    most = max(one["statusCodeDistribution"]["200"] / one["summary"]["total"] for one in told)
    turn.add("most", most)
    return most


def at_rates(turn, most, khonha_most):
    for name, rate in (("own", most / 2), ("khonha", khonha_most / 2)):
        if rate > most * RATE_FITS:
            continue
        told = load(turn, turn.everything(), CLIENTS_AT_RATE, turn.settings.seconds * 2, rate)
        for percentile in ("p50", "p99"):
            turn.add(percentile, told["latencyPercentiles"][percentile], f"half of {name}")


def load(turn, queries, clients, seconds, rate=None):
    """What oha says of so many clients, at a rate or as fast as they are answered."""
    requests = [turn.engine.request(query) for query in queries]
    path = turn.content.work / "requests.txt"
    url, body = requests[0]
    path.write_text("".join(f"{body or url}\n" for url, body in requests), encoding="utf-8")
    target = ["--urls-from-file", str(path)]
    if body:
        headers = [part for name, value in turn.engine.headers.items() for part in ("-H", f"{name}: {value}")]
        target = ["-m", "POST", *headers, "-Z", str(path), url]
    pace = ["-q", str(max(1, round(rate))), "--latency-correction"] if rate else []
    command = [turn.settings.oha, "--no-tui", "--output-format", "json", "-c", str(clients), "-z", f"{seconds}s", *pace]
    turn.engine.load_command = [*command, *target]
    return checked(json.loads(run([*command, *target])), turn.engine)


def checked(told, engine):
    """Refuses figures of answers that are no answers."""
    refused = {status: count for status, count in told["statusCodeDistribution"].items() if status != "200"}
    errors = {error: count for error, count in told["errorDistribution"].items() if "deadline" not in error}
    few = refused.keys() == {"503"} and refused["503"] <= FEW_REFUSED * sum(told["statusCodeDistribution"].values())
    if (refused and not few) or errors or not told["statusCodeDistribution"]:
        raise Failure(f"{engine.title} did not answer under load: {refused or errors or 'no answer at all'}")
    return told
