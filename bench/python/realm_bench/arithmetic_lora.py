"""A short GRPO training with LoRA on sums that SmolLM2 gets right now and then, so that every step has something to learn."""

import json

from realm_bench.runs import NODES


def write_sums(file):
    """Writes the problems; returns the file."""
    sums = [(a, b) for a in range(11, 60, 7) for b in range(13, 40, 6)]
    rows = [{"question": f"What is {a} + {b}? Say only the number.", "answer": str(a + b)} for a, b in sums]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def spec(model, sums, steps, checkpoint_every):
    """The workflow: the problems of a file, a model's folder, steps, and steps from one checkpoint to the next."""
    settings = {"steps": steps, "promptsPerStep": 2, "groupSize": 4, "maxNewTokens": 16, "learningRate": 1e-4,
                "lora/trained": "LORA", "rewards/format": 0.2, "answers/kind": "NUMBER", "policy/epochs": 2,
                "policy/maskTruncated": False, "optimizer/warmupSteps": 1,
                "checkpoint/everySteps": checkpoint_every}  # fmt: skip
    return {
        "nodes": [
            {"id": 1, "factory": NODES + "dataset.ReasoningDatasetReaderNodeFactory", "x": 60, "y": 60,
             "settings": {"path": str(sums.resolve())}},
            {"id": 2, "factory": NODES + "modelreader.LanguageModelReaderNodeFactory", "x": 60, "y": 200,
             "settings": {"path": str(model.resolve()), "name": "SmolLM2-135M-Instruct"}},
            {"id": 3, "factory": NODES + "realmtrainer.RealmTrainerNodeFactory", "x": 300, "y": 120, "settings": settings},
            {"id": 4, "factory": NODES + "modelwriter.LanguageModelWriterNodeFactory", "x": 540, "y": 120,
             "settings": {"content": "ADAPTER", "path": "adapter"}},
        ],
        "connections": [[2, 1, 3, 1], [1, 1, 3, 2], [3, 1, 4, 1]],
    }  # fmt: skip
