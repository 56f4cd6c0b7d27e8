"""Holds a running service to its own description, by the requests that schemathesis makes of it.

Takes the program to start. The settings of the checks are in tests/openapi.toml.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from serving import serving

HERE = Path(__file__).parent


def new_key(program):
    printed = subprocess.run([program, "key"], capture_output=True, text=True, check=True).stdout
    return re.search(r"khonha_\w+", printed).group(), re.search(r"blake3:\w+", printed).group()


def main(program):
    key, key_hash = new_key(program)
    keys = f'[{{name="checks", hash="{key_hash}", scopes=["report", "metrics", "status"]}}]'
    settings = {"KHONHA_ADMIN_KEYS": keys, "KHONHA_ANALYTICS_CLICKS": "true"}
    # It leaves files where it runs.
    with serving(program, settings) as base, tempfile.TemporaryDirectory() as folder:
        schemathesis = [str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(HERE / "openapi.toml")]
        environment = {**os.environ, "PYTHONPATH": str(HERE), "SCHEMATHESIS_HOOKS": "openapi_hooks", "KHONHA_KEY": key}
        done = subprocess.run([*schemathesis, "run", f"{base}/openapi.json"], env=environment, cwd=folder)
    sys.exit(done.returncode)


main(sys.argv[1])
