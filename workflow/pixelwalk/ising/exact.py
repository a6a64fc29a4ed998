"""Exact samples: monotone coupling from the past (Propp and Wilson 1996).

Two chains start in the past, one from all spins +1 and one from all -1, and make the
same updates. For a ferromagnet an update is monotone: the upper chain stays above the
lower one, and every other chain stays between them. If both agree at time 0, every
chain that started then is in the same state, whatever its start, and so is a chain from
the infinite past: the state is a sample of the exact distribution. If they do not
agree, the start moves back, and the updates since the old start are repeated with the
same random numbers. New ones would favour states that agree early.
"""

import numpy as np

from pixelwalk.ising import draws, heatbath

# First distance of the start in sweeps; it doubles each time.
_FIRST = 16


class NotCoupled(ValueError):
    """The chains did not agree within the allowed number of sweeps."""


class CoupledFromThePast:
    """A block of 512 exact samples, and of Markov chains that start from them.

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        Model to sample; its coupling must be at least 0.
    seed : numpy.random.SeedSequence
        Seed of the random streams.

    Raises
    ------
    ValueError
        If the coupling is negative: the updates are then not monotone.
    """

    #: Samples of a block; they share a random stream.
    WIDTH = heatbath.HeatBath.WIDTH

    def __init__(self, model, seed):
        if model.coupling < 0:
            raise ValueError(
                "method: exact needs a beta of at least 0 (a ferromagnet), got a "
                f"coupling of {model.coupling:g}; use method: gibbs"
            )
        self._model, self._seed = model, seed
        self._kernel = heatbath.kernel_of(model)

    def burn_in(self, sweeps):
        """Couple the chains from the past.

        Parameters
        ----------
        sweeps : int
            Most sweeps that the start may go back, at least 1.

        Returns
        -------
        int
            Sweeps that the start went back.

        Raises
        ------
        NotCoupled
            If the chains do not agree within these sweeps. No sample is returned, since
            those that agree early would be biased.
        """
        back, epochs = min(_FIRST, sweeps), []
        lengths = [back]
        while True:
            epochs += self._seed.spawn(1)
            states = self._from_extremes(epochs, lengths)
            if len(states) == 1:
                self._states = states
                self._stream = draws.stream(self._seed.spawn(1)[0])
                return back
            if back == sweeps:
                raise NotCoupled(
                    f"no exact samples within a budget of {sweeps} sweeps, at a "
                    f"coupling of {self._model.coupling:g} on {self._model.rows} x "
                    f"{self._model.columns} sites; use method: auto, swendsen-wang or "
                    "gibbs, or give a larger budget"
                )
            lengths.append(min(back, sweeps - back))
            back += lengths[-1]

    def advance(self, sweeps):
        """Make a number of sweeps of the heat bath from the current states."""
        self._kernel.run(self._states, self._stream, sweeps)

    def words(self):
        """Return the spins of the chains, one bit each: uint64, shape (sites, 8)."""
        return self._kernel.words(self._states[0])

    def _from_extremes(self, epochs, lengths):
        """Return the states at time 0 of both chains, or one state if they agree."""
        states = self._kernel.states(2)
        self._kernel.words(states[0])[:] = np.uint64(2**64 - 1)
        for seed, sweeps in zip(reversed(epochs), reversed(lengths), strict=True):
            self._kernel.run(states, draws.stream(seed), sweeps)
            if len(states) == 2 and np.array_equal(*states):
                states = states[:1]  # from here on they stay equal
        return states
