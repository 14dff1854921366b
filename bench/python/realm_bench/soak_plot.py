"""Draws what a process held, round after round."""

import csv

from realm_bench.plots import pyplot

_PANELS = [("resident MB", "heap MB"), ("threads",), ("open files", "temporary files")]


def draw(table, picture):
    """A panel for memory, for threads and for files, over the time."""
    with table.open() as content:
        rows = list(csv.DictReader(content))
    minutes = [float(row["minutes"]) for row in rows]
    figure, panels = pyplot.subplots(1, len(_PANELS), figsize=(10, 2.8))
    for panel, names in zip(panels, _PANELS):
        for name in names:
            panel.plot(minutes, [float(row[name]) for row in rows], label=name)
        panel.set_ylim(bottom=0)
        panel.set_xlabel("minutes")
        panel.legend(frameon=False, fontsize=8)
    figure.tight_layout()
    figure.savefig(picture, metadata={"Date": None})
    pyplot.close(figure)
