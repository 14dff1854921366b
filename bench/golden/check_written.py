"""Loads models that the engine wrote in transformers and compares the logits.

    python bench/golden/check_written.py          has the engine write models of every architecture and number format first
    python bench/golden/check_written.py DIR      checks the models below DIR: folders with an engine-logits.json

Of each model it checks that transformers finds every weight and no other, takes the configuration as it is written, splits
the text into the same tokens, and computes the same logits to 1e-4. Ends with status 1 if one differs.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

ROOT = Path(__file__).parents[2]
TOLERANCE = 1e-4


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", nargs="?", type=Path, help="folder of written models; without it, they are written")
    arguments = parser.parse_args()
    transformers.logging.set_verbosity_error()
    if arguments.directory:
        return check_all(arguments.directory)
    with tempfile.TemporaryDirectory() as folder:
        write_models(folder)
        return check_all(Path(folder))


def write_models(folder):
    """The engine's own test writes them; see WrittenModelsTest.java."""
    command = ["./mvnw", "-q", "-o", "-pl", "plugin", "test", "-Dtest=WrittenModelsTest", f"-Drealm.written={folder}"]
    subprocess.run(command, cwd=ROOT, check=True)


def check_all(folder):
    files = sorted(folder.rglob("engine-logits.json"))
    if not files:
        print(f"{folder} holds no model with an engine-logits.json.", file=sys.stderr)
        return 1
    failed = 0
    for file in files:
        complaint, difference = check(file.parent, json.loads(file.read_text()))
        failed += complaint is not None
        print(f"{file.parent.name:<30} largest difference of a logit {difference:.1e}   {complaint or 'ok'}")
    print(f"{len(files) - failed} of {len(files)} models are the same in transformers {transformers.__version__}")
    return 1 if failed else 0


@torch.no_grad()
def check(directory, engine):
    """What is wrong, or None, and the largest difference of a logit."""
    model, loading = AutoModelForCausalLM.from_pretrained(directory, torch_dtype=torch.float32, output_loading_info=True)
    ids = AutoTokenizer.from_pretrained(directory)(engine["text"])["input_ids"]
    on_disk = AutoModelForCausalLM.from_pretrained(directory, torch_dtype="auto").dtype
    config = json.loads((directory / "config.json").read_text())
    logits = model.eval()(torch.tensor([engine["ids"]])).logits[0]
    difference = (logits - torch.tensor(engine["logits"])).abs().max().item()
    complaints = {
        f"weights: {loading}": any(loading.values()),
        f"tokens differ: {ids}": ids != engine["ids"],
        f"the weights on disk are {on_disk}": str(on_disk) != f"torch.{config['torch_dtype']}",
        f"end tokens are {model.generation_config.eos_token_id}":
            model.generation_config.eos_token_id != config["eos_token_id"],
        "logits differ": not difference <= TOLERANCE,
    }
    return next((complaint for complaint, holds in complaints.items() if holds), None), difference


if __name__ == "__main__":
    sys.exit(main())
