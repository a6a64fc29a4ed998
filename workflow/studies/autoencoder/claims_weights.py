"""Judge what the hidden neurons of the autoencoder became (section 8)."""

from pixelwalk import ledger
from studies.autoencoder.comparisons import (
    EITHER,
    difference,
    ends,
    judged,
    of_networks,
    ways,
)

#: Least mean correlation at which receptive fields count as shifts of each other.
ALIKE = 0.5

_UNDECIDED = (
    "(95 % intervals of the differences, over networks on samples of their own); else "
    "refuted, or undecided if an interval includes a threshold"
)


def judge_local(learned):
    """Judge whether the weights tend to concentrate on local areas.

    Parameters
    ----------
    learned : dict of str to Learned
        `half`, `standard` and `infinite`; empty if the configuration names none.

    Returns
    -------
    Claim
    """
    measured, null, decisions = {}, {}, []
    for bonds, one, infinite in ways(learned):
        effects, nothing = _effects(one), _effects(infinite)
        gains = {name: difference(effects[name], nothing[name]) for name in effects}
        own = {name: ledger.mean_and_error(value) for name, value in effects.items()}
        decisions.append(
            ledger.every(
                ledger.above(ends(e), 0) for e in [*own.values(), *gains.values()]
            )
        )
        measured[bonds] = {
            "spread": ledger.mean_and_error(one.spread),
            "clustering": ledger.mean_and_error(one.clustering),
            **own,
            **{f"{name}, less infinite temperature": g for name, g in gains.items()},
        }
        null[f"{bonds}, permuted pixels"] = {
            "spread": ledger.mean_and_error(one.permuted_spread),
            "clustering": ledger.mean_and_error(one.permuted_clustering),
        }
        null["infinite temperature"] = {
            name: ledger.mean_and_error(value) for name, value in nothing.items()
        }
    claim = ledger.claim(
        "ae-local-weights",
        "8, figure 2",
        "The weights of the hidden neurons tend to concentrate on local areas of the "
        "image.",
        None,
        measured,
        f"supported if {EITHER} the weights of a neuron lie closer together than with "
        "permuted pixels (narrowing of the spread above 0), strong weights lie beside "
        "strong ones more than with permuted pixels (clustering, Moran's I, above that "
        f"of permuted pixels), and both effects are larger than those of networks "
        f"trained at infinite temperature {_UNDECIDED}",
        ledger.supported(ledger.some(decisions)),
        "A narrowing of 1 is a single pixel, and 0 is permuted pixels. Numbers are "
        "means over the neurons of a network. Than with permuted pixels, a field is "
        f"narrower by {_narrower(measured)}; negative: wider. {of_networks(learned)}",
        null=null,
        evidence=learned.values(),
        figures=["figure2"],
    )
    return judged(claim, learned)


def judge_like_filters(learned):
    """Judge whether receptive fields are shifts of each other; see `judge_local`."""
    measured, null, decisions = {}, {}, []
    for bonds, one, infinite in ways(learned):
        own = ledger.mean_and_error(one.likeness)
        gains = {
            "permuted pixels": difference(one.likeness, one.permuted_likeness),
            "infinite temperature": difference(one.likeness, infinite.likeness),
        }
        decisions.append(
            ledger.every(
                [ledger.above(ends(own), ALIKE)]
                + [ledger.above(ends(gain), 0) for gain in gains.values()]
            )
        )
        measured[bonds] = {
            "correlation": own,
            **{f"less {name}": gain for name, gain in gains.items()},
        }
        null[f"{bonds}, permuted pixels"] = ledger.mean_and_error(one.permuted_likeness)
        null["infinite temperature"] = ledger.mean_and_error(infinite.likeness)
    claim = ledger.claim(
        "ae-like-filters",
        "8, figure 2",
        "The weights of the hidden neurons behave like the filters of a convolutional "
        "network. (Of this, that they are shifts of each other.)",
        None,
        measured,
        f"supported if {EITHER} the correlation of a neuron's weights with the most "
        "similar shift of another neuron's, a mean over neurons, is above "
        f"{ALIKE}, above that of permuted pixels and above that of networks trained at "
        f"infinite temperature {_UNDECIDED}",
        ledger.supported(ledger.some(decisions)),
        f"Two fields that are equal up to a shift have a correlation of 1. "
        f"{of_networks(learned)}",
        null=null,
        evidence=learned.values(),
        figures=["figure2"],
    )
    return judged(claim, learned)


def judge_hidden_spins(learned):
    """Judge whether hidden neurons act like block spins; see `judge_local`."""
    measured, null, decisions = {}, {}, []
    for bonds, one, infinite in ways(learned):
        gain = one.blocks - one.untrained_blocks
        nothing = infinite.blocks - infinite.untrained_blocks
        own, beyond = ledger.mean_and_error(gain), difference(gain, nothing)
        decisions.append(ledger.every(ledger.above(ends(e), 0) for e in (own, beyond)))
        measured[bonds] = {
            "R squared": ledger.mean_and_error(one.blocks),
            "less untrained neurons": own,
            "less untrained neurons, less infinite temperature": beyond,
        }
        null[f"{bonds}, untrained neurons"] = ledger.mean_and_error(
            one.untrained_blocks
        )
        null["infinite temperature"] = {
            "R squared": ledger.mean_and_error(infinite.blocks),
            "less untrained neurons": ledger.mean_and_error(nothing),
        }
    claim = ledger.claim(
        "hidden-spins",
        "8",
        "The hidden neurons of the autoencoder act like the block spins of the "
        "renormalisation group. (Of this, that they predict the mean spins of blocks.)",
        None,
        measured,
        f"supported if {EITHER} hidden neurons predict the mean spins of 2 x 2 blocks "
        "(R squared of a linear regression, on held-out samples) better than those of "
        "the same network before training, and training improves it by more than at "
        f"infinite temperature {_UNDECIDED}",
        ledger.supported(ledger.some(decisions)),
        of_networks(learned),
        null=null,
        evidence=learned.values(),
    )
    return judged(claim, learned)


def _narrower(measured):
    """Return by how much fields are narrower, in words, for the claim's note."""
    return " and ".join(
        f"{own['narrowing']['value']:.1%} ({bonds})" for bonds, own in measured.items()
    )


def _effects(one):
    """Return how much more local than with permuted pixels the fields are."""
    return {
        "narrowing": 1 - one.spread / one.permuted_spread,
        "clustering above permuted pixels": one.clustering - one.permuted_clustering,
    }
