"""What is searched: folders of articles in NDJSON, which every engine reads the same.

Khonha reads such a folder as it is; the others are given `Content.articles`. The sample corpus and other folders without
NDJSON are exported by Khonha itself, and sets of judged questions are written as articles.
"""

import gzip
import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from engines.khonha import Khonha
from process import Failure, ask

SITE_FILES = ("topics.toml", "series.toml", "authors.toml", "words.txt", "glossary.tsv")
SETS = ("xquad-th", "iapp-th")
MOST_EXPORTED = 10_000
TITLE_LETTERS = 60
START_SECONDS = 600


@dataclass
class Content:
    """A folder of articles, and where what is made of it lies."""

    name: str
    folder: Path
    work: Path
    questions: list = field(default_factory=list)  # (text, ids of the right articles)
    articles_count: int = 0
    text_bytes: int = 0
    left_out: dict = field(default_factory=dict)  # what engines failed, by their names

    def articles(self):
        """Every article as the peers take it."""
        for path in sorted(self.folder.glob("*.ndjson")):
            with path.open(encoding="utf-8") as lines:
                yield from (flat(json.loads(line)) for line in lines)

    def count(self):
        """Counts the articles and the bytes of their titles, summaries and bodies."""
        self.articles_count = self.text_bytes = 0
        for article in self.articles():
            self.articles_count += 1
            self.text_bytes += sum(len(article[name].encode()) for name in ("title", "summary", "body"))
        if not self.articles_count:
            raise Failure(f"there are no articles in {self.folder}")
        return self


def flat(article):
    """An article of Khonha's NDJSON with one text a field, and topics with those above them."""
    date = date_number(article.get("date"))
    summary = article.get("summary") or {}
    summaries = [summary] if isinstance(summary, str) else list(summary.values())
    return {
        "id": article["id"],
        "title": joined(article.get(name) for name in ("title", "title_th", "title_en")),
        "summary": joined([*summaries, article.get("summary_th"), article.get("summary_en")]),
        "body": joined(article.get(name) for name in ("body", "body_th", "body_en")),
        "date": date,
        "year": date // 10_000,
        "topic": list(dict.fromkeys(topic[:end] for topic in article.get("topics") or [] for end in ends(topic))),
        "author": article.get("authors") or [],
    }


def joined(texts):
    return "\n\n".join(text for text in texts if text)


def ends(topic):
    return [*(at for at, letter in enumerate(topic) if letter == "/"), len(topic)]


def date_number(date):
    """20240710 of the day that an article has; 0 without one."""
    written = date.get("iso", "") if isinstance(date, dict) else str(date or "")
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", written)
    year, month, day = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return year * 10_000 + month * 100 + day


def sample(tools):
    return exported("sample", tools.project / "corpus", tools)


def folder(path, tools):
    """The articles of a folder of any kind."""
    path = Path(path).resolve()
    if not path.is_dir():
        raise Failure(f"--content {path} is no folder")
    if any(path.glob("*.ndjson")):
        return Content(path.name, path, work(path.name, tools)).count()
    return exported(path.name, path, tools)


def work(name, tools):
    made = tools.cache / "contents" / name
    made.mkdir(parents=True, exist_ok=True)
    return made


def exported(name, source, tools):
    """The articles of a folder in other formats, as Khonha exports them."""
    content = Content(name, work(name, tools) / "articles", work(name, tools))
    shutil.rmtree(content.folder, ignore_errors=True)
    content.folder.mkdir()
    for path in filter(Path.exists, (source / file for file in SITE_FILES)):
        shutil.copy(path, content.folder)
    with (content.folder / "articles.ndjson").open("wb") as file:
        file.writelines(export(Content(f"{name}-source", source, content.work), tools))
    return content.count()


def export(source, tools):
    khonha = Khonha(tools)
    khonha.fresh(source)
    khonha.launch(source)
    try:
        khonha.child.wait_until(lambda: ask(khonha.address("/health/ready")), START_SECONDS)
        total, years = totals(khonha)
        for years_only in [""] if total <= MOST_EXPORTED else [f"&year={year}" for year in years]:
            yield ask(khonha.address(f"/api/v1/search.ndjson?limit={MOST_EXPORTED}{years_only}"))
    finally:
        khonha.stop()


def totals(khonha):
    """How many articles there are, and of which years."""
    told = json.loads(ask(khonha.address("/api/v1/search?limit=1&facets=year&facet_limit=1000&record=false")))
    years = {value["value"]: value["count"] for value in told["facets"]["year"]["values"]}
    if told["total"] > MOST_EXPORTED and (sum(years.values()) < told["total"] or max(years.values()) > MOST_EXPORTED):
        raise Failure(f"{told['total']} articles cannot be exported by their years: bring them as NDJSON (*.ndjson)")
    return told["total"], years


def judged(name, tools):
    """A set of questions with their right passages; None where it is not there. What a set lacks of an article (title, date,
    topics, authors) is made up by its number, so that facets have something to count."""
    source = tools.project.parent / "shared/data/retrieval" / name
    if not source.is_dir():
        print(f"{name} is left out: there is no {source}", flush=True)
        return None
    content = Content(name, work(name, tools) / "articles", work(name, tools))
    content.folder.mkdir(exist_ok=True)
    ids = {}
    with (
        gzip.open(source / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines,
        article_file(content).open("w", encoding="utf-8") as file,
    ):
        for number, line in enumerate(lines):
            passage = json.loads(line)
            ids[passage["_id"]] = f"p{number:06}"
            file.write(json.dumps(as_article(number, passage), ensure_ascii=False) + "\n")
    content.questions = questions(source, ids)
    return content.count()


def article_file(content):
    return content.folder / "articles.ndjson"


def as_article(number, passage):
    text = passage["text"]
    return {
        "id": f"p{number:06}",
        "title": passage.get("title") or text[:TITLE_LETTERS].rpartition(" ")[0] or text[:TITLE_LETTERS],
        "date": f"{2010 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}",
        "topics": [f"topic {number % 20}"],
        "authors": [f"author {number % 50}"],
        "body": text,
    }


def questions(source, ids):
    right = {}
    for line in (source / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, *_, passage, score = line.split("\t")
        if score.strip().isdigit() and int(score) and passage in ids:
            right.setdefault(query, []).append(ids[passage])
    lines = (source / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    asked = (json.loads(line) for line in lines)
    return [(query["text"], right[query["_id"]]) for query in asked if query["_id"] in right]
