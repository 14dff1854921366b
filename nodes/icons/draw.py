"""Draws the icons of nodes and categories: 16 x 16 PNG, from shapes drawn eight times as large.

Run from this folder: python3 draw.py (needs Pillow).
"""

from pathlib import Path

from PIL import Image, ImageDraw

SCALE = 8
PURPLE = "#6b3fa0"
LIGHT = "#c9b6e4"
GREEN = "#2e9e5b"
RED = "#d1495b"
ORANGE = "#e08e1b"
GREY = "#5f6673"
WHITE = "#ffffff"


class Icon:
    """A drawing on a 16 x 16 grid."""

    def __init__(self):
        self.image = Image.new("RGBA", (16 * SCALE, 16 * SCALE), (0, 0, 0, 0))
        self.draw = ImageDraw.Draw(self.image)

    def _scaled(self, points):
        return [(x * SCALE, y * SCALE) for x, y in points]

    def line(self, *points, color=GREY, width=1.4):
        self.draw.line(self._scaled(points), fill=color, width=round(width * SCALE), joint="curve")
        for x, y in points:
            self.dot(x, y, width / 2, color)
        return self

    def dot(self, x, y, radius, color):
        self.draw.ellipse(self._scaled([(x - radius, y - radius), (x + radius, y + radius)]), fill=color)
        return self

    def shape(self, *points, color):
        self.draw.polygon(self._scaled(points), fill=color)
        return self

    def box(self, left, top, right, bottom, color, radius=0.8):
        self.draw.rounded_rectangle(
            self._scaled([(left, top), (right, bottom)]), radius=radius * SCALE, fill=color)
        return self

    def arc(self, x, y, radius, start, end, color, width=1.4):
        self.draw.arc(
            self._scaled([(x - radius, y - radius), (x + radius, y + radius)]),
            start, end, fill=color, width=round(width * SCALE))
        return self

    def model(self, x=8, y=8, radius=6.5):
        """A hexagon: a language model."""
        h = radius * 0.866
        return self.shape(
            (x - radius / 2, y - h), (x + radius / 2, y - h), (x + radius, y),
            (x + radius / 2, y + h), (x - radius / 2, y + h), (x - radius, y), color=PURPLE)

    def arrow(self, x, y, direction, color=ORANGE):
        """A fat arrow to the right (1) or to the left (-1), its tip at (x, y)."""
        back = x - 3.2 * direction
        self.line((x - 6 * direction, y), (back, y), color=color, width=2)
        return self.shape((x, y), (back, y - 2.8), (back, y + 2.8), color=color)

    def check(self, x, y, color=GREEN, size=1.0):
        return self.line(
            (x - 1.6 * size, y), (x - 0.4 * size, y + 1.4 * size), (x + 1.9 * size, y - 1.6 * size),
            color=color, width=1.5)

    def cross(self, x, y, color=RED):
        return self.line((x - 1.4, y - 1.4), (x + 1.4, y + 1.4), color=color, width=1.5).line(
            (x - 1.4, y + 1.4), (x + 1.4, y - 1.4), color=color, width=1.5)

    def save(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.image.resize((16, 16), Image.LANCZOS).save(path, optimize=True)


def reader():
    icon = Icon().box(5, 1.5, 15, 14.5, LIGHT)
    for y in (4.5, 7.5, 11.5):
        icon.line((7.5, y), (13, y), color=PURPLE)
    return icon.arrow(8, 9.5, 1)


def samples():
    """A die: rows that are drawn, not read."""
    icon = Icon().box(2, 2, 14, 14, LIGHT)
    for x, y in ((5, 5), (11, 5), (8, 8), (5, 11), (11, 11)):
        icon.dot(x, y, 1.3, PURPLE)
    return icon


def model_reader():
    return Icon().model(9.5).arrow(8, 8, 1)


def connector():
    """A model with the lines of a server, and a plug that leads to it."""
    icon = Icon().model(10, 8, 5.6)
    icon.line((0.9, 8), (3.6, 8), color=ORANGE, width=1.8).line((3.6, 5.4), (3.6, 10.6), color=ORANGE, width=1.8)
    return icon.line((8, 6.6), (12, 6.6), color=WHITE, width=1).line((8, 9.4), (12, 9.4), color=WHITE, width=1)


def model_writer():
    return Icon().model(6.5).arrow(15.5, 8, 1)


def reasoner():
    icon = Icon().model()
    for x in (5, 8, 11):
        icon.dot(x, 8, 1.1, WHITE)
    return icon


def routes(icon, colors):
    for y, color in zip((3, 8, 13), colors):
        icon.line((3, 8), (7, y), (12.8, y), color=color).dot(13, y, 1.5, color)
    return icon.dot(3, 8, 2.2, PURPLE)


def rollout():
    return routes(Icon(), (ORANGE, GREY, ORANGE))


def verifier():
    icon = Icon()
    for y in (4, 12):
        icon.line((2.5, 8), (5, y), (8.5, y))
    return icon.dot(2.5, 8, 1.9, PURPLE).check(12.2, 4, size=1.3).cross(12.2, 12)


def schedule():
    icon = Icon().line((2, 1.5), (2, 14), (15, 14))
    curve = [(2 + t, 14 - 11 * 2.718 ** (-t / 3.2)) for t in [i / 4 for i in range(49)]]
    return icon.line(*curve, color=PURPLE, width=1.8)


def supervised():
    icon = Icon().model(6, 9.5, 5.4)
    return icon.box(7, 1, 15.5, 8.5, LIGHT).line((9, 3.4), (13.5, 3.4), color=PURPLE).line(
        (9, 6), (11.8, 6), color=PURPLE)


def realm_trainer():
    icon = Icon().model(8, 8, 4)
    icon.arc(8, 8, 7.2, 200, 350, ORANGE, 1.7).arc(8, 8, 7.2, 20, 170, ORANGE, 1.7)
    return icon.shape((15.9, 8.8), (12.6, 7), (15.9, 4.8), color=ORANGE).shape(
        (0.1, 7.2), (3.4, 9), (0.1, 11.2), color=ORANGE)


def distiller():
    icon = Icon().shape((1.5, 1.5), (14.5, 1.5), (9.4, 7.5), (9.4, 10), (6.6, 10), (6.6, 7.5), color=LIGHT)
    icon.line((4.6, 3.6), (11.4, 3.6), color=PURPLE)
    return icon.dot(8, 13.4, 1.9, PURPLE).shape((8, 10.4), (6.5, 12.6), (9.5, 12.6), color=PURPLE)


def benchmark():
    icon = Icon()
    for x, top, color in ((2.8, 9, LIGHT), (8, 6, ORANGE), (13.2, 3.5, PURPLE)):
        icon.box(x - 1.9, top, x + 1.9, 15, color, 0.3)
        icon.line((x, top - 2), (x, top + 2), width=1).line((x - 1, top - 2), (x + 1, top - 2), width=0.9)
    return icon


def realm():
    icon = Icon().model(8, 8, 7.6).line((4.2, 8), (6.5, 8), color=WHITE, width=1.6)
    for y in (5, 11):
        icon.line((6.5, 8), (8.5, y), (11.3, y), color=WHITE, width=1.6)
    return icon


def data():
    icon = Icon().box(2, 1.5, 14, 14.5, LIGHT)
    for y in (4.5, 8, 11.5):
        icon.line((4.5, y), (11.5, y), color=PURPLE)
    return icon


def models():
    return Icon().model()


NODES = Path(__file__).parent.parent / "src/main/resources/org/realm4knime/nodes"

ICONS = {
    NODES / "dataset/reader.png": reader,
    NODES / "samples/samples.png": samples,
    NODES / "modelreader/model_reader.png": model_reader,
    NODES / "connector/connector.png": connector,
    NODES / "modelwriter/model_writer.png": model_writer,
    NODES / "reasoner/reasoner.png": reasoner,
    NODES / "rollout/rollout.png": rollout,
    NODES / "verifier/verifier.png": verifier,
    NODES / "schedule/schedule.png": schedule,
    NODES / "supervised/supervised.png": supervised,
    NODES / "realmtrainer/realm_trainer.png": realm_trainer,
    NODES / "distiller/distiller.png": distiller,
    NODES / "benchmark/benchmark.png": benchmark,
    Path("realm.png"): realm,
    Path("data.png"): data,
    Path("models.png"): models,
    Path("routes.png"): rollout,
    Path("training.png"): realm_trainer,
    Path("evaluation.png"): benchmark,
}

for path, draw in ICONS.items():
    draw().save(path)
