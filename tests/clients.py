"""Runs the clients of README.md against the sample corpus, and holds what they print to what the API says.

Takes the program to start. A client is a block of code in python or javascript that has SERVICE in it.
"""

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

from serving import serving

README = Path(__file__).parent.parent / "README.md"
COMMANDS = {"python": [sys.executable, "-"], "javascript": ["node", "--input-type=module", "-"]}


def clients():
    blocks = re.findall(r"^```(python|javascript)\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    found = {language: code for language, code in blocks if "SERVICE" in code}
    assert found.keys() == COMMANDS.keys(), f"README.md has clients in {list(found)}"
    return found


def expected(base):
    """All titles and the counts of topics, by one request in another way than the clients have."""
    query = "q=open+data&ui=en&limit=100&facets=topic"
    with urllib.request.urlopen(f"{base}/api/v1/search?{query}") as answer:
        answer = json.load(answer)
    titles = [hit["title"] for hit in answer["hits"]]
    counts = [f"{value['label']}: {value['count']}" for value in answer["facets"]["topic"]["values"]]
    assert len(titles) == answer["total"] > 10 and counts, "several pages, and something to count"
    return titles, counts


def main(program):
    with serving(program) as base:
        titles, counts = expected(base)
        for language, code in clients().items():
            ran = subprocess.run(
                COMMANDS[language], input=code, text=True, capture_output=True, timeout=60, env={**os.environ, "SERVICE": base}
            )
            assert ran.returncode == 0, f"{language}: {ran.stderr}"
            printed = ran.stdout.splitlines()
            assert printed == counts + titles, f"{language} printed {printed} and not {counts + titles}"
            print(f"the client in {language} prints {len(counts)} counts and {len(titles)} titles")


main(sys.argv[1])
