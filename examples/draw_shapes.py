"""Write 300 PNG files into a folder: circles, crosses and stripes.

    python examples/draw_shapes.py shapes

Each kind has its own sub-folder, whose name is its label.
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SIDE = 20  # pixels


def circle(draw, x, y, size):
    """Draw a ring."""
    draw.ellipse([x - size, y - size, x + size, y + size], outline=255, width=2)


def cross(draw, x, y, size):
    """Draw two strokes."""
    draw.line([x - size, y - size, x + size, y + size], fill=255, width=2)
    draw.line([x - size, y + size, x + size, y - size], fill=255, width=2)


def stripes(draw, x, y, size):
    """Draw three upright lines."""
    for offset in (-size, 0, size):
        draw.line([x + offset, y - 7, x + offset, y + 7], fill=255, width=2)


def main(folder):
    """Draw 100 pictures of each kind, of random position and size."""
    random = np.random.default_rng(1)
    for kind in (circle, cross, stripes):
        subfolder = Path(folder) / kind.__name__
        subfolder.mkdir(parents=True, exist_ok=True)
        for number in range(100):
            picture = Image.new("L", (SIDE, SIDE))
            x, y = random.normal(SIDE / 2, 1, 2)
            kind(ImageDraw.Draw(picture), x, y, random.uniform(4, 7))
            picture.save(subfolder / f"{number:03}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
