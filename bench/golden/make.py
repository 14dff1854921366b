"""Makes the golden files of the unit tests: what transformers and TRL compute for tiny random models.

    python -m venv venv && venv/bin/pip install -r bench/requirements.txt
    venv/bin/python bench/golden/make.py                # all, into the plugin's test resources
    venv/bin/python bench/golden/make.py grpo chat      # these only

    python -m venv newer && newer/bin/pip install -r bench/golden/requirements.txt
    newer/bin/python bench/golden/make.py newer         # models of architectures that need a newer transformers

Parts: models (models.py), grpo (policy_loss.py), chat (chat_templates.py), newer (newer_models.py). Seeds are fixed and one
thread computes, so a run changes nothing unless a library or these scripts did. lora.py beside this file makes golden/lora and runs alone.
"""

import argparse
import importlib
from pathlib import Path

import torch
import transformers

RESOURCES = Path(__file__).parents[2] / "plugin" / "src" / "test" / "resources" / "golden"
# the module and the folder of each part; imported when it is made, as they need different versions
PARTS = {"models": ("models", "models"), "grpo": ("policy_loss", "grpo"), "chat": ("chat_templates", "chat")}
NEWER = {"newer": ("newer_models", "models")}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS, *NEWER], help="which parts to make; all but newer if none is named")
    parser.add_argument("--out", type=Path, default=RESOURCES, help="folder to write to (default: %(default)s)")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    for part in arguments.parts or PARTS:
        module, name = (PARTS | NEWER)[part]
        folder = arguments.out / name
        folder.mkdir(parents=True, exist_ok=True)
        importlib.import_module(module).make(folder)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        print(f"{folder}: {size // 1024} KB")


if __name__ == "__main__":
    main()
