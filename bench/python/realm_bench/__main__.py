"""bench/run's driver: measures the sections that are asked for, keeps what it found, and writes the report."""

import argparse
import json
import platform
import sys
import time
from datetime import date
from pathlib import Path

from realm_bench import models, report, sections, workers

BENCH = Path(__file__).resolve().parents[2]
# what is measured against today's peers; the rest has none, or is plotted
NEWEST = ("training", "generation", "grpo", "lora")


def main():
    arguments = _arguments()
    results = BENCH / "work" / ("results" + "-newest" * arguments.newest + "-quick" * arguments.quick)
    results.mkdir(parents=True, exist_ok=True)
    if not arguments.report:
        _measure(arguments, results)
    target = results if arguments.quick else BENCH
    if arguments.newest:
        file = target / "RESULTS-newest.md"
        report.write_newest(results, file)
    else:
        file = target / "RESULTS.md"
        report.write(results, target)
    print(file.relative_to(BENCH.parent))


def _arguments():
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures the engine against its peers and limits.")
    parser.add_argument("--quick", action="store_true", help="few repeats, to see that everything works")
    parser.add_argument("--only", nargs="+", choices=sections.ALL, metavar="SECTION", help=", ".join(sections.ALL))
    parser.add_argument("--models", nargs="+", choices=[shape.name for shape in models.SHAPES], help="all if not given")
    parser.add_argument("--newest", action="store_true", help=f"today's peers: {', '.join(NEWEST)}")
    parser.add_argument("--report", action="store_true", help="write the report from the last measurements")
    return parser.parse_args()


def _measure(arguments, results):
    shapes = [shape for shape in models.SHAPES if not arguments.models or shape.name in arguments.models]
    bench = sections.Bench(BENCH / "work", shapes, arguments.quick, arguments.newest)
    command = " ".join(["bench/run", *sys.argv[1:]])
    try:
        for name in arguments.only or (NEWEST if arguments.newest else sections.ALL):
            start = time.monotonic()
            print(f"{name}...", end=" ", flush=True)
            data = sections.ALL[name](bench)
            took = time.monotonic() - start
            print(f"{took:.0f} s", flush=True)
            entry = {"date": str(date.today()), "command": command, "took": took, "data": data}
            (results / f"{name}.json").write_text(json.dumps(entry, indent=1))
        (results / "machine.json").write_text(json.dumps(_machine(bench), indent=1))
    finally:
        bench.close()


def _machine(bench):
    """What was measured on; only what a reader needs to compare."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    kilobytes = next(line.split()[1] for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line)
    flags = next((line for line in lines if line.startswith("flags")), "").split()
    return {
        "processor": model,
        "vector": "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "",
        "cores": workers.THREADS,
        "gigabytes": round(int(kilobytes) / 2**20),
        "python": platform.python_version(),
        "ours": bench.ours.ask("describe"),
        "peers": bench.transformers.ask("describe"),
    } | ({} if bench.newest else {"llama.cpp": bench.llama_cpp.ask("describe")})


if __name__ == "__main__":
    main()
