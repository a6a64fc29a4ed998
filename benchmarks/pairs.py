"""Pair weights: how often each two pixels are on together, over many images."""

import json
import subprocess
import sys
from functools import partial

import numpy as np

from benchmarks import contest, document, limits, ours
from benchmarks.peers import weights
from pixelwalk.compute import bits
from pixelwalk.ising import sampling

#: What is measured and drawn.
TITLE = "Pair weights of binary images"

# Peers, with the most work (pairs of pixels times images) that each is given.
_PEERS = (
    ("numpy float32 (BLAS)", "numpy", weights.blas, np.inf),
    ("scikit-learn", "scikit-learn", weights.scikit_learn, np.inf),
    ("netrd", "netrd", weights.netrd, 1.5e11),
    ("double loop (Python)", "pixelwalk", weights.double_loop, 2e7),
)

# Share of the entries that stay where a matrix would be too large.
_CUT = "top-0.001"


def measure(conditions):
    """Compare kernels on 4,096 pixels in 32,768 images, and over both numbers.

    Parameters
    ----------
    conditions : contest.Conditions
        Of the benchmark.

    Returns
    -------
    headlines, sweeps : list of dict
        As `document` makes them.
    """
    side, count, large = 64, 32_768, (128, 20_000)
    counts, sides, widest = (10**3, 10**4, 10**5, 10**6), (28, 64, 128), 256
    of_side, few = 28, 1024
    if conditions.quick:
        side, count, large = 8, 512, (16, 1000)
        counts, sides, widest, of_side, few = (100, 200), (4, 8), 16, 4, 64
    words = limits.pair_words_per_second(conditions.threads)
    images = random_images(side, count)
    headlines = [
        _headline("images packed to bits", images, words, conditions),
        _headline("spins of one byte each", sampling.spins(images), words, conditions),
        _large(*large, words, conditions),
    ]
    by_count = [(n, random_images(of_side, n)) for n in counts]
    by_pixels = [(s**2, random_images(s, few)) for s in (*sides, widest)]
    return headlines, [
        _sweep(f"images, of {of_side**2} pixels", by_count, None, words, conditions),
        _sweep(f"pixels, in {few} images", by_pixels, sides[-1], words, conditions),
    ]


def random_images(side, count):
    """Packed square images whose pixels are on with a chance of one half."""
    shape = (side, side, -(-count // 64))
    drawn = np.random.default_rng(1).integers(2**64, size=shape, dtype=np.uint64)
    return bits.Packed(drawn, 64 * shape[-1]).part(0, count)


def _headline(form, images, words, conditions):
    pixels, work = _size(images)
    measured = _contest(images, conditions, 0.5)
    return document.headline(
        f"weights of all pairs (coactivation), from {form}",
        {"pixels": pixels, "images": len(images)},
        "pairs of pixels times images",
        work,
        measured,
        conditions.threads,
        _limit(pixels, words, measured[0].rate, conditions.threads),
    )


def _large(side, count, words, conditions):
    """Time, in a process of its own, a graph whose matrix would not fit in 1 GB."""
    command = [sys.executable, "-m", "benchmarks.large", str(side), str(count), _CUT]
    command.append(str(conditions.threads))
    work = side**4 * count

    def run():
        return subprocess.run(
            command, check=True, capture_output=True, text=True
        ).stdout

    contestant = contest.Contestant(
        ours.NAME, ours.PACKAGE, run, work, check=json.loads
    )
    measured = contest.alternate([contestant], conditions)
    return document.headline(
        f"the heaviest pairs ({_CUT}) as a sparse graph, in a process of its own, its "
        "start and the drawing of the images counted",
        {"pixels": side**2, "images": count},
        "pairs of pixels times images",
        work,
        measured,
        conditions.threads,
        _limit(side**2, words, measured[0].rate, conditions.threads),
    )


def _limit(pixels, words, rate, threads):
    """Limit of the units that count bits; each pair is counted once."""
    share = 2 * pixels / (pixels + 1)
    cycles = limits.cycles_per_second() * threads
    return document.limit_of(
        "the units that AND, count and sum words of 64 images, fed from registers, "
        "each pair counted once",
        words * 64 * share,
        "pairs of pixels times images per second",
        rate,
        words_per_second=words,
        words_per_cycle_at_best=words / cycles,
        words_per_cycle_reached=rate / 64 / share / cycles,
    )


def _sweep(over, table, largest, words, conditions):
    """Sweep over images; beyond the largest side only what needs no matrix is run."""
    rows, bounds = [], []
    for size, images in table:
        dense = largest is None or images.shape[1] <= largest
        measured = _contest(images, conditions, 0.1, dense, tiles=largest is not None)
        pixels, work = _size(images)
        rows.append((size, measured, work))
        bounds.append(work / (words * 64 * 2 * pixels / (pixels + 1)))
    limit = {
        "what": "counting bits alone",
        "sizes": [size for size, _, _ in rows],
        "cost": bounds,
    }
    return document.sweep(over, "the weights of all pairs", rows, limit)


def _contest(images, conditions, least, dense=True, tiles=False):
    """Measure all on the same images, packed or spins."""
    threads = conditions.threads
    pixels, work = _size(images)
    contestants = []
    if dense:
        run = partial(ours.coactivation, images, threads)
        contestants.append(contest.Contestant(ours.NAME, ours.PACKAGE, run, work))
        for name, package, function, most in _PEERS:
            part = _part(
                images, int(most // pixels**2) if most < np.inf else len(images)
            )
            if len(part) > 0 and conditions.has(package):
                contestants.append(_peer(name, package, function, part, len(images)))
    if tiles:
        run = partial(ours.heaviest_pairs, images, _CUT, threads)
        name = f"{ours.NAME}, strips, {_CUT} kept"
        contestants.append(contest.Contestant(name, ours.PACKAGE, run, work))
    return contest.alternate(contestants, conditions, least=conditions.seconds(least))


def _peer(name, package, function, part, count):
    note = "" if len(part) == count else f"on {len(part)} of {count} images, and scaled"
    _, work = _size(part)
    return contest.Contestant(name, package, partial(function, part), work, note)


def _size(images):
    """Pixels of an image, and the work: their pairs, times images."""
    pixels = int(np.prod(images.shape[1:]))
    return pixels, pixels**2 * len(images)


def _part(images, most):
    """Take the first images, packed or not."""
    if len(images) <= most:
        return images
    return images.part(0, most) if isinstance(images, bits.Packed) else images[:most]
