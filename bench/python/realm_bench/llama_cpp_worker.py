"""llama.cpp through its C interface: a batch of sequences decoded together, sampled by llama.cpp's own sampler."""

import random
import time

import llama_cpp
from llama_cpp import llama_cpp as api

from realm_bench.serving import serve
from realm_bench.workers import THREADS

_FIRST_WORD = 2
_last = {}
_silent = api.llama_log_callback(lambda level, text, data: None)
api.llama_log_set(_silent, None)


def describe():
    return {"llama_cpp_python": llama_cpp.__version__, "features": api.llama_print_system_info().decode()}


def _open(file):
    if _last.get("file") != file:
        settings = api.llama_model_default_params()
        settings.n_gpu_layers = 0
        _last.update(file=file, model=api.llama_model_load_from_file(file.encode(), settings))
    return _last["model"]


def _context(model, batch, tokens):
    settings = api.llama_context_default_params()
    settings.n_ctx = batch * tokens
    settings.n_batch = settings.n_ubatch = 512
    settings.n_seq_max = batch
    settings.n_threads = settings.n_threads_batch = THREADS
    return api.llama_init_from_model(model, settings)


def _sampler(seed):
    """Temperature 1 over the whole vocabulary; the most likely token without a seed."""
    chain = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
    chosen = api.llama_sampler_init_greedy() if seed is None else api.llama_sampler_init_dist(seed)
    api.llama_sampler_chain_add(chain, chosen)
    return chain


def _decode(context, space, entries):
    """Decodes (token, position, sequence, wants logits) entries, as many at a time as a batch holds."""
    space.n_tokens = len(entries)
    for i, (token, position, sequence, wanted) in enumerate(entries):
        space.token[i] = token
        space.pos[i] = position
        space.n_seq_id[i] = 1
        space.seq_id[i][0] = sequence
        space.logits[i] = wanted
    if api.llama_decode(context, space) != 0:
        raise RuntimeError("llama_decode failed")


def _write(model, prompts, new, seed):
    """Tokens that the model appends to each prompt; all prompts have the same length."""
    batch, length = len(prompts), len(prompts[0])
    context = _context(model, batch, length + new)
    sampler = _sampler(seed)
    space = api.llama_batch_init(512, 0, 1)
    written = [[] for _ in prompts]
    try:
        drawn = {}
        together = max(1, 512 // length)
        for first in range(0, batch, together):
            chosen = range(first, min(batch, first + together))
            entries = [(prompts[s][i], i, s, i == length - 1) for s in chosen for i in range(length)]
            _decode(context, space, entries)
            for place, s in enumerate(chosen):
                drawn[s] = api.llama_sampler_sample(sampler, context, (place + 1) * length - 1)
        for step in range(new):
            for s, tokens in enumerate(written):
                tokens.append(drawn[s])
            if step < new - 1:
                _decode(context, space, [(drawn[s], length + step, s, True) for s in range(batch)])
                drawn = {s: api.llama_sampler_sample(sampler, context, s) for s in range(batch)}
    finally:
        api.llama_batch_free(space)
        api.llama_sampler_free(sampler)
        api.llama_free(context)
    return written


def generate(file, batch, prompt, new, warmup, repeats):
    """Seconds of each generation at temperature 1, prompt included; tokens written by one."""
    model = _open(file)
    vocabulary = api.llama_vocab_n_tokens(api.llama_model_get_vocab(model))
    seconds = []
    tokens = 0
    for run in range(warmup + repeats):
        draw = random.Random(run)
        prompts = [[draw.randrange(_FIRST_WORD, vocabulary) for _ in range(prompt)] for _ in range(batch)]
        start = time.perf_counter()
        written = _write(model, prompts, new, seed=run)
        if run >= warmup:
            seconds.append(time.perf_counter() - start)
        tokens = sum(map(len, written))
    return {"seconds": seconds, "tokens": tokens}


def greedy(file, ids, new):
    return {"tokens": _write(_open(file), [ids], new, seed=None)[0]}


if __name__ == "__main__":
    serve({"describe": describe, "generate": generate, "greedy": greedy})
