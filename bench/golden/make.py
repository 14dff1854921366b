"""Makes the golden files of the unit tests: what transformers and TRL compute for tiny random models.

    python -m venv venv && venv/bin/pip install -r bench/requirements.txt
    venv/bin/python bench/golden/make.py                # all, into the plugin's test resources
    venv/bin/python bench/golden/make.py grpo chat      # these only

Parts: models (models.py), grpo (policy_loss.py), chat (chat_templates.py). Seeds are fixed and one thread computes, so a
run changes nothing unless a library or these scripts did. lora.py beside this file makes golden/lora and runs alone.
"""

import argparse
import shutil
from pathlib import Path

import torch
import transformers

import chat_templates
import models
import policy_loss

RESOURCES = Path(__file__).parents[2] / "plugin" / "src" / "test" / "resources" / "golden"
PARTS = {"models": models.make, "grpo": policy_loss.make, "chat": chat_templates.make}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="which parts to make; all if none is named")
    parser.add_argument("--out", type=Path, default=RESOURCES, help="folder to write to (default: %(default)s)")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    for part in arguments.parts or PARTS:
        folder = arguments.out / part
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        PARTS[part](folder)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        print(f"{folder}: {size // 1024} KB")


if __name__ == "__main__":
    main()
