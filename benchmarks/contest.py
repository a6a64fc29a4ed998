"""Measure contestants in turn: ours, peer, peer, ours, peer, peer, ..."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks import surroundings


@dataclass(frozen=True)
class Conditions:
    """What holds for a whole benchmark.

    Parameters
    ----------
    threads : int
        Threads of every contestant.
    repeats : int
        How often each is measured.
    quick : bool
        Tiny sizes, to see that all works; peers that are not installed are left out.
    tell : callable
        Takes a line about each measurement.
    """

    threads: int
    repeats: int
    quick: bool
    tell: Callable[[str], None] = print

    def has(self, package):
        """Whether a peer takes part.

        Raises
        ------
        ModuleNotFoundError
            If it is not installed, and this is not the quick mode.
        """
        if surroundings.version(package) is not None:
            return True
        if self.quick:
            self.tell(f"{package} is not installed and left out")
            return False
        raise ModuleNotFoundError(
            f"expected {package} among the installed packages, got none; `make bench` "
            "installs the peers"
        )

    def seconds(self, least):
        """Seconds that a measured run should take at least; none in the quick mode."""
        return 0.0 if self.quick else least


@dataclass(frozen=True)
class Contestant:
    """One way of doing the work.

    Parameters
    ----------
    name : str
        What the results call it.
    package : str
        Distribution whose version is recorded.
    run : callable
        Does the work once; what it returns is kept for `check`.
    work : float
        How much work that is, in the contest's unit.
    note : str
        What a reader should know, such as that it does less work than the others.
    check : callable, optional
        Takes what `run` returned and gives a dict of numbers that show that it did
        the work.
    runs : int, optional
        How often it is measured, if not as often as the others.
    warm : callable, optional
        Warms it up by less work than `run` is.
    """

    name: str
    package: str
    run: Callable[[], Any]
    work: float
    note: str = ""
    check: Callable[[Any], dict] | None = None
    runs: int | None = None
    warm: Callable[[], Any] | None = None


@dataclass
class Measured:
    """A contestant with the seconds of all its runs."""

    contestant: Contestant
    times: int
    seconds: list = field(default_factory=list)
    reached: dict = field(default_factory=dict)

    @property
    def work(self):
        """Work in one measured run."""
        return self.contestant.work * self.times

    @property
    def rate(self):
        """Work per second, by the median run."""
        return self.work / float(np.median(self.seconds))

    def spread(self):
        """Seconds of a run: median, quartiles and extremes."""
        low, lower, median, upper, high = np.percentile(
            self.seconds, [0, 25, 50, 75, 100]
        )
        return {
            "median": float(median),
            "lowest": float(low),
            "lower quartile": float(lower),
            "upper quartile": float(upper),
            "highest": float(high),
        }


def alternate(contestants, conditions, *, least=0.0):
    """Let contestants do their work in turn, after a warm-up of each.

    Parameters
    ----------
    contestants : sequence of Contestant
        Ours and the peers.
    conditions : Conditions
        How often each is measured, and who is told.
    least : float
        Seconds that a measured run should take at least: quick work is done several
        times in one run.

    Returns
    -------
    list of Measured
        In the order of the contestants.
    """
    measured = []
    for contestant in contestants:
        took = _once(contestant.warm or contestant.run)[0]
        if took < 60 and least > 0:  # the first run may have compiled
            took = _once(contestant.run)[0]
        measured.append(Measured(contestant, max(1, int(np.ceil(least / took)))))
        conditions.tell(f"{contestant.name}: warmed up in {took:.3g} s")
    for turn in range(conditions.repeats):
        for entry in measured:
            runs = min(conditions.repeats, entry.contestant.runs or conditions.repeats)
            if turn < runs:
                took = _run_again(entry)
                conditions.tell(
                    f"{entry.contestant.name}: run {turn + 1} of {runs}: {took:.4g} s, "
                    f"{entry.work / took:.3g} per s"
                )
    return measured


def _run_again(entry):
    took, made = _several(entry.contestant.run, entry.times)
    entry.seconds.append(took)
    if entry.contestant.check is not None:
        entry.reached = entry.contestant.check(made)
    return took


def fastest(makers, conditions, accept=lambda reached: True):
    """Of several ways of setting up a contestant, the one with the highest rate.

    Parameters
    ----------
    makers : sequence of callable
        Each makes a `Contestant` with a check.
    conditions : Conditions
        Who is told.
    accept : callable
        Takes what the check gives, and says whether the contestant did the work.

    Returns
    -------
    Contestant

    Raises
    ------
    ValueError
        If none did the work.
    """
    best, most = None, 0.0
    for make in makers:
        contestant = make()
        took, made = _once(contestant.run)
        if took < 2:  # it may have compiled
            took, made = _once(contestant.run)
        reached = contestant.check(made)
        conditions.tell(
            f"{contestant.name}, {contestant.note}: {took:.3g} s, {reached}"
        )
        if accept(reached) and contestant.work / took > most:
            best, most = contestant, contestant.work / took
    if best is None:
        raise ValueError(f"no setting of {contestant.name} did the work")
    return best


def _once(run):
    return _several(run, 1)


def _several(run, times):
    begun = time.perf_counter()
    for _ in range(times):
        made = run()
    return time.perf_counter() - begun, made
