"""Serves a GGUF file with llama.cpp's own server, which xllamacpp has inside, until its standard input ends.

Run as python3 llama_server.py MODEL.gguf; prints the base URL as its first line.
"""

import sys

import xllamacpp

CONTEXT = 2048
PARALLEL = 4


def main():
    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_parallel = PARALLEL
    params.n_ctx = CONTEXT * PARALLEL
    # more wait for one another in a loop, and on a busy machine hardly get on
    params.cpuparams.n_threads = 1
    params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
