"""Train linear networks of several layers on all shifts of an image."""

from pixelwalk.matrices import circulant, nearest, shifts
from studies.linear import converge

import numpy as np

#: Norm of the gradient, relative to that at the start, at which training has converged.
CONVERGED = 1e-6

# Steps, at most, from layers that are circulant at the start. They stay circulant in
# exact arithmetic; but near a saddle, where all layers lose a frequency whose sign the
# optimum reverses, rounding grows exponentially.
_FIRST = 30


def deepen(source, target, depths, steps, stream, train):
    """Train networks of several layers from random orthogonal weights.

    First with Adam, in single precision. Adam moves a weight by about its rate in a
    step, so with one of 3 / (n depth) the product's directions move by about 3 at most.
    A product of orthogonal weights starts orthogonal, at any depth; the target is
    scaled so that the optimum has the norm of an orthogonal matrix, too, which changes
    no relative number. Then to convergence, by `converge.converge`.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
        Images, as `shifts.scaled` gives them.
    depths : sequence of int
        Numbers of layers.
    steps : sequence of int
        Marks of the training with Adam.
    stream : numpy.random.Generator
    train : callable
        `network.train`, or another function of the same arguments.

    Returns
    -------
    dict of ndarray
        The datasets of `kinds.Training` from `depths` on. For `from_identity` there are
        up to 30 steps of plain gradient descent, in double precision, with the target
        scaled so that the optimum amplifies no frequency. The networks of `shuffled`
        start from the same weights, and converge with the shifts of the target in
        random order.
    """
    gains = np.abs(circulant.eigenvalues(shifts.optimum(source, target)))
    target = target / (np.sqrt(np.mean(gains**2)) or 1)
    softer = np.sqrt(np.mean(gains**2)) / (gains.max() or 1)
    inputs, targets = map(circulant.dense, (source, target))
    best = circulant.dense(shifts.optimum(source, target))
    mixed = shifts.least_squares(inputs, stream.permutation(targets, axis=1))
    seen = shifts.filtered(np.eye(source.size), shifts.seen(source))
    whole = np.sum(targets**2) / 2 or 1
    least = np.sum((best @ inputs - targets) ** 2) / 2

    curves, ends, stays = [], [], []
    for depth in depths:
        starts = [_orthogonal(source.size, stream) for _ in range(depth)]
        rate = 3 / (source.size * depth)
        course = train(starts, inputs, targets, steps, "adam", rate=rate)
        rows = []
        for loss, layers in course:
            excess = (loss - least) / whole
            rows.append((*_layers(layers, seen, source.shape), excess))
        curves.append(np.array(rows).T)
        found = _finish(layers, starts, best, seen, source.shape)
        control = _finish(starts, starts, mixed, seen, source.shape)
        ends.append((*found, control[1], control[3]))
        # With no gain above 1 the loss curves `depth` times as much as of one layer.
        same, first = [np.eye(source.size)] * depth, steps[steps <= _FIRST]
        wanted, rate = softer * targets, 0.5 / depth
        course = train(same, inputs, wanted, first, "descent", rate=rate)
        stays.append(max(_distances(ws, source.shape).max() for _, ws in course))
    names = ("product", "product_seen", "factors", "excess")
    measured = dict(zip(names, np.array(curves).swapaxes(0, 1), strict=True))
    names = ("product_end", "product_seen_end", "factors_end", "gradient_end")
    names += ("second_order_steps", "shuffled", "shuffled_gradient")
    measured |= dict(zip(names, np.transpose(ends), strict=True))
    return measured | {"depths": np.array(depths), "from_identity": np.array(stays)}


def _finish(weights, starts, best, seen, shape):
    """Train to convergence: distances as of `_layers`, gradient, and steps."""
    scale = converge.gradient_norm(starts, best, seen)
    layers, gradient, steps = converge.converge(weights, best, seen, CONVERGED * scale)
    return *_layers(layers, seen, shape), gradient / (scale or 1), steps


def _layers(weights, seen, shape):
    """Distances of the product, of it on the input's frequencies, and of a layer."""
    product = np.linalg.multi_dot([w.astype(float) for w in weights[::-1]])
    return (
        nearest.from_circulant(product, shape),
        nearest.from_circulant(product @ seen, shape),
        _distances(weights, shape).min(),
    )


def _distances(weights, shape):
    return np.array([nearest.from_circulant(layer, shape) for layer in weights])


def _orthogonal(size, stream):
    """Draw an orthogonal matrix, in single precision."""
    return np.linalg.qr(stream.standard_normal((size, size)))[0].astype(np.float32)
