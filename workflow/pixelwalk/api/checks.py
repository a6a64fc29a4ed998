"""Checks of what notebooks call functions with; each raises a one-line ValueError.

The functions of the rooms trust the schema of the configuration, which a notebook has
not passed.
"""

import functools
import inspect
import math
import numbers
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pixelwalk.compute import bits


@dataclass(frozen=True)
class Rule:
    """What an argument may be.

    Parameters
    ----------
    expected : str
        In words, such as ``a whole number of at least 1``.
    fits : callable
        Whether a value is one of these.
    """

    expected: str
    fits: object

    def __or__(self, other):
        """Allow what either rule allows."""
        return Rule(
            f"{self.expected}, or {other.expected}",
            lambda value: self.fits(value) or other.fits(value),
        )


def checked(function, **rules):
    """Give a function that checks its arguments first.

    Parameters
    ----------
    function : callable
    **rules : Rule
        By the names of the arguments.

    Returns
    -------
    callable
        With the same name, signature and docstring. Where an argument does not fit, it
        raises a ValueError of one line: the argument, what was expected, what came.
    """
    signature = inspect.signature(function)

    @functools.wraps(function)
    def check_and_call(*arguments, **named):
        given = signature.bind(*arguments, **named).arguments
        for name, rule in rules.items():
            if name in given and not rule.fits(given[name]):
                raise ValueError(
                    f"{name} must be {rule.expected}, got {_shown(given[name])}"
                )
        return function(*arguments, **named)

    return check_and_call


def _shown(value):
    """Show a value in a line."""
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype} and shape {value.shape}"
    shown = repr(value)
    plain = len(shown) <= 60 and shown.isprintable()
    return shown if plain else f"a {type(value).__name__}"


def _is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def exactly(*words):
    """Allow some texts, or truth values, and nothing else."""
    expected = " or ".join(map(repr, words))
    if len(words) > 1:
        expected = f"one of {words}"
    kinds = tuple(map(type, words))
    return Rule(expected, lambda value: isinstance(value, kinds) and value in words)


def whole(least, most=math.inf, what="a whole number"):
    """Allow whole numbers in a range."""
    expected = f"{what} of at least {least}"
    if most < math.inf:
        expected = f"{what} of {least} to {most}"

    def fits(value):
        named = isinstance(value, numbers.Integral) and not isinstance(value, bool)
        return named and least <= value <= most

    return Rule(expected, fits)


def two(least, most=math.inf, what="two whole numbers", *, rising=False):
    """Allow pairs of whole numbers in a range."""
    each = whole(least, most, what)

    def fits(values):
        pair = isinstance(values, (list, tuple, np.ndarray)) and len(values) == 2
        return (
            pair
            and all(map(each.fits, values))
            and (not rising or values[0] < values[1])
        )

    return Rule(each.expected, fits)


def _is_matrix(value):
    if sparse.issparse(value):
        return value.dtype.kind in "biuf"
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return False
    return array.ndim == 2 and array.dtype.kind in "biuf"


def _are_pixels(value):
    if isinstance(value, bits.Packed):
        return True
    array = isinstance(value, np.ndarray) and value.dtype.kind in "biu"
    return array and value.ndim >= 2


#: True or False.
SWITCH = exactly(False, True)
#: The argument may be left out.
NONE = Rule("None", lambda value: value is None)
#: A word; which ones there are, the function says.
TEXT = Rule("text", lambda value: isinstance(value, str))
#: Any number that is not infinite.
NUMBER = Rule(
    "a finite number", lambda value: _is_number(value) and -math.inf < value < math.inf
)
#: A number above 0.
POSITIVE = Rule(
    "a number above 0", lambda value: _is_number(value) and 0 < value < math.inf
)
#: A seed, as of the configuration.
SEED = whole(0, 2**32 - 1)
#: The weights of pairs.
MATRIX = Rule("a matrix of real numbers", _is_matrix)
#: Images, the first axis counting them.
PIXELS = Rule("an array of whole numbers of shape (images, ...)", _are_pixels)
