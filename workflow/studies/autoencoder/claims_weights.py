"""Judge what the hidden neurons of the autoencoder became (section 8)."""

from pixelwalk import ledger
from studies.autoencoder.comparisons import (
    EITHER,
    all_above_zero,
    difference,
    ends,
    estimates,
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
        found = estimates(effects) | {
            f"{name}, less infinite temperature": difference(value, nothing[name])
            for name, value in effects.items()
        }
        decisions.append(all_above_zero(found))
        own = {"spread": one.spread, "clustering": one.clustering}
        permuted = {
            "spread": one.permuted_spread,
            "clustering": one.permuted_clustering,
        }
        measured[bonds] = estimates(own) | found
        null[f"{bonds}, permuted pixels"] = estimates(permuted)
        null["infinite temperature"] = estimates(nothing)
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
            "less permuted pixels": difference(one.likeness, one.permuted_likeness),
            "less infinite temperature": difference(one.likeness, infinite.likeness),
        }
        alike = ledger.above(ends(own), ALIKE)
        decisions.append(ledger.every([alike, all_above_zero(gains)]))
        measured[bonds] = {"correlation": own} | gains
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
        found = {
            "less untrained neurons": ledger.mean_and_error(gain),
            "less untrained neurons, less infinite temperature": difference(
                gain, nothing
            ),
        }
        decisions.append(all_above_zero(found))
        told = {"R squared": one.blocks, "R squared, scattered": one.scattered_blocks}
        measured[bonds] = estimates(told) | found
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
        "Scattered: of groups of four random sites in place of blocks, which decides "
        f"nothing. {of_networks(learned)}",
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
