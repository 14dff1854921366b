"""Pictures of what was measured."""

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update(
    {
        "svg.hashsalt": "realm4knime",  # the same figures give the same file
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.alpha": 0.3,
    }
)
from matplotlib import pyplot  # noqa: E402

from realm_bench import spread  # noqa: E402

STYLES = {"ours": ("#1f5fa8", "o"), "transformers": ("#c8641e", "s"), "llama.cpp": ("#3f8f4f", "^")}


def draw(found, folder):
    """Draws what the sections in found allow."""
    folder.mkdir(parents=True, exist_ok=True)
    if "cost" in found:
        rows = found["cost"]["data"]
        _cost(rows, "length", lambda row: row["batch"] == (1 if row["shape"] == "135M" else 8), folder / "cost-length.svg")
        _cost(rows, "batch", lambda row: row["length"] == 64 and row["shape"] != "135M", folder / "cost-batch.svg")
    if "training" in found:
        _size(found["training"]["data"], folder / "cost-size.svg")
    if "generation" in found:
        _generation(found["generation"]["data"], folder / "generation-batch.svg")
    if "memory" in found:
        _memory(found["memory"]["data"], folder / "memory.svg")


def _cost(rows, by, wanted, file):
    """Training tokens a second by length or batch, a panel a model."""
    rows = [row for row in rows if wanted(row)]
    shapes = list(dict.fromkeys(row["shape"] for row in rows))
    figure, panels = pyplot.subplots(1, len(shapes), figsize=(3.4 * len(shapes), 2.8), squeeze=False)
    for panel, shape in zip(panels[0], shapes):
        chosen = sorted((row for row in rows if row["shape"] == shape), key=lambda row: row[by])
        for name in ("ours", "transformers"):
            speeds = [row["batch"] * row["length"] / row[name] for row in chosen]
            _line(panel, [row[by] for row in chosen], speeds, name)
        fixed = f"batch {chosen[0]['batch']}" if by == "length" else f"length {chosen[0]['length']}"
        panel.set_title(f"{shape}, {fixed}", fontsize=10)
        panel.set_xlabel("tokens a text" if by == "length" else "texts a batch")
    panels[0][0].set_ylabel("training tokens/s")
    _save(figure, panels[0][0], file)


def _size(rows, file):
    """Time for a trained token by the size of the model."""
    figure, panel = pyplot.subplots(figsize=(4, 2.8))
    for name in ("ours", "transformers"):
        times = [1e3 * spread.rounds_summary(row[name])["median"] / row["tokens"] for row in rows]
        _line(panel, [round(row["flops"] / 6e6) for row in rows], times, name)
    panel.set_xscale("log")
    panel.set_yscale("log")
    panel.autoscale(axis="y")
    panel.set_xticks([round(row["flops"] / 6e6) for row in rows], [row["shape"] for row in rows])
    panel.minorticks_off()
    panel.set_xlabel("model")
    panel.set_ylabel("ms for a trained token")
    _save(figure, panel, file)


def _generation(rows, file):
    shapes = list(dict.fromkeys(row["shape"] for row in rows))
    figure, panels = pyplot.subplots(1, len(shapes), figsize=(3.4 * len(shapes), 2.8), squeeze=False)
    for panel, shape in zip(panels[0], shapes):
        chosen = [row for row in rows if row["shape"] == shape]
        for name in STYLES:
            if name in chosen[0]:
                speeds = [row["tokens"] / spread.rounds_summary(row[name])["median"] for row in chosen]
                _line(panel, [row["batch"] for row in chosen], speeds, name)
        panel.set_title(shape, fontsize=10)
        panel.set_xlabel("texts a batch")
    panels[0][0].set_ylabel("generated tokens/s")
    _save(figure, panels[0][-1], file)


def _memory(data, file):
    figure, panel = pyplot.subplots(figsize=(5, 2.8))
    for name, color in (("training", "#1f5fa8"), ("generation", "#c8641e")):
        samples = data[name]
        panel.plot([s["step"] for s in samples], [s["megabytes"] for s in samples], color=color, label=name)
    panel.set_ylim(bottom=0)
    panel.set_xlabel("training steps, or generations, of varying lengths")
    panel.set_ylabel("resident memory, MB")
    _save(figure, panel, file)


def _line(panel, x, y, name):
    color, marker = STYLES[name]
    panel.plot(x, y, color=color, marker=marker, markersize=4, label=name)
    panel.set_xscale("log", base=2)
    panel.set_xticks(x, [f"{value:g}" for value in x])
    panel.minorticks_off()
    panel.set_ylim(bottom=0)


def _save(figure, panel, file):
    panel.legend(frameon=False, fontsize=9)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
