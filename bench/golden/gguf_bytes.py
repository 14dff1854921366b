"""Writes plugin/src/test/resources/golden/gguf/small.gguf by the gguf package, which GgufWriterTest must write alike.

python3 bench/golden/gguf_bytes.py, with numpy and the gguf package of bench/requirements.txt. Prints the quantised blocks
that QuantizedBlockTest expects as well.
"""

from pathlib import Path

import gguf
import numpy as np

FILE = Path(__file__).resolve().parents[2] / "plugin/src/test/resources/golden/gguf/small.gguf"
BLOCKS = [
    [0.5, -1.25, 3.999, 127.0, -127.0, 0.4999, 1.5, 2.5, -0.5, -1.5] + [i * 0.37 - 4 for i in range(22)],
    [1e-3 * ((i * 7919) % 97 - 48) for i in range(32)],
    [0.0] * 32,
]


def ramp(rows, columns):
    return (np.arange(rows * columns, dtype=np.float32).reshape(rows, columns) - 50) / 8


def main():
    FILE.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(FILE, "llama")
    writer.add_uint32("llama.block_count", 2)
    writer.add_float32("llama.rope.freq_base", 10000.0)
    writer.add_bool("tokenizer.ggml.add_bos_token", True)
    writer.add_string("general.name", "Größe")
    writer.add_array("tokenizer.ggml.tokens", ["<s>", "Ġa", "é"])
    writer.add_array("tokenizer.ggml.token_type", [3, 1, 1])
    writer.add_array("tokenizer.ggml.scores", [0.0, -1.0, -2.5])
    writer.add_tensor("vector", ramp(1, 5)[0])
    for name, kind in {"half": "F16", "upper": "BF16", "block": "Q8_0"}.items():
        kind = gguf.GGMLQuantizationType[kind]
        weights = ramp(3, 32)
        writer.add_tensor(name, gguf.quants.quantize(weights, kind), raw_shape=None, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    for block in BLOCKS:
        print(gguf.quants.quantize(np.array(block, np.float32), gguf.GGMLQuantizationType.Q8_0).tobytes().hex())


if __name__ == "__main__":
    main()
