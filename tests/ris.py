"""Reads the RIS of the sample corpus by rispy, and holds it to the same articles as the API gives them.

Takes the program to start; it indexes into a temporary folder and listens where there is room.
"""

import json
import sys
import urllib.request

import rispy

from serving import serving


def get(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode("utf-8")


def in_reading_order(name):
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma else name


def check(record, article, base):
    url = article["source"] or f"{base}/articles/{article['id']}"
    pairs = [
        (record["id"], article["id"].replace("/", ":")),
        (record["title"], article["title"]),
        (record.get("translated_title"), article["title_en"]),
        ([in_reading_order(name) for name in record["authors"]], article["authors"]),
        (record["year"], article["date"]["iso"][:4]),
        (record["urls"], [url]),
    ]
    for read, expected in pairs:
        assert read == expected, f"{article['id']}: {read} is not {expected}"


def main(program):
    with serving(program) as base:
        articles = [json.loads(line) for line in get(f"{base}/api/v1/search.ndjson").splitlines()]
        records = rispy.loads(get(f"{base}/api/v1/search.ris"))
        assert len(records) == len(articles) > 0
        for record, article in zip(records, articles):
            check(record, article, base)
        print(f"{len(records)} records are the articles")


main(sys.argv[1])
