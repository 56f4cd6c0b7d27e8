"""Writes the report: what was measured, with what, and what each figure is to Khonha's, as Markdown and charts."""

import os
import platform
import re
import shlex
from collections import defaultdict
from statistics import median

import charts
from queries import CLASSES, PER_CLASS

RATES = ("half of own", "half of khonha")
MEGABYTE = 1_000_000
# measure, of, title, unit, what a figure is multiplied by, digits
SINGLES = (
    ("most", "", "answers a second at most", "/s", 1, 0),
    ("index B/s", "cold", "indexing, process started for it", "MB/s", 1 / MEGABYTE, 2),
    ("index B/s", "warm", "indexing again in the running process", "MB/s", 1 / MEGABYTE, 2),
    ("disk bytes", "", "size on disk, times the text", "×", None, 2),
    ("anon bytes", "", "memory of its own after the load", "MB", 1 / MEGABYTE, 0),
    ("file bytes", "", "resident pages of files", "MB", 1 / MEGABYTE, 0),
    ("first answer s", "", "start of the process to the first answer", "s", 1, 2),
)


class Figures:
    """The rows of a content by engine, measure and class, over the rounds."""

    def __init__(self, rows, content):
        self.values = defaultdict(list)
        for row in rows:
            if row["content"] == content.name:
                self.values[row["engine"], row["measure"], row["of"]].append(row["value"])

    def cell(self, engine, measure, of="", scale=1, digits=2):
        """Median, least and most of the rounds, and the ratio to Khonha's median."""
        values = self.values.get((engine.name, measure, of))
        if not values:
            return "–"
        middle = median(values)
        low, high = (f"{one * scale:,.{digits}f}" for one in (min(values), max(values)))
        khonha = self.values.get(("khonha", measure, of))
        ratio = f" **×{middle / median(khonha):.2f}**" if khonha and median(khonha) and engine.name != "khonha" else ""
        spread = f" ({low}–{high})" if len(values) > 1 else ""
        return f"{middle * scale:,.{digits}f}{spread}{ratio}"

    def share(self, engine, measure, of=""):
        values = self.values.get((engine.name, measure, of))
        return f"{median(values) * 100:.0f} %" if values else "–"


def write(settings, tools, engines, contents, rows):
    """The path of the report."""
    settings.report.mkdir(parents=True, exist_ok=True)
    parts = [head(settings, engines), *(of_content(settings, engines, content, rows) for content in contents)]
    parts.append(commands(tools, engines))
    path = settings.report / "speed.md"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def head(settings, engines):
    quick = (
        "\n\nThis was a quick run, which shows that all works: its figures are too few to be quoted." if settings.quick else ""
    )
    return f"""# Khonha beside other engines

Written by `benches/compare/run`, which measures all of it anew. {machine()}{quick}

Each engine gets the same articles and queries, and gives ten hits with highlights, three facets (topic, year, author) and the
exact number of hits, over HTTP on loopback. Engines take turns, one at a time, {settings.rounds} times each; client ([oha][oha])
and engine share the cores. In a turn an engine is started, asked everything once, warmed for {settings.warming:g} s, and each
class of at most {PER_CLASS} queries is asked for {settings.seconds:g} s by one client, in any order. Figures are medians over
the rounds, in brackets the least and the most, then the **ratio** to Khonha's median.

## Engines

{table(["engine", "version", "how it is set", "what it cannot do"], [about(engine) for engine in engines])}

[oha]: https://crates.io/crates/oha"""


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    with open("/proc/meminfo", encoding="utf-8") as lines:
        gigabytes = int(lines.readline().split()[1]) / 1e6
    name = names[0] if names else platform.machine()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    hardware = f"{name}, {os.cpu_count()} cores, {gigabytes:.0f} GB, Linux {platform.release()}"
    return f"The machine: {hardware}; its load at the end: {load}."


def about(engine):
    return [engine.title, engine.version(), engine.about, engine.cannot or "–"]


def of_content(settings, engines, content, rows):
    figures = Figures(rows, content)
    chart = charts.draw(settings.report / "speed", content, engines, figures)
    latency = [latencies(figures, engines, f"one client, {percentile}, ms", percentile) for percentile in ("p50", "p99")]
    return "\n\n".join(
        [
            f"## {content.name}: {content.articles_count:,} articles, {content.text_bytes / MEGABYTE:.1f} MB of text",
            *(f"![{title}](speed/{name})" for title, name in chart),
            *latency,
            rates(figures, engines),
            singles(figures, engines, content),
            answers(figures, engines),
            *(f"**{words[:500]}**" for words in content.left_out.values()),
        ]
    )


def latencies(figures, engines, title, percentile):
    rows = [[of, *(figures.cell(engine, percentile, of, 1000) for engine in engines)] for of in CLASSES]
    return table([title, *titles(engines)], rows)


def rates(figures, engines):
    """At half of what the engine itself, and what Khonha answers at most; an engine that cannot do the latter has no figure."""
    rows = []
    for of, name in zip(RATES, ("half of its own most", "half of Khonha's most"), strict=True):
        rows += [[f"{name}, {one}, ms", *(figures.cell(engine, one, of, 1000) for engine in engines)] for one in ("p50", "p99")]
    return table(["all classes, at a rate of", *titles(engines)], rows) + "\n\nWithout a figure: more than it can answer, or no server."


def singles(figures, engines, content):
    rows = []
    for measure, of, title, unit, scale, digits in SINGLES:
        scale = scale or 1 / content.text_bytes
        rows.append([f"{title}, {unit}", *(figures.cell(engine, measure, of, scale, digits) for engine in engines)])
    return table(["", *titles(engines)], rows)


def answers(figures, engines):
    """What the speed is worth: how many queries find anything."""
    rows = [[f"{of}: find anything", *(figures.share(engine, "found", of) for engine in engines)] for of in CLASSES]
    right = [figures.share(engine, "right") for engine in engines]
    if set(right) != {"–"}:
        rows.append(["questions: the right article among ten", *right])
    rows.append(["bytes of an answer, phrases", *(figures.cell(engine, "answer bytes", "phrases", 1, 0) for engine in engines)])
    return table(["what is found", *titles(engines)], rows)


def titles(engines):
    return [engine.title for engine in engines]


def table(columns, rows):
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def commands(tools, engines):
    """What was run, with the folders of this machine left out."""
    lines = []
    for engine in engines:
        for command in (engine.start_command, engine.load_command):
            if command:
                words = shlex.join(map(str, command))
                lines.append(words.replace(str(tools.cache), "$CACHE").replace(str(tools.project), "."))
    text = re.sub("apikey: [^']*", "apikey: $KEY", "\n".join(lines))
    for path, name in ((tools.khonha, "khonha"), (tools.oha, "oha")):
        text = text.replace(path, name)
    return f"## Commands\n\nHow each was started at last, and asked at half of Khonha's rate or of its own:\n\n```sh\n{text}\n```"
