"""Compares Khonha with other search engines on this machine, all in one run, and writes docs/speed.md.

Every engine gets the same articles and the same queries, and gives ten hits, highlights, three facets and the exact number of
hits. Rounds are interleaved: each engine in turn, then each again. One engine runs at a time; the client shares its cores.
"""

import argparse
import json
import signal
import sys
from pathlib import Path

import contents
import report
from engines import ENGINES
from engines.engine import Tools
from engines.khonha import Khonha
from measure import Turn, take
from process import Failure, run
from queries import queries

PROJECT = Path(__file__).resolve().parents[2]


def main():
    settings = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    try:
        compare(settings)
    except Failure as failure:
        sys.exit(f"compare: {failure}")
    except KeyboardInterrupt:
        sys.exit("compare: ended by hand; nothing was written")


def arguments():
    asked = argparse.ArgumentParser(prog="benches/compare/run", description=__doc__)
    add = asked.add_argument
    add("--quick", action="store_true", help="the sample corpus alone, two short rounds: a few minutes, to see that all works")
    add("--content", action="append", default=[], metavar="DIR", help="also a folder of articles; repeatable")
    add("--only", action="store_true", help="the folders of --content alone")
    add("--engines", default=",".join(ENGINES), help="which, with commas (%(default)s); Khonha is always there")
    add("--rounds", type=int, help="how often each engine has its turn (3)")
    add("--index-rounds", type=int, help="in how many of them it indexes anew (all)")
    add("--seconds", type=float, help="how long each class of queries is asked; others take twice that (4)")
    add("--cache", type=Path, default=PROJECT / "target/compare", metavar="DIR", help="where all that is installed and made lies")
    add("--report", type=Path, default=PROJECT / "docs", metavar="DIR", help="where speed.md and its charts go (docs)")
    add("--khonha", metavar="PROGRAM", help="a Khonha that is built; without it `cargo build --release` makes one")
    add("--oha", metavar="PROGRAM", help="an oha that is installed; without it cargo installs one")
    add("--java", metavar="DIR", help="the JDK for OpenSearch (the newest below /usr/lib/jvm)")
    settings = asked.parse_args()
    settings.rounds = settings.rounds or (2 if settings.quick else 3)
    settings.index_rounds = settings.index_rounds or settings.rounds
    settings.seconds = settings.seconds or (1 if settings.quick else 4)
    settings.warming = settings.seconds * 4
    settings.cache = settings.cache.resolve()
    settings.engines = chosen(settings.engines, asked)
    return settings


def chosen(names, asked):
    """The engines of the names, Khonha first: the others are measured at half of what it answers."""
    names = {"khonha", *names.split(",")}
    if unknown := names - ENGINES.keys():
        asked.error(f"no engine is called {', '.join(unknown)}; there are {', '.join(ENGINES)}")
    return [engine for name, engine in ENGINES.items() if name in names]


def compare(settings):
    tools = installed(settings)
    engines = [engine(tools) for engine in settings.engines]
    for engine in engines:
        tell(f"installing {engine.title}")
        engine.install()
    rows, compared = [], prepared(settings, tools)
    for content in compared:
        measured(content, engines, tools, settings, rows)
    path = report.write(settings, tools, engines, compared, rows)
    tell(f"written: {path}")


def installed(settings):
    """The programs that all measuring needs."""
    settings.cache.mkdir(parents=True, exist_ok=True)
    tools = Tools(PROJECT, settings.cache, settings.oha, settings.khonha, settings.java)
    if not tools.khonha:
        tell("building Khonha")
        target = settings.cache / "cargo"
        run(["cargo", "build", "--release", "--locked", "--target-dir", str(target)], cwd=PROJECT)
        tools.khonha = str(target / "release/khonha")
    if not tools.oha:
        tools.oha = str(settings.cache / "bin/oha")
    if not Path(tools.oha).exists():
        tell("installing oha")
        run(["cargo", "install", "oha", "--locked", "--root", str(settings.cache)])
    settings.oha = tools.oha
    return tools


def prepared(settings, tools):
    """The contents, in the order of the report."""
    folders = [contents.folder(path, tools) for path in settings.content]
    if settings.only and folders:
        return folders
    sets = [] if settings.quick else [contents.judged(name, tools) for name in contents.SETS]
    return [contents.sample(tools), *filter(None, sets), *folders]


def measured(content, engines, tools, settings, rows):
    """All rounds over one content."""
    asked = queries(content, tools)
    tell(f"{content.name}: {content.articles_count:,} articles, {content.text_bytes:,} bytes of text")
    for engine in engines:
        engine.prepare(content)
    for number in range(settings.rounds):
        khonha_most = None
        for engine in [engine for engine in engines if engine.name not in content.left_out]:
            turn = Turn(engine, content, asked, settings, number, rows)
            try:
                most = take(turn, khonha_most)
            except Failure as failure:
                leave_out(engine, content, failure)
                continue
            khonha_most = khonha_most or most
            tell(f"{content.name}, round {number + 1}: {engine.title} answers {most:,.0f}/s at most")
            (settings.cache / "rows.json").write_text(json.dumps(rows, indent=1))


def leave_out(engine, content, failure):
    """An engine that fails is left out of the rounds that follow, and the report says so; without Khonha there is no report."""
    if engine.name == Khonha.name:
        raise failure
    content.left_out[engine.name] = f"{engine.title} failed and was left out from then on: {failure}"
    tell(f"{content.name}: {content.left_out[engine.name]}")


def tell(words):
    print(words, flush=True)


if __name__ == "__main__":
    main()
