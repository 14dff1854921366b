"""Processes that measure: one for the engine, one for each peer. They wait for requests on their standard input, a line
of JSON each, and use no processor meanwhile, so that they can be asked in turn on the same machine."""

import json
import os
import subprocess
import sys

THREADS = len(os.sched_getaffinity(0))


class Worker:
    def __init__(self, name, command, environment=None):
        self.name = name
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | (environment or {}),
        )
        self.pid = self._process.pid

    def ask(self, operation, **request):
        """Sends a request and waits for its answer; an error there is an error here."""
        self._process.stdin.write(json.dumps({"op": operation} | request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name}: the process ended with code {self._process.wait()} in {operation}.")
        answer = json.loads(line)
        if isinstance(answer, dict) and "error" in answer:
            raise SystemExit(f"{self.name}: {operation} failed: {answer['error']}")
        return answer

    def close(self):
        self._process.stdin.close()
        self._process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def engine(heap=1024):
    """This project's engine. Its Java heap, in MB, is of fixed size, so that what moves is native memory."""
    options = [f"-Xms{heap}m", f"-Xmx{heap}m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"]
    options += ["-Dai.djl.offline=true", "-Dslf4j.internal.verbosity=ERROR"]
    command = [os.environ["REALM_BENCH_JAVA"], *options, "-cp", os.environ["REALM_BENCH_CLASS_PATH"]]
    quiet = {"OPT_OUT_TRACKING": "true", "TORCH_CPP_LOG_LEVEL": "ERROR"}
    return Worker("engine", [*command, "org.realm4knime.bench.Worker"], quiet)


def transformers():
    offline = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "TRANSFORMERS_VERBOSITY": "error"}
    return Worker("transformers", [sys.executable, "-m", "realm_bench.transformers_worker"], offline)


def llama_cpp():
    return Worker("llama.cpp", [sys.executable, "-m", "realm_bench.llama_cpp_worker"])
