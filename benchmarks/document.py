"""What is written of a benchmark: results/benchmarks/<name>.json."""

import json
import math

import numpy as np
from scipy import stats

from benchmarks import surroundings
from pixelwalk import storage


def entry(measured, work, threads):
    """Describe how one contestant did.

    Parameters
    ----------
    measured : contest.Measured
        With the seconds of its runs.
    work : float
        The work that all are compared by.
    threads : int
        Threads that it could use.

    Returns
    -------
    dict
        `version`, `threads`, `runs`, `work` and `seconds` of a run, `work_per_second`,
        `seconds_for_the_work` (scaled, where a run did more or less of it), and, where
        there is something to say, `note` and `reached`.
    """
    contestant = measured.contestant
    made = {
        "package": contestant.package,
        "version": surroundings.version(contestant.package),
        "threads": threads,
        "runs": len(measured.seconds),
        "work": measured.work,
        "seconds": measured.spread(),
        "work_per_second": measured.rate,
        "seconds_for_the_work": work / measured.rate,
    }
    optional = {"note": contestant.note, "reached": measured.reached}
    return made | {key: value for key, value in optional.items() if value}


def headline(what, sizes, unit, work, measured, threads, limit=None):
    """Compare the first contestant, ours, with its peers.

    Parameters
    ----------
    what : str
        The work, in words.
    sizes : dict
        What it was done on.
    unit : str
        Of the work.
    work : float
        How much of it is compared.
    measured : sequence of contest.Measured
        Ours first.
    threads : int
        Threads that each could use.
    limit : dict, optional
        As `limit_of` gives it.

    Returns
    -------
    dict
        `work`, `ours`, `peers`, `ratio` (best peer's seconds over ours; None without
        peers), `ratios` to each, and `limit`.
    """
    ours, *peers = measured
    ratios = {peer.contestant.name: ours.rate / peer.rate for peer in peers}
    return {
        "work": {"what": what, "sizes": sizes, "amount": work, "unit": unit},
        "ours": {"name": ours.contestant.name} | entry(ours, work, threads),
        "peers": {p.contestant.name: entry(p, work, threads) for p in peers},
        "ratio": min(ratios.values(), default=None),
        "ratios": ratios,
        "limit": limit,
    }


def limit_of(what, bound, unit, reached, **more):
    """State a limit, and which fraction of it was reached.

    Parameters
    ----------
    what : str
        What bounds the work, in words.
    bound : float
        The most that can be had: a rate.
    unit : str
        Of the bound.
    reached : float
        What we reach, in the same unit.
    **more
        Numbers that the bound was made of.

    Returns
    -------
    dict
    """
    return {
        "what": what,
        "bound": bound,
        "unit": unit,
        "fraction": reached / bound,
    } | more


def exponent(sizes, costs):
    """Fit the exponent with which cost grows: slope of log cost against log size.

    Parameters
    ----------
    sizes, costs : sequence of float
        Above 0.

    Returns
    -------
    dict
        `value`, and `error`, its standard error; `last`, that of the two largest sizes,
        where what does not grow weighs least. All None for fewer than two sizes, the
        error also for two.
    """
    if len(set(sizes)) < 2:
        return {"value": None, "error": None, "last": None}
    sizes, costs = np.log(sizes), np.log(costs)
    fit = stats.linregress(sizes, costs)
    error = float(fit.stderr) if len(sizes) > 2 else None
    last = float((costs[-1] - costs[-2]) / (sizes[-1] - sizes[-2]))
    return {"value": float(fit.slope), "error": error, "last": last}


def curve(points, power):
    """Put points of a sweep together.

    Parameters
    ----------
    points : sequence of (float, contest.Measured, float)
        Size, what was measured, and the work that the cost is of.
    power : bool
        Whether the cost is expected to grow with a power of the size.

    Returns
    -------
    dict
        `sizes`; `cost`, `lowest` and `highest`, in seconds for the work; the fitted
        `exponent`, or None; `notes`.
    """
    sizes = [size for size, _, _ in points]
    scaled = [
        np.percentile(measured.seconds, [50, 0, 100]) * work / measured.work
        for _, measured, work in points
    ]
    cost, lowest, highest = np.transpose(scaled).tolist()
    notes = list(dict.fromkeys(m.contestant.note for _, m, _ in points))
    return {
        "sizes": sizes,
        "cost": cost,
        "lowest": lowest,
        "highest": highest,
        "exponent": exponent(sizes, cost) if power else None,
        "notes": [note for note in notes if note],
    }


def sweep(over, cost, table, limit=None, *, power=True):
    """Describe how cost grows with a size.

    Parameters
    ----------
    over : str
        The size, with its unit.
    cost : str
        What the seconds are for.
    table : sequence of (float, sequence of contest.Measured, float)
        Size, contestants at that size, and the work that the cost is of.
    limit : dict, optional
        `what`, `sizes`, `cost`: the least cost that could be.
    power : bool
        Whether the cost is expected to grow with a power of the size.

    Returns
    -------
    dict
    """
    points = {}
    for size, measured, work in table:
        for one in measured:
            points.setdefault(one.contestant.name, []).append((size, one, work))
    curves = {name: curve(of_one, power) for name, of_one in points.items()}
    if limit is not None:
        limit = limit | {"exponent": exponent(limit["sizes"], limit["cost"])}
    return {"over": over, "cost": cost, "curves": curves, "limit": limit}


def in_words(found):
    """Sum up a headline in a line: how many times faster than each peer."""
    peers = [f"{ratio:.3g} x {name}" for name, ratio in found["ratios"].items()]
    limit = found["limit"]
    if limit is not None:
        peers.append(f"{limit['fraction']:.0%} of the limit")
    rate = found["ours"]["work_per_second"]
    return f"{rate:.3g} {found['work']['unit']} per s: {', '.join(peers)}"


def write(path, document):
    """Write a document as JSON, whole or not at all; no number is infinite or nan."""
    text = json.dumps(_plain(document), indent=1, allow_nan=False)
    storage.write_text(path, text + "\n")


def _plain(value):
    """Numbers of numpy as those of Python; None for what is not finite."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
