"""The five figures, drawn plainly."""

import matplotlib.pyplot as plt
import numpy as np

from benchmarks.naive import basics


def draw(output, config, networks, graphs, pictures):
    """Draw figures 1 to 5, each as SVG and PNG."""
    paper = config["paper"]
    first = paper["autoencoders"]["half"][0]
    test, back, fields, ensemble = networks[first]
    shape = ensemble["rows"], ensemble["columns"]
    rows = [test[:6], back[:6], np.abs(test[:6] - back[:6])]
    panels = [picture.reshape(shape) for row in rows for picture in row]
    _save(output, 1, panels, 6)
    _save(output, 2, [field.reshape(shape) for field in fields], 8)
    edges, _ = basics.lattice(*shape, ensemble["boundary"])
    named = (*paper["lattices"].values(), paper["digit"])
    _save(output, 3, [edges, *(graphs[name][0] for name in named)], 2)
    digit = config["graphs"][paper["digit"]]
    pixels = pictures[digit["images"]][0]
    square = (int(np.sqrt(pixels.shape[1])),) * 2
    walks = [walk.reshape(square) for walk in graphs[paper["digit"]][2].values()]
    mean = pixels.mean(axis=0).reshape(square)
    _save(output, 4, [pixels[0].reshape(square), walks[0], mean, walks[0] - mean], 2)
    _save(output, 5, walks, 3)


def _save(output, number, panels, columns):
    rows = -(-len(panels) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(3 * columns, 3 * rows), squeeze=False
    )
    for panel, values in zip(axes.flat, panels, strict=False):
        figure.colorbar(panel.imshow(values), ax=panel)
    for suffix in ("svg", "png"):
        figure.savefig(output / f"figure{number}.{suffix}", dpi=150)
    plt.close(figure)
