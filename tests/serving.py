"""Starts the program on the sample corpus, in temporary folders and where there is room."""

import contextlib
import os
import re
import subprocess
import tempfile


@contextlib.contextmanager
def serving(program, settings=None):
    """Gives the address of the service, which ends with the block."""
    with started(program, settings) as (address, _):
        yield address


@contextlib.contextmanager
def started(program, settings=None):
    """Gives the address of the service and its process, which ends with the block."""
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "serve", "--index", f"{folder}/index", "--listen", "127.0.0.1:0"]
        environment = {**os.environ, "KHONHA_ANALYTICS": f"{folder}/analytics", **(settings or {})}
        service = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        try:
            yield re.search(r"http://[^/]+", service.stdout.readline()).group(), service
        finally:
            service.terminate()
            service.wait()
