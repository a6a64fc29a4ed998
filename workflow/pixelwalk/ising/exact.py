"""Exact samples: monotone coupling from the past (Propp and Wilson 1996).

Two chains start in the past, one from all spins +1 and one from all -1, and make the
same updates. For a ferromagnet an update is monotone: the upper chain stays above the
lower one, and so does every other chain stay between them. If both agree at time 0,
every chain that started so long ago would be there, whatever it started from, even a
chain from the infinite past: the state is a sample of the exact distribution. If they
do not agree, the start moves back, and the updates since the old start are made again
with the same random numbers. To draw new ones would favour states that agree soon.
"""

import numpy as np

from pixelwalk.ising import draws, heatbath

# The start goes back this far at first, and then twice as far each time.
_FIRST = 16


class NotCoupled(ValueError):
    """No exact samples are to be had within the sweeps allowed."""


class CoupledFromThePast:
    """A block of 512 exact samples, and of Markov chains that start from them.

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        What is sampled; its coupling at least 0.
    seed : numpy.random.SeedSequence
        Where the randomness comes from.

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
            The most that the start may go back, at least 1.

        Returns
        -------
        int
            How many sweeps it went back.

        Raises
        ------
        NotCoupled
            If the chains did not agree by then, a ValueError. No sample is given out,
            since those that agreed so soon would not be a fair choice.
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
        """Make a number of sweeps of the heat bath, from the exact samples."""
        self._kernel.run(self._states, self._stream, sweeps)

    def words(self):
        """Spins of the chains, a bit each: uint64, shape (sites, 8)."""
        return self._kernel.words(self._states[0])

    def _from_extremes(self, epochs, lengths):
        """States at time 0 of the upper and lower chain; only one if they agree."""
        states = self._kernel.states(2)
        self._kernel.words(states[0])[:] = np.uint64(2**64 - 1)
        for seed, sweeps in zip(reversed(epochs), reversed(lengths), strict=True):
            self._kernel.run(states, draws.stream(seed), sweeps)
            if len(states) == 2 and np.array_equal(*states):
                states = states[:1]  # from here on they make the same steps
        return states
