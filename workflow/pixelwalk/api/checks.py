"""Checks of the arguments of functions for notebooks, with one-line ValueErrors.

Functions of the other rooms rely on the schema of the configuration. Here, arguments
that are settings are validated by that schema, others by the rules below.
"""

import functools
import inspect
import math
import numbers
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pixelwalk.compute import bits
from pixelwalk.config.settings import expectation


@dataclass(frozen=True)
class Rule:
    """Valid values of an argument.

    Parameters
    ----------
    expected : str
        Description, such as ``a whole number of at least 1``.
    fits : callable
        Whether a value is valid.
    """

    expected: str
    fits: object

    def __or__(self, other):
        """Return a rule that allows what either rule allows."""
        return Rule(
            f"{self.expected}, or {other.expected}",
            lambda value: self.fits(value) or other.fits(value),
        )


def checked(function, **rules):
    """Return a function that checks its arguments before it runs.

    Parameters
    ----------
    function : callable
    **rules : Rule
        Rules by argument.

    Returns
    -------
    callable
        Function with the same name, signature and docstring. For an invalid argument it
        raises a one-line ValueError: the argument, what was expected and what came.
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
    """Return a short description of a value, in one line."""
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype} and shape {value.shape}"
    shown = repr(value)
    plain = len(shown) <= 60 and shown.isprintable()
    return shown if plain else f"a {type(value).__name__}"


def _is_number(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def settings_of(section, *names, **others):
    """Return rules for arguments that are settings of the configuration.

    Parameters
    ----------
    section : {"ensemble", "images", "graph", "autoencoder", ""}
        As for `expectation`.
    *names : str
        Settings, and arguments of the same name.
    **others : str
        Settings, by arguments of another name.

    Returns
    -------
    dict of str to Rule
        By argument.
    """
    named = {name: name for name in names} | others
    return {key: Rule(*expectation(section, name)) for key, name in named.items()}


def whole(least):
    """Return a rule for whole numbers of at least a value."""

    def fits(value):
        integral = isinstance(value, numbers.Integral) and not isinstance(value, bool)
        return integral and value >= least

    return Rule(f"a whole number of at least {least}", fits)


def two(least):
    """Return a rule for two whole numbers of at least a value."""
    each = whole(least)

    def fits(values):
        pair = isinstance(values, (list, tuple, np.ndarray)) and len(values) == 2
        return pair and all(map(each.fits, values))

    return Rule(f"two whole numbers of at least {least}", fits)


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


#: The default of an optional argument.
NONE = Rule("None", lambda value: value is None)
#: Text; the function itself checks which.
TEXT = Rule("text", lambda value: isinstance(value, str))
#: A finite number.
NUMBER = Rule(
    "a finite number", lambda value: _is_number(value) and -math.inf < value < math.inf
)
#: A number above 0.
POSITIVE = Rule(
    "a number above 0", lambda value: _is_number(value) and 0 < value < math.inf
)
#: A seed, as in the configuration.
SEED = settings_of("", "seed")["seed"]
#: Pair weights or edge weights.
MATRIX = Rule("a matrix of real numbers", _is_matrix)
#: Images along the first axis.
PIXELS = Rule("an array of whole numbers of shape (images, ...)", _are_pixels)
