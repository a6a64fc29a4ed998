"""Draw 300 pictures into a folder: circles, crosses and stripes, as PNG files.

    python examples/draw_shapes.py shapes

Each kind has a sub-folder, and so a label, of its own.
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
    """Draw 100 of each kind, at places and in sizes that vary a little."""
    random = np.random.default_rng(1)
    for kind in (circle, cross, stripes):
        place = Path(folder) / kind.__name__
        place.mkdir(parents=True, exist_ok=True)
        for number in range(100):
            picture = Image.new("L", (SIDE, SIDE))
            x, y = random.normal(SIDE / 2, 1, 2)
            kind(ImageDraw.Draw(picture), x, y, random.uniform(4, 7))
            picture.save(place / f"{number:03}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
