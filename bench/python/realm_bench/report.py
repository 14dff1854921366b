"""RESULTS.md, written from what was measured."""

from realm_bench.spread import paired_ratio, rounds_summary

# Issue 3 set these before anything was measured; the README says what became of them.
PEAK_TARGETS = {"1M": 0.58, "11M": 0.78, "135M": 0.68}
TRAINING_TARGETS = {"1M": 1.3, "11M": 1.15, "135M": 1.2}
GENERATION_TARGETS = {("1M", 32): 2.5, ("11M", 32): 2.0, ("135M", 8): 1.5}
LLAMA_CPP_TARGET = 0.9
GRPO_TARGET = 2.0
MEMORY_TARGET = 0.03
WARM_UP_SHARE = 0.1


def text(found):
    parts = [_head(found), _targets(found)]
    for name, write in _SECTIONS.items():
        if name in found:
            parts.append(write(found[name]["data"]))
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _head(found):
    machine = found.get("machine", {})
    runs = "\n".join(
        f"| {name} | {entry['date']} | `{entry['command']}` | {entry['took'] / 60:.1f} min |"
        for name, entry in found.items()
        if "took" in entry
    )
    peers = machine.get("peers", {})
    return f"""
# Benchmark results

Written by `bench/run`; how things are measured is at the end of each section. *Ours* is this project's engine.
Processes take turns within a round on the same machine with the same models, so that a drift of the machine hits all
alike; a ratio is the median over the rounds, with the smallest and the largest in brackets.

- Machine: {machine.get("processor")}, {machine.get("cores")} cores ({machine.get("vector")}), {machine.get("gigabytes")} GB.
- Ours: {machine.get("ours", {}).get("torch")}, Java {machine.get("ours", {}).get("java")}.
- Peers: PyTorch {peers.get("torch")} on the processor, transformers {peers.get("transformers")}, TRL {peers.get("trl")}, Python {machine.get("python")};
  llama-cpp-python {machine.get("llama.cpp", {}).get("llama_cpp_python")}, compiled on the machine.

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
    return "## Targets\n\n| what | measured | target | met |\n|---|---|---|---|\n" + "\n".join(rows)


def _target(what, measured, target):
    met = "yes" if measured["median"] >= target else "**no**"
    return f"| {what} | {_ratio(measured)} | at least {target} | {met} |"


def _flatness_target(what, samples):
    rise = _rise(samples)
    return f"| {what}, change | {100 * rise:.1f} % | within {100 * MEMORY_TARGET:.0f} % | {'yes' if rise <= MEMORY_TARGET else '**no**'} |"


def _rise(samples):
    """Largest over smallest after the warm-up, less 1."""
    sizes = _after_warm_up(samples)
    return max(sizes) / min(sizes) - 1


def _after_warm_up(samples):
    last = samples[-1]["step"]
    return [sample["megabytes"] for sample in samples if sample["step"] > WARM_UP_SHARE * last]


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

![Training speed by length](plots/cost-length.svg)

![Training speed by batch](plots/cost-batch.svg)

![Cost of a trained token by model](plots/cost-size.svg)
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

Seconds of a whole step (rollout, reward, update), median (range). Prompts of 96 tokens, completions of 32, temperature 1,
no reference model, one update a rollout, loss over all tokens, AdamW (fused in both); the reward looks at the last word.

| model | prompts x samples | ours | TRL's GRPOTrainer | times TRL |
|---|---|---|---|---|
{rows}
"""


def _seconds(rounds):
    times = rounds_summary(rounds)
    return f"{times['median']:.2f} ({times['low']:.2f} to {times['high']:.2f})"


def _memory(data):
    rows = "\n".join(
        f"| {name} | {data['steps']} | {min(sizes):.0f} | {max(sizes):.0f} | {sizes[0]:.0f} | {sizes[-1]:.0f} | {100 * _rise(data[name]):.1f} % |"
        for name in ("training", "generation")
        for sizes in [_after_warm_up(data[name])]
    )
    return f"""
## Resident memory

Of a fresh process each, in MB, after a tenth of the steps: batches of 8 texts of 16 to 128 tokens, and generations of 1 to
48 tokens after 8 prompts of 1 to 96. The Java heap has a fixed size (128 MB), so that what moves is native memory.

| what | steps | smallest | largest | first | last | change |
|---|---|---|---|---|---|---|
{rows}

![Resident memory](plots/memory.svg)
"""


_SECTIONS = {
    "limits": _limits,
    "training": _training,
    "generation": _generation,
    "grpo": _grpo,
    "memory": _memory,
}
