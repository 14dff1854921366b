"""Writes a domain as a folder; bench/domains/README.md describes it."""

import csv
import json
from pathlib import Path
from random import Random

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from .domain import Case, Domain

PROMPT = """Rules that apply:

Here are routes that others took. Some may be wrong.

Route 1:

Check each route and say whether it is right or at which step it goes wrong. Then give your own solution.

Reason step by step and end with "The answer is" and the answer.
Verification: Route 1: wrong at step 2. Route 2: right.
Solution:"""
"""The words around a question where a model has no prompt format of its own."""
COMPACT = {
    "template": "{% for r in rules %}{{ r ~ ' ' }}{% endfor %}{{ question }}"
    "{% for r in routes %}{{ ' | ' ~ r }}{% endfor %} :",
    "verify": "verify",
    "right": "right",
    "wrong": "wrong",
    "reasons": False,
    "solution": "solution",
}
SPLITS = {"train": 300, "validation": 200, "test": 300, "harder": 150}
EXAMPLES = 2000
ENTRIES = 400


def write(domain: Domain, folder: Path) -> None:
    """Writes all files of a domain; the same domain gives the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    splits = draw(domain)
    for split, cases in splits.items():
        lines(folder / f"{split}.jsonl", [problem(split, i, case) for i, case in enumerate(cases, 1)])
        routes(folder / f"routes_{split}.csv", split, cases)
    lines(folder / "rules.jsonl", [{"id": name, "text": text} for name, text in domain.rules.items()])
    examples = []
    if domain.examples:
        random = Random(f"{domain.name} examples")
        examples = [domain.examples(random) for _ in range(EXAMPLES)]
        lines(folder / "examples.jsonl", examples)
    tokenizer(folder / "tokenizer", texts(domain, splits["train"], examples))
    if domain.compact:
        (folder / "tokenizer" / "realm_prompt.json").write_text(json.dumps(COMPACT, indent=1) + "\n", encoding="utf-8")
    about = {
        "name": domain.name,
        "title": domain.title,
        "answerKind": domain.kind,
        "labels": list(domain.labels),
        "maxNewTokens": domain.max_new_tokens,
        "baseSteps": domain.base_steps,
        "model": {"layers": 4, "hiddenSize": 96, "intermediateSize": 288},
    }
    (folder / "domain.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def draw(domain: Domain) -> dict[str, list[Case]]:
    """Cases of all splits; no question is in two of them, or twice in one."""
    seen: set[str] = set()
    splits = {}
    for split, number in SPLITS.items():
        random = Random(f"{domain.name} {split}")
        cases = splits[split] = []
        for _ in range(1000 * number):
            case = domain.draw(random, split == "harder")
            if case.question not in seen:
                seen.add(case.question)
                cases.append(case)
            if len(cases) == number:
                break
        else:
            raise ValueError(f"{domain.name} has too few different questions for {split}")
    return splits


def name_of(split: str, number: int) -> str:
    return f"{split}-{number:04d}"


def problem(split: str, number: int, case: Case) -> dict[str, str]:
    row = {"id": name_of(split, number), "question": case.question, "answer": case.answer, "domain": split}
    if case.rationale:
        row["rationale"] = case.rationale
    return row


def routes(file: Path, split: str, cases: list[Case]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["problem id", "source", "text"])
        for number, case in enumerate(cases, 1):
            for source, text in case.routes.items():
                rows.writerow([name_of(split, number), source, text])


def lines(file: Path, rows: list[dict]) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def texts(domain: Domain, cases: list[Case], examples: list[dict[str, str]]) -> list[str]:
    """What the tokenizer learns its entries from: the training texts, and no other split."""
    found = [text for case in cases for text in (case.question, case.rationale, *case.routes.values())]
    found += [text for example in examples for text in example.values()]
    words = "verify right wrong solution :" if domain.compact else PROMPT
    return found + list(domain.rules.values()) + [words] * len(cases)


def tokenizer(folder: Path, corpus: list[str]) -> None:
    """Byte-level pairs of a few hundred entries; a digit is always an entry of its own."""
    folder.mkdir(exist_ok=True)
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=256 + ENTRIES,
        special_tokens=["<eos>", "<pad>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(corpus, trainer)
    made.save(str(folder / "tokenizer.json"))
    about = {"eos_token": "<eos>", "pad_token": "<pad>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(about) + "\n", encoding="utf-8")
