"""Train deep linear networks to convergence, by a second-order method.

The loss here is half the squared distance of the product of all layers from the best
map, on the frequencies that the input has. It is the least-squares loss for an input
whose Fourier coefficients all have the size 1, and has the same optima: the size of the
coefficients, which slows down gradient descent, is all that is taken away.
"""

import numpy as np

_MOST = 200  # steps


def converge(weights, best, seen, tolerance):
    """Minimise the loss of a network over all its layers at once.

    Each step divides the gradient of each layer by the curvature of the loss in that
    layer (Gauss-Newton, one block a layer), damped in proportion to the relative
    distance from the best map. It is as long as makes the loss least along its
    direction, where the loss is a polynomial.

    Parameters
    ----------
    weights : sequence of ndarray of float, shape (n, n)
        Of the layers, from the input on.
    best : ndarray of float, shape (n, n)
        The best map.
    seen : ndarray of float, shape (n, n)
        Projection onto the images of the frequencies that the input has.
    tolerance : float
        Norm of the gradient over all layers, at which it ends.

    Returns
    -------
    weights : list of ndarray of float64, shape (n, n)
    gradient : float
        Its norm at the end: above `tolerance` after 200 steps without convergence.
    steps : int
    """
    weights = [np.asarray(layer, float) for layer in weights]
    wanted = best @ seen
    size = np.linalg.norm(wanted) or 1
    for step in range(_MOST + 1):
        before, after = around(weights, seen)
        error = weights[-1] @ before[-1] - wanted
        slopes = _slopes(error, before, after)
        gradient = float(np.linalg.norm(slopes))
        if gradient <= tolerance or step == _MOST:
            break
        damping = min(np.linalg.norm(error) / size, 1.0)
        moves = [
            -_damped(a.T @ a, damping, _damped(b @ b.T, damping, slope.T).T)
            for slope, b, a in zip(slopes, before, after, strict=True)
        ]
        length = step_length(weights, moves, seen, wanted)
        weights = [w + length * move for w, move in zip(weights, moves, strict=True)]
    return weights, gradient, step


def gradient_norm(weights, best, seen):
    """Return the norm of the gradient of the loss over all layers; see `converge`."""
    before, after = around(weights, seen)
    error = weights[-1] @ before[-1] - best @ seen
    return float(np.linalg.norm(_slopes(error, before, after)))


def around(weights, seen):
    """Multiply, for each layer, what comes before it and what comes after it.

    Returns
    -------
    before, after : list of ndarray, shape (n, n)
        The product is ``after[k] @ weights[k] @ before[k]``, for every layer k.
    """
    before, after = [seen], [np.eye(len(seen))]
    for layer in weights[:-1]:
        before.append(layer @ before[-1])
    for layer in weights[:0:-1]:
        after.insert(0, after[0] @ layer)
    return before, after


def step_length(weights, moves, seen, wanted):
    """Return the positive length of a step along which the loss is least."""
    terms = [seen]  # of the product, by powers of the length
    for layer, move in zip(weights, moves, strict=True):
        fixed = [layer @ term for term in terms] + [0]
        moved = [0] + [move @ term for term in terms]
        terms = [one + other for one, other in zip(fixed, moved, strict=True)]
    terms[0] = terms[0] - wanted
    loss = np.polynomial.Polynomial([0.0])
    for power, term in enumerate(terms):
        for other, second in enumerate(terms):
            basis = np.zeros(power + other + 1)
            basis[-1] = np.sum(term * second)
            loss += np.polynomial.Polynomial(basis)
    roots = loss.deriv().roots()
    lengths = roots.real[(np.abs(roots.imag) < 1e-6) & (roots.real > 0)]
    return float(min(lengths, key=loss, default=0.0))


def _slopes(error, before, after):
    return [a.T @ error @ b.T for b, a in zip(before, after, strict=True)]


def _damped(curvature, damping, values):
    """Solve with a curvature to which a share of its mean eigenvalue is added."""
    mean = np.trace(curvature) / len(curvature)
    floor = (damping + 1e-12) * (mean or 1)
    return np.linalg.solve(curvature + floor * np.eye(len(curvature)), values)
