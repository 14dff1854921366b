"""What is measured. A section asks the workers in turn, round after round, and returns what it found as plain data."""

import re
from pathlib import Path
from statistics import median

from realm_bench import gguf_file, models, workers

TRAINING_BATCHES = {"1M": (32, 64), "11M": (16, 64), "135M": (4, 128)}
GENERATION_BATCHES = {"1M": (1, 8, 32, 128), "11M": (1, 8, 32, 128), "135M": (1, 8, 32)}
GRPO_PROMPTS = {"1M": 4, "11M": 4, "135M": 2}
PEAK_SIZES = [512, 1024, 2048, 4096]
# of a measurement by length and batch, and half as many for warming up: a step of few tokens is short beside its first calls
COST_TOKENS = 8192
LORA_RANK = 16


class Bench:
    """The workers, the models and how much to measure; workers start when they are first asked for."""

    def __init__(self, folder, shapes, quick, newest=False):
        self.folder = folder
        self.shapes = shapes
        self.quick = quick
        self.newest = newest
        self.rounds = 1 if quick else 5
        self._workers = {}

    def worker(self, start):
        if start not in self._workers:
            self._workers[start] = start()
        return self._workers[start]

    @property
    def ours(self):
        return self.worker(workers.engine)

    @property
    def transformers(self):
        return self.worker(workers.transformers)

    @property
    def llama_cpp(self):
        return self.worker(workers.llama_cpp)

    def model(self, shape):
        folder = self.folder / "models" / shape.name
        models.make(shape, folder, self.ours)
        return str(folder)

    def ending_model(self, shape, new):
        """One that ends half of its texts by itself before they are cut off after so many new tokens."""
        folder = self.folder / "models" / f"{shape.name}-ending-{new}"
        models.make(shape, folder, self.ours, halfEndWithin=new)
        return str(folder)

    def gguf(self, shape):
        file = self.folder / "models" / f"{shape.name}.gguf"
        if not file.exists():
            self.model(shape)
            gguf_file.write(self.folder / "models" / shape.name, file)
        return str(file)

    def steps(self, full, quick=1):
        return quick if self.quick else full

    def close(self):
        for worker in self._workers.values():
            worker.close()


def interleaved(rounds, measurements):
    """Runs the measurements in turn, round after round: for each name, a list of answers, one a round."""
    found = {name: [] for name in measurements}
    for _ in range(rounds):
        for name, measure in measurements.items():
            found[name].append(measure())
    return found


def seconds(answers):
    return [answer["seconds"] for answer in answers]


def faster_attention(ask, **request):
    """Whether transformers is faster with scaled dot product attention, its default, or with its own; tried once."""
    times = {kind: median(ask(attention=kind, **request)["seconds"]) for kind in ("sdpa", "eager")}
    return min(times, key=times.get)


def limits(bench):
    sizes = PEAK_SIZES[:-1] if bench.quick else PEAK_SIZES
    found = interleaved(
        bench.rounds,
        {
            "matmul": lambda: bench.ours.ask("matmul", sizes=sizes)["gflops"],
            "bandwidth": lambda: bench.ours.ask("bandwidth", megabytes=64 if bench.quick else 512),
        },
    )
    return {"sizes": sizes} | found


def training(bench):
    """Whole training steps, with the matrix product peak measured in every round."""
    rows = []
    for shape in bench.shapes:
        batch, length = TRAINING_BATCHES[shape.name]
        request = {"folder": bench.model(shape), "batch": batch, "length": length}
        amount = {"1M": (5, 20), "11M": (2, 6), "135M": (1, 2)}[shape.name]
        counts = {"warmup": amount[0], "steps": bench.steps(amount[1])}
        ask_peer = lambda **more: bench.transformers.ask("train", **request, **more)
        attention = faster_attention(ask_peer, **counts)
        found = interleaved(
            bench.rounds,
            {
                "peak": lambda: max(bench.ours.ask("matmul", sizes=PEAK_SIZES[:3])["gflops"]),
                "ours": lambda: bench.ours.ask("train", **request, **counts),
                "transformers": lambda: ask_peer(attention=attention, **counts),
            },
        )
        rows.append(
            {
                "shape": shape.name,
                "batch": batch,
                "length": length,
                "tokens": batch * length,
                "flops": shape.training_flops(length),
                "attention": attention,
                "peak": found["peak"],
                "ours": seconds(found["ours"]),
                "transformers": seconds(found["transformers"]),
            }
        )
    return rows


def generation(bench):
    """Generations of 64 tokens after prompts of 32, without early ends, by batch."""
    rows = []
    for shape in bench.shapes:
        folder = bench.model(shape)
        for batch in GENERATION_BATCHES[shape.name]:
            large = shape.name == "135M"
            size = {"batch": batch, "prompt": 32, "new": 64}
            counts = {"warmup": 0 if bench.quick else 1, "repeats": bench.steps(1 if large else 3)}
            ask_peer = lambda **more: bench.transformers.ask("generate", folder=folder, **size, **more)
            attention = faster_attention(ask_peer, **counts)
            measurements = {
                "ours": lambda: bench.ours.ask("generate", folder=folder, **size, **counts),
                "transformers": lambda: ask_peer(attention=attention, **counts),
            }
            if large and not bench.newest:
                file = bench.gguf(shape)
                measurements["llama.cpp"] = lambda: bench.llama_cpp.ask("generate", file=file, **size, **counts)
            found = interleaved(min(bench.rounds, 3) if large else bench.rounds, measurements)
            tokens = {answer["tokens"] for answers in found.values() for answer in answers}
            if tokens != {batch * 64}:
                raise SystemExit(f"generation at {shape.name}: {tokens} tokens written, {batch * 64} expected")
            rows.append(
                {"shape": shape.name, "batch": batch, "tokens": batch * 64, "attention": attention}
                | {name: seconds(answers) for name, answers in found.items()}
            )
    return rows


def grpo(bench):
    """Whole steps of GRPO: 8 samples of each prompt of 96 tokens, completions of at most 32."""
    rows = []
    for shape in bench.shapes:
        folder, prompts = bench.ending_model(shape, 32), GRPO_PROMPTS[shape.name]
        request = {"folder": folder, "prompts": prompts, "group": 8, "prompt": 96, "new": 32}
        amount = {"1M": (2, 6), "11M": (1, 3), "135M": (1, 2)}[shape.name]
        counts = {"warmup": 1 if bench.quick else amount[0], "steps": bench.steps(amount[1])}
        found = interleaved(
            min(bench.rounds, 3),
            {
                "ours": lambda: bench.ours.ask("grpo", **request, **counts),
                "trl": lambda: bench.transformers.ask("grpo", attention="sdpa", **request, **counts),
            },
        )
        for answer in sum(found.values(), []):
            require_reward(answer)
        details = {
            name: {key: [answer[key] for answer in answers] for key in ("seconds", "length", "reward")}
            for name, answers in found.items()
        }
        rows.append({"shape": shape.name, "prompts": prompts, "group": 8} | details)
    return rows


def lora(bench):
    """Training steps with a LoRA adapter in the place of all weights, at the largest size, by length. Every process is
    fresh, so that its peak of resident memory is that of the steps."""
    request = {"folder": bench.model(models.SHAPES[-1]), "rank": LORA_RANK, "warmup": 1, "steps": bench.steps(2)}
    sides = (
        ("ours", lambda: workers.engine(heap=256), {}),  # the heap is resident, as is Python's
        ("peer", workers.transformers, {"attention": "sdpa"}),
    )
    rows = []
    for batch, length in [(4, 128)] if bench.quick else [(4, 128), (1, 1024)]:
        found = {"ours": [], "peer": []}
        for _ in range(min(bench.rounds, 3)):
            for side, start, more in sides:
                with start() as fresh:
                    steps = fresh.ask("train", batch=batch, length=length, **request, **more)["seconds"]
                    found[side].append({"seconds": steps, "megabytes": peak_memory(fresh.pid)})
        rows.append({"rank": LORA_RANK, "batch": batch, "length": length} | found)
    return rows


def require_reward(answer):
    """Without rewards that differ there is nothing to learn from, and a step is far too fast to be compared."""
    reward = answer["reward"]
    if not 0 < reward < 1:
        raise SystemExit(f"the mean reward is {reward}, so the steps had nothing to learn from and are not comparable")


def peak_memory(process):
    """The most resident memory that a process had so far, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


def memory(bench):
    """Resident memory of a fresh process over many training steps, and of another over many generations."""
    folder = bench.model(models.SHAPES[0])  # the smallest: there a leak shows most
    steps = bench.steps(3000, 100)
    request = {"folder": folder, "steps": steps, "every": max(1, steps // 600), "batch": 8}
    with workers.engine(heap=128) as fresh:
        train = fresh.ask("train-memory", length=128, **request)
    with workers.engine(heap=128) as fresh:
        generate = fresh.ask("generate-memory", length=96, new=48, **request)
    return {"steps": steps, "training": train["samples"], "generation": generate["samples"]}


def cost(bench):
    """Seconds of a training step by length of the texts, batch and model; what generation costs, generation() measures."""
    rows = []
    lengths = [32, 128] if bench.quick else [32, 64, 128, 256, 512]
    batches = [1, 8] if bench.quick else [1, 4, 16, 64]
    for shape in bench.shapes:
        folder = bench.model(shape)
        large = shape.name == "135M"
        cases = [(1 if large else 8, length) for length in lengths]
        cases += [] if large else [(batch, 64) for batch in batches]
        for batch, length in cases:
            steps = bench.steps(1 if large else max(3, COST_TOKENS // (batch * length)))
            request = {"folder": folder, "batch": batch, "length": length}
            counts = {"warmup": max(1, steps // 2), "steps": steps}
            found = interleaved(
                1 if bench.quick else 2,
                {
                    "ours": lambda: bench.ours.ask("train", **request, **counts),
                    "transformers": lambda: bench.transformers.ask("train", attention="sdpa", **request, **counts),
                },
            )
            rows.append(
                {"shape": shape.name, "batch": batch, "length": length}
                | {name: median(sum(seconds(answers), [])) for name, answers in found.items()}
            )
    return rows


ALL = {
    "limits": limits,
    "training": training,
    "generation": generation,
    "grpo": grpo,
    "lora": lora,
    "memory": memory,
    "cost": cost,
}
