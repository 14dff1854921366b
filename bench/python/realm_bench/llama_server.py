"""Serves a GGUF file with llama.cpp's own server, which xllamacpp has inside, until its standard input ends.

Run as python3 llama_server.py MODEL.gguf [--exact]; prints the base URL as its first line. With --exact it answers one
question at a time and keeps keys and values in float32, so that only the weights' own format is rounded.
"""

import argparse
import sys

import xllamacpp

CONTEXT = 2048
PARALLEL = 4


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--exact", action="store_true")
    arguments = parser.parse_args()
    params = xllamacpp.CommonParams()
    params.model.path = arguments.model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_parallel = PARALLEL
    params.n_ctx = CONTEXT * PARALLEL
    # more wait for one another in a loop, and on a busy machine hardly get on
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    if arguments.exact:
        params.n_parallel = 1
        params.n_ctx = CONTEXT
        params.cache_type_k = params.cache_type_v = xllamacpp.ggml_type.GGML_TYPE_F32
        params.flash_attn_type = xllamacpp.llama_flash_attn_type.LLAMA_FLASH_ATTN_TYPE_DISABLED
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
