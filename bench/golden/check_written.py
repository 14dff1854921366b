"""Loads models that the engine wrote in transformers and compares the logits.

    python bench/golden/check_written.py          has the engine write models of every architecture and number format first
    python bench/golden/check_written.py --model DIR    and lets it read and write the model in DIR too, a real one perhaps

Of each model it checks that transformers finds every weight and no other, takes the configuration as it is written, splits
the text into the same tokens, puts it in the same chat template, and computes the same logits to 1e-4. Ends with status 1 if
one differs.
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
    parser.add_argument("--model", type=Path, help="folder of a further model to read, write and compare")
    arguments = parser.parse_args()
    transformers.logging.set_verbosity_error()
    with tempfile.TemporaryDirectory() as folder:
        write_models(folder, arguments.model)
        return check_all(Path(folder))


def write_models(folder, further):
    """The engine's own test writes them; see WrittenModelsTest.java."""
    command = ["./mvnw", "-q", "-pl", "plugin", "test", "-Dtest=WrittenModelsTest", f"-Drealm.written={folder}"]
    if further:
        command.append(f"-Drealm.model={further.resolve()}")
    subprocess.run(command, cwd=ROOT, check=True)


def check_all(folder):
    files = sorted(folder.rglob("engine-logits.json"))
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
    tokenizer = AutoTokenizer.from_pretrained(directory)
    ids = tokenizer(engine["text"], add_special_tokens=False)["input_ids"]
    begin = tokenizer("")["input_ids"]
    prompt = "".join(tokenizer.convert_ids_to_tokens(begin)) + engine["text"]
    if tokenizer.chat_template:
        message = {"role": "user", "content": engine["text"]}
        prompt = tokenizer.apply_chat_template([message], tokenize=False, add_generation_prompt=True)
    on_disk = AutoModelForCausalLM.from_pretrained(directory, torch_dtype="auto").dtype
    config = json.loads((directory / "config.json").read_text())
    logits = model.eval()(torch.tensor([engine["ids"]])).logits[0]
    difference = (logits - torch.tensor(engine["logits"])).abs().max().item()
    complaints = {
        f"weights: {loading}": any(loading.values()),
        f"tokens differ: {ids}": ids != engine["ids"],
        f"chat prompts differ: {prompt!r}": prompt != engine["prompt"],
        f"the weights on disk are {on_disk}": str(on_disk) != f"torch.{config['torch_dtype']}",
        f"end tokens are {model.generation_config.eos_token_id}":
            model.generation_config.eos_token_id != config["eos_token_id"],
        "logits differ": not difference <= TOLERANCE,
    }
    return next((complaint for complaint, holds in complaints.items() if holds), None), difference


if __name__ == "__main__":
    sys.exit(main())
