"""Runs of ./realm as processes, and what they leave. Standard library alone."""

import csv
import gzip
import json
import re
import signal
import struct
import subprocess
import time
import zipfile
import zlib
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2]
REALM = BENCH.parent / "realm"
WORK = BENCH / "work"
NODES = "org.realm4knime.nodes."
# what a write that is not finished is called, and where nodes work before their results are kept
UNFINISHED = re.compile(r"(^|/)(writing-[^/]*|[^/]*\.part|[^/]*\.lck|state/files)(/|$)")
SPEED = "tokens per second"  # the column of a training log that the clock decides


def new_flow(spec, folder):
    """Writes a workflow from a description."""
    file = folder.with_suffix(".json")
    file.write_text(json.dumps(spec))
    subprocess.run([REALM, "new", file, folder], check=True, stdout=subprocess.DEVNULL)
    return folder


class Run:
    """A workflow as a process; its console is read while it runs."""

    def __init__(self, flow, out, *more):
        self.out = out
        command = [REALM, "run", flow, "--out", out, "--threads", "1", *more]
        # a process that was started in the background ignores SIGINT, and so would this one
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.text = ""

    def wait(self, pattern):
        """For a line; returns the number of the step in it."""
        for line in self.process.stdout:
            self.text += line
            if found := re.search(pattern, line):
                return int(found.group(1))
        raise SystemExit(f"the run ended before {pattern}:\n{self.text}")

    def end(self, code):
        self.text += self.process.stdout.read()
        if self.process.wait() != code:
            raise SystemExit(f"exit code {self.process.returncode} instead of {code}:\n{self.text}")

    def stop_after(self, seconds, how):
        """Sends a signal if the process still runs then; whether it did. Keeps what was said before, and the time it took."""
        try:
            self.text += self.process.communicate(timeout=seconds)[0]
            return False
        except subprocess.TimeoutExpired as e:
            self.before = (e.stdout or b"").decode(errors="replace")
            begin = time.monotonic()
            self.process.send_signal(how)
            self.text += self.process.communicate()[0]
            self.stopping = time.monotonic() - begin
            if how == signal.SIGINT and self.process.returncode not in (0, 130, -signal.SIGINT):  # before or after Java listens
                raise SystemExit(f"exit code {self.process.returncode} after SIGINT:\n{self.text}") from None
            return self.process.returncode != 0


def half_written(folder):
    """The files under a final name that are not whole, and why."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        if not UNFINISHED.search(name) and (why := _flaw(file)):
            found.append(f"{name}: {why}")
    return found


def _flaw(file):
    check = _CHECKS.get(file.name) or _CHECKS.get(file.suffix)
    try:
        return check(file) if check else ""
    except (OSError, EOFError, ValueError, KeyError, struct.error, zlib.error, zipfile.BadZipFile) as e:
        return f"{type(e).__name__}: {e}"


def _json(file):
    json.loads(file.read_text(encoding="utf-8"))


def _safetensors(file):
    with file.open("rb") as content:
        (length,) = struct.unpack("<Q", content.read(8))
        header = json.loads(content.read(length))
    end = max(entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__")
    size = file.stat().st_size
    return f"{size} bytes instead of {8 + length + end}" if size != 8 + length + end else ""


def _zip(file):
    with zipfile.ZipFile(file) as archive:
        return f"{damaged} is damaged" if (damaged := archive.testzip()) else ""


def _table(file):
    with gzip.open(file) as content:
        while content.read(1 << 20):
            pass


def _html(file):
    return "" if file.read_text(encoding="utf-8").rstrip().endswith("</html>") else "it ends early"


def _csv(file):
    with file.open(encoding="utf-8", newline="") as content:
        widths = {len(row) for row in csv.reader(content, strict=True)}
    ended = file.read_bytes().endswith(b"\n")
    return "" if ended and len(widths) == 1 else f"rows of {sorted(widths)} cells, the last {'' if ended else 'not '}ended"


def _checksums(file):
    """Of a checkpoint: its files and their CRC-32C are listed, and all are there in the size that is listed."""
    for name, entry in json.loads(file.read_text())["files"].items():
        if (size := (file.parent / name).stat().st_size) != entry["bytes"]:
            return f"{name} has {size} bytes instead of {entry['bytes']}"
    return ""


_CHECKS = {
    "checksums.json": _checksums,
    ".json": _json,
    ".safetensors": _safetensors,
    ".zip": _zip,
    ".table": _table,
    ".html": _html,
    ".csv": _csv,
}


def results(out):
    """What a training left, without what the clock decides: name and content of each part."""
    found = {}
    for folder in ("model", "adapter"):
        for file in (out / folder).rglob("*"):
            if file.is_file():
                found[file.relative_to(out).as_posix()] = file.read_bytes()
    for file in (out / "tables").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as content:
            rows = list(csv.DictReader(content))
        found[file.name] = [{key: cell for key, cell in row.items() if key != SPEED} for row in rows]
    for file in out.glob("state/node-*/result.json"):
        found[f"{file.parent.name}: messages"] = json.loads(file.read_text())["messages"]
    return found
