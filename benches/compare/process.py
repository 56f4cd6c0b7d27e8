"""Programs that the comparison runs: commands that must succeed, and children that never outlive it."""

import contextlib
import ctypes
import os
import shlex
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
POLL_SECONDS = 0.01
LOG_END = 2000


class Failure(Exception):
    """What went wrong and the way out, for the one who runs the comparison."""


def run(command, way_out="", **settings):
    """The output of a command that must succeed."""
    try:
        done = subprocess.run(command, text=True, capture_output=True, check=False, preexec_fn=die_with_parent, **settings)
    except OSError as error:
        raise Failure(f"{command[0]} cannot be run ({error}). {way_out}") from error
    if done.returncode:
        raise Failure(f"{shlex.join(map(str, command))} failed: {(done.stderr or done.stdout)[-LOG_END:]} {way_out}")
    return done.stdout


def die_with_parent():
    """Called in a child before it becomes its program: the kernel kills it when the comparison ends, however it ends."""
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ask(url, body=None, headers=None, method=None, seconds=600):
    """The answer to a request on loopback, as bytes."""
    request = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        raise Failure(f"{method or 'GET'} {url} was answered with {error.code}: {error.read()[:LOG_END]!r}") from error


class Child:
    """A server that runs in the background, with its words in a log file."""

    def __init__(self, command, log, **settings):
        self.command, self.log, self.began = command, log, time.monotonic()
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as words:
            self.process = subprocess.Popen(
                list(map(str, command)),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                preexec_fn=die_with_parent,
                **settings,
            )
        self.pid = self.process.pid

    def wait_until(self, answers, seconds):
        """Seconds from the start of the process until `answers` gives something without an error."""
        while time.monotonic() < self.began + seconds:
            if self.process.poll() is not None:
                raise Failure(f"{self.command[0]} has ended with {self.process.returncode}: {self.said()}")
            with contextlib.suppress(OSError, Failure):
                if answers():
                    return time.monotonic() - self.began
            time.sleep(POLL_SECONDS)
        raise Failure(f"{self.command[0]} did not answer within {seconds} s: {self.said()}")

    def said(self):
        return f"…{self.log.read_text(errors='replace')[-LOG_END:]} (all of it in {self.log})"

    def memory(self):
        """Resident bytes: the process's own, and of files, which the system may take back."""
        with open(f"/proc/{self.pid}/status", encoding="ascii", errors="replace") as status:
            kilobytes = {name: words.split()[0] for name, _, words in (line.partition(":") for line in status) if "Rss" in name}
        return {name: int(kilobytes[field]) * 1024 for name, field in (("anon", "RssAnon"), ("file", "RssFile"))}

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def disk_bytes(folder):
    """What a folder or a file takes on disk, holes not counted."""
    folders = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names] or [folder]
    return sum(os.stat(path, follow_symlinks=False).st_blocks * 512 for path in folders if os.path.lexists(path))
