"""What is asked, by class: the questions of a set, and phrases, words and prefixes that the articles themselves have.

The same content always gives the same queries. Words are cut by `khonha analyze`, since Thai does not show them.
"""

import random
import re
from dataclasses import dataclass, replace

from process import run

PER_CLASS = 48
CLASSES = ("questions", "phrases", "words", "typing", "filters", "browsing")
THAI = re.compile(r"(?<![\u0e00-\u0e7f])[\u0e00-\u0e7f]{8,30}(?![\u0e00-\u0e7f])")
ENGLISH = re.compile(r"\b[A-Za-z]{4,}(?: [A-Za-z]{3,}){1,2}\b")
LONGEST_PREFIX = 12
SHORTEST_WORD = 3


@dataclass(frozen=True)
class Query:
    """What is typed, and what narrows it."""

    text: str
    topic: str = ""
    year: int = 0
    typing: bool = False
    right: tuple = ()  # ids of the articles that answer it, where people have judged that

    @property
    def browsing(self):
        return not self.text

    def filters(self):
        return {name: value for name, value in (("topic", self.topic), ("year", self.year)) if value}


def queries(content, tools):
    """The queries of each class."""
    chance = random.Random(content.name)
    articles = sampled(content)
    phrases = [phrase for article in articles for phrase in one_phrase(article, chance)]
    words = cut(phrases, content, tools, chance)
    return {
        "questions": some(content_questions(content, articles), chance),
        "phrases": some(map(plain, phrases), chance),
        "words": some(map(plain, words), chance),
        "typing": some(prefixes(some(phrases, chance)), chance),
        "filters": [narrowed(query, number) for number, query in enumerate(some(words, chance))],
        "browsing": some(browsing(articles), chance),
    }


def sampled(content):
    """Articles from all over the content, four for each query of a class."""
    step = max(1, content.articles_count // (PER_CLASS * 4))
    return [article for number, article in enumerate(content.articles()) if number % step == 0]


def some(queries_of_class, chance):
    alike = list(dict.fromkeys(queries_of_class))
    return chance.sample(alike, min(PER_CLASS, len(alike)))


def plain(query):
    """Without what narrows it."""
    return Query(query.text)


def content_questions(content, articles):
    """The judged questions; without them titles, which are as long."""
    if content.questions:
        return [Query(text, right=tuple(right)) for text, right in content.questions]
    return [Query(article["title"].split("\n")[0]) for article in articles if article["title"]]


def one_phrase(article, chance):
    """What stands between two spaces of a Thai text, and two or three English words now and then; with where it is from."""
    found = (ENGLISH if chance.random() < 0.25 else THAI).findall(article["body"])
    topic = article["topic"][-1] if article["topic"] else ""
    return [Query(chance.choice(found), topic, article["year"])] if found else []


def cut(phrases, content, tools, chance):
    """One word of each phrase."""
    words = []
    for phrase in phrases[: PER_CLASS * 2]:
        folders = ["--content", content.folder, "--index", content.work / "none"]
        told = run(list(map(str, [tools.khonha, "analyze", *folders, "--", phrase.text])))
        original = phrase.text.encode()
        ranges = (re.match(r"(\d+)-(\d+) +\S", line) for line in told.splitlines())
        found = [original[int(at[1]) : int(at[2])].decode() for at in ranges if at]
        words += (
            [replace(phrase, text=chance.choice(long))]
            if (long := [word for word in found if len(word) >= SHORTEST_WORD])
            else []
        )
    return words


def prefixes(phrases):
    """What has been typed of a phrase after each letter."""
    return [
        Query(phrase.text[:end], typing=True) for phrase in phrases for end in range(1, min(LONGEST_PREFIX, len(phrase.text)) + 1)
    ]


def narrowed(query, number):
    return replace(query, topic="") if number % 2 and query.year else replace(query, year=0)


def browsing(articles):
    places = [Query("", topic=topic) for article in articles for topic in article["topic"][-1:]]
    return [Query("")] + places + [Query("", year=article["year"]) for article in articles if article["year"]]
