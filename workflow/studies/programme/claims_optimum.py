"""Judge the second step of the programme: the best and the trained linear layer."""

from pixelwalk import ledger
from studies.programme import claim_numbers as numbers
from studies.programme.kinds import Networks, Optimum

import numpy as np

# Share of the first singular value from which on a matrix has further ones; distance of
# a closed form from another method's (by second moments, it has half of the digits).
_RANK, _AGREE = 1e-9, 1e-3
# How far training may end above the least loss, and its gradient, both relative.
_GAP, _GRADIENT = 0.01, 0.01
# Relative distance up to which matrices are called equal.
_EQUAL = 0.1
# Loss up to which a network is said to give the distribution, whatever the image.
_REACHED = 0.01


def judge_rank_one(optima: dict[str, Optimum]) -> ledger.Claim:
    """Judge whether the best linear layer has rank one."""
    holds = all(
        numbers.second(solved.check_singular_values) <= _RANK
        and float(solved.check_distance) <= _AGREE
        for solved in optima.values()
    )
    cutoffs = numbers.joined(f"{solved.cutoff:g}" for solved in optima.values())
    losses = numbers.joined(f"{solved.test_loss:.3g}" for solved in optima.values())
    exact = numbers.joined(
        f"{solved.cutoff_test_losses[0]:.3g}" for solved in optima.values()
    )
    return ledger.claim(
        "programme-optimum-rank-one",
        "11",
        "Of all linear layers without bias, the best at giving the stationary "
        "distribution y for every image is W = y v^T, of rank one: all that it keeps "
        "of an image is one number, v x.",
        None,
        {name: numbers.of_optimum(solved) for name, solved in optima.items()},
        "supported if, on the lattice's samples and on images, dense least squares "
        "from the images to y, which assumes no rank, gives a matrix whose "
        f"second singular value is at most {_RANK:g} of its first and that lies within "
        f"{_AGREE:g} of y v^T (Frobenius norm, over that of y v^T); else refuted",
        ledger.supported(holds),
        "Eigenvalues of the images' second moments below a cutoff are left out of v: "
        f"{cutoffs} of the largest ({numbers.joined(optima)}), chosen on one half of "
        f"the held-out images. On the other half the loss is {losses}; with a cutoff "
        f"at rounding, {exact}.",
        source="ours",
        nature="theorem",
        evidence=optima.values(),
        figures=["figure9", "figure11"],
    )


def judge_training(optima: dict[str, Optimum]) -> ledger.Claim:
    """Judge whether gradient descent comes to the exact optimum."""
    decisions, measured, null = [], {}, {}
    for name, solved in optima.items():
        least = float(solved.least_loss)
        gaps = _gap(solved.seed_losses, least)
        gap = ledger.mean_and_error(gaps)
        gradient = ledger.mean_and_error(solved.seed_gradients)
        measured[name] = {
            "relative loss gap": gap,
            "relative gradient norm": gradient,
            "least loss": least,
        }
        null[name] = {
            "relative loss gap": float(_gap(np.array([1.0]), least)[0]),
            "relative gradient norm": 1.0,
        }
        for estimate, most in ((gap, _GAP), (gradient, _GRADIENT)):
            decisions.append(ledger.below(numbers.interval_of(estimate), most))
        decisions.append(
            ledger.below(numbers.interval_of(gap), null[name]["relative loss gap"])
        )
    texts = numbers.joined(
        f"{row['relative loss gap']['value']:.2g} (loss) and "
        f"{row['relative gradient norm']['value']:.2g} (gradient) on the {name}"
        for name, row in measured.items()
    )
    return ledger.claim(
        "programme-training-finds-optimum",
        "11",
        "Training a dense linear layer by gradient descent to give the stationary "
        "distribution for every image finds the exact optimum.",
        None,
        measured,
        "supported if on the lattice's samples and on images the training loss ends "
        f"at most {_GAP:.0%} above the exact minimum, and the norm of the loss's "
        f"gradient at most {_GRADIENT:.0%} of that at weights of 0 (95 % intervals by "
        "Student's t over initial weights), and the loss below that of weights of 0; "
        "refuted if one of these is not so; else undecided",
        ledger.supported(ledger.every(decisions)),
        f"The relative distance from the optimum is {texts}. The null is weights of 0.",
        source="ours",
        null=null,
        evidence=optima.values(),
        figures=["figure9"],
    )


def _gap(losses, least):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(losses, float) / least - 1


def judge_stochastic_matrix(optima: dict[str, Optimum]) -> ledger.Claim:
    """Judge whether the optimal matrix is the transition matrix of the walk."""
    decisions, measured, null = [], {}, {}
    texts = {"closed form": [], "trained": []}
    for name, solved in optima.items():
        other = float(solved.null_distance)
        away = {
            "closed form": ledger.mean_and_error(solved.batch_distances),
            "trained": ledger.mean_and_error(solved.seed_distances),
        }
        decisions.append(
            ledger.some(
                ledger.every(
                    ledger.below(numbers.interval_of(one), most)
                    for most in (_EQUAL, other)
                )
                for one in away.values()
            )
        )
        for way, one in away.items():
            texts[way].append(f"{one['value']:.3f}")
        told = {f"{way}, distance over replicates": one for way, one in away.items()}
        measured[name] = told | numbers.of_matrices(solved)
        null[name] = {"walk on independent pixels, distance": other}
    closed, trained = map(numbers.joined, texts.values())
    nulls = numbers.joined(f"{solved.null_distance:.3f}" for solved in optima.values())
    last = numbers.joined(
        f"{solved.scaled_distances[-1]:.3f}" for solved in optima.values()
    )
    return ledger.claim(
        "programme-stochastic-matrix",
        "11",
        "The optimal W of a network that is trained to give the stationary "
        "distribution is equal to the stochastic matrix of the averaged graph.",
        None,
        measured,
        "supported if, on the lattice's samples and on images, the closed form or the "
        f"trained dense linear layer, in its best scale, lies within {_EQUAL:.0%} of "
        "the chain's matrix (Frobenius norm, over that of the chain's) and nearer to "
        "it than the matrix y 1^T of the walk on independent pixels; 95 % intervals by "
        "Student's t, over disjoint batches of images for the closed form and over "
        "initial weights for the layer; refuted if it does not; else undecided",
        ledger.supported(ledger.every(decisions)),
        f"In its best scale the closed form is {closed} from the chain's matrix "
        f"({numbers.joined(optima)}), the trained layer {trained}, and y 1^T {nulls}. "
        f"An estimate from single steps of the chain is {last} from it.",
        null=null,
        evidence=optima.values(),
        figures=["figure9"],
    )


def judge_expected_loss(networks: dict[str, Networks]) -> ledger.Claim:
    """Judge whether a convolutional network reaches the least expected loss."""
    decisions, measured, null, texts = [], {}, {}, []
    for name, trained in networks.items():
        rows = [n for n, kind in enumerate(trained.kinds) if kind == "convolution"]
        names = numbers.designs(trained)
        own = {names[n]: ledger.mean_and_error(trained.block_losses[n]) for n in rows}
        other = {
            names[n]: ledger.mean_and_error(trained.shuffled_losses[n]) for n in rows
        }
        decisions.append(
            ledger.some(
                ledger.every(
                    [
                        ledger.below(numbers.interval_of(own[design]), _REACHED),
                        numbers.less(own[design], other[design]),
                    ]
                )
                for design in own
            )
        )
        best = min(own, key=lambda design: own[design]["value"])
        texts.append(
            f"{own[best]['value']:.3g} on the {name} ({best}; of independent pixels "
            f"{other[best]['value']:.3g})"
        )
        measured[name] = {"held-out loss": own} | numbers.of_networks(trained)
        null[name] = {"held-out loss": other}
    return ledger.claim(
        "expected-loss-minimum",
        "11",
        "A convolutional network can be constructed and trained whose expected testing "
        "loss comes to the global minimum of the expectation of ||y - y^||: it gives "
        "the stationary distribution y for every image. Judged on the convolutional "
        "networks without bias that were trained here, not on infinite training.",
        None,
        measured,
        "supported if, on the lattice's samples and on images, the held-out loss of a "
        f"convolutional network (0 is the global minimum) is at most {_REACHED:.0%} of "
        "the mean square of y, and lower than on held-out images whose pixels are "
        "shuffled among the images (95 % intervals by Student's t over disjoint blocks "
        "of images); refuted if it is not for any network; else undecided",
        ledger.supported(ledger.every(decisions)),
        f"The least held-out loss is {numbers.joined(texts)}. A loss of 1 is that of "
        "giving nothing. A network with a bias can reach 0 by ignoring the image, if "
        "its bias can be y.",
        null=null,
        evidence=networks.values(),
        figures=["figure11"],
    )
