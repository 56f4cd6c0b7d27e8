"""Charts of the report, as small SVG files whose text is text."""

import matplotlib

matplotlib.use("svg")

from statistics import median  # noqa: E402

import matplotlib.pyplot as plt  # noqa: E402

from queries import CLASSES  # noqa: E402

COLOURS = ("#0b6e4f", "#6fb98f", "#33658a", "#d1802e", "#8d4e85", "#777777", "#b0b0b0")
RESOURCES = (
    ("most", "", "answers a second", 1),
    ("index B/s", "cold", "indexing, MB/s", 1e-6),
    ("anon bytes", "", "own memory, MB", 1e-6),
    ("disk bytes", "", "disk, MB", 1e-6),
)


def draw(folder, content, engines, figures):
    """Draws the charts of a content, and gives their titles and file names."""
    plt.rcParams.update({"svg.fonttype": "none", "font.size": 9, "svg.hashsalt": content.name, "axes.spines.top": False})
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    for title, name, draw_one in (("Latencies", "latency", latencies), ("Throughput and size", "size", resources)):
        figure = draw_one(engines, figures)
        file = f"{content.name}-{name}.svg"
        figure.savefig(folder / file, metadata={"Date": None})
        plt.close(figure)
        drawn.append((f"{title} over {content.name}", file))
    return drawn


def value(figures, engine, measure, of, scale=1):
    values = figures.values.get((engine.name, measure, of))
    return median(values) * scale if values else 0


def latencies(engines, figures):
    """A bar for the median of each class and engine, with a line up to p99."""
    figure, axes = plt.subplots(figsize=(8, 3.4), layout="constrained")
    width = 0.8 / len(engines)
    for number, engine in enumerate(engines):
        places = [at + number * width for at in range(len(CLASSES))]
        middles = [value(figures, engine, "p50", of, 1000) for of in CLASSES]
        worst = [value(figures, engine, "p99", of, 1000) for of in CLASSES]
        above = [max(0, high - middle) for high, middle in zip(worst, middles, strict=True)]
        axes.bar(
            places, middles, width, label=engine.title, color=COLOURS[number], yerr=[[0] * len(above), above], ecolor="#999999"
        )
    axes.set_yscale("log")
    axes.set_ylabel("ms, p50 with a line to p99")
    axes.set_xticks([at + 0.4 - width / 2 for at in range(len(CLASSES))], CLASSES)
    figure.legend(ncols=min(6, len(engines)), frameon=False, fontsize=8, loc="outside upper center")
    return figure


def resources(engines, figures):
    """What each engine answers, indexes and takes."""
    figure, all_axes = plt.subplots(1, len(RESOURCES), figsize=(8, 2.4), layout="constrained")
    for axes, (measure, of, title, scale) in zip(all_axes, RESOURCES, strict=True):
        values = [value(figures, engine, measure, of, scale) for engine in engines]
        axes.barh([engine.title for engine in engines], values, color=COLOURS[: len(engines)])
        axes.invert_yaxis()
        axes.set_title(title, fontsize=9)
        if axes is not all_axes[0]:
            axes.set_yticklabels([])
    return figure
