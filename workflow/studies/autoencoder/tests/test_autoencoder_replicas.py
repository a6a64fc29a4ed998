"""Networks side by side, and what is measured of them: by hand, and alone."""

from pixelwalk.compute import bits
from pixelwalk.networks import autoencoder
from pixelwalk.networks.backend import keras
from studies.autoencoder import measure_replicas, network
from studies.autoencoder.blocks import block_spins, explained
from studies.autoencoder.kinds import Learned, Replicas
from studies.autoencoder.likeness import likeness, permuted_likeness
from studies.autoencoder.train_replicas import parts

import numpy as np
import pytest

SETTINGS = {
    **{"activation": "relu", "optimizer": "adam", "learning_rate": 0.01},
    **{"epochs": 3, "batch": 16},
}


def images(seed, replicas=2, n=40, pixels=16):
    generator = np.random.default_rng(seed)
    return generator.integers(0, 2, (replicas, n, pixels)).astype(np.float32)


def start(replicas=2, seed=3):
    return network.initial_weights(replicas, 16, 4, np.random.default_rng(seed))


def test_parts_are_disjoint_in_order_and_equal():
    flags = np.random.default_rng(1).random((11, 2, 3)) < 0.5
    found = parts(bits.pack(flags), 2)
    assert found.shape == (2, 5, 6) and found.dtype == np.float32
    assert np.array_equal(found.reshape(10, 6), flags[:10].reshape(10, 6))


def test_first_weights_are_uniform_as_those_of_keras():
    weights = network.initial_weights(3, 60, 40, np.random.default_rng(1))
    for layer in weights[::2]:
        assert np.abs(layer).max() <= (limit := np.sqrt(6 / 100))
        assert layer.std() == pytest.approx(limit / np.sqrt(3), rel=0.02)
    assert [part.shape for part in weights[1::2]] == [(3, 1, 40), (3, 1, 60)]
    assert not any(part.any() for part in weights[1::2])


def test_networks_side_by_side_end_as_each_alone():
    training, test = images(1), images(2, n=10)

    def train(which):
        return network.train(
            [part[which] for part in start()],
            training[which],
            test[which],
            SETTINGS,
            np.random.default_rng(5),
        )

    weights, loss, val_loss = train(slice(None))
    assert loss.shape == val_loss.shape == (2, SETTINGS["epochs"])
    for i in range(2):
        alone, own_loss, own_val_loss = train(slice(i, i + 1))
        for part, one in zip(weights, alone, strict=True):
            assert part[i] == pytest.approx(one[0], abs=1e-5)
        assert loss[i] == pytest.approx(own_loss[0], abs=1e-5)
        assert val_loss[i] == pytest.approx(own_val_loss[0], abs=1e-5)
    assert val_loss[0] != pytest.approx(val_loss[1], abs=1e-4)


def test_one_network_is_that_of_the_autoencoder_room():
    training, test = images(1, replicas=1), images(2, replicas=1, n=10)
    weights = start(replicas=1)
    model = autoencoder.build(16, hidden=4, activation="relu", seed=1)
    model.set_weights(
        [part[0] if part.shape[1] > 1 else part[0, 0] for part in weights]
    )
    expected = autoencoder.train(
        model,
        training[0],
        test[0],
        **{key: SETTINGS[key] for key in SETTINGS if key != "activation"},
        generator=np.random.default_rng(5),
    )
    trained, loss, val_loss = network.train(
        weights, training, test, SETTINGS, np.random.default_rng(5)
    )
    assert loss[0] == pytest.approx(expected["loss"], abs=1e-5)
    assert val_loss[0] == pytest.approx(expected["val_loss"], abs=1e-5)
    odds = network.logits(trained, test, "relu")
    back = autoencoder.reconstruct(model, test[0])
    assert keras.ops.sigmoid(odds)[0].numpy() == pytest.approx(back, abs=1e-5)


# Fields that are shifts of each other.


def patch(place, shape=(6, 7)):
    field = np.zeros(shape)
    row, column = place
    field[row : row + 2, column : column + 2] = [[1, 2], [-3, 4]]
    return field


@pytest.mark.parametrize("boundary", ["free", "periodic"])
def test_equal_fields_up_to_a_shift_and_a_scale_are_alike(boundary):
    fields = np.stack([patch((0, 0)), 5 * patch((4, 3)), patch((2, 5))])
    assert likeness(fields, boundary) == pytest.approx([1, 1, 1])
    opposite = np.stack([patch((0, 0)), -patch((3, 3))])
    assert (likeness(opposite, boundary) < 0.9).all()


def test_only_a_periodic_lattice_shifts_across_its_border():
    across = np.roll(patch((0, 0)), -1, axis=1)
    fields = np.stack([patch((2, 2)), across])
    assert likeness(fields, "periodic") == pytest.approx([1, 1])
    assert (likeness(fields, "free") < 0.99).all()


@pytest.mark.parametrize("boundary", ["free", "periodic"])
def test_likeness_by_plain_loops(boundary):
    fields = np.random.default_rng(1).normal(size=(3, 3, 4))
    best = np.full(3, -np.inf)
    for i in range(3):
        for j in set(range(3)) - {i}:
            for down in range(-2, 3):
                for across in range(-3, 4):
                    moved = np.roll(fields[j], (down, across), axis=(0, 1))
                    if boundary == "free":
                        rows, columns = np.indices((3, 4))
                        inside = (rows - down >= 0) & (rows - down < 3)
                        inside &= (columns - across >= 0) & (columns - across < 4)
                        moved = moved * inside
                    product = np.sum(fields[i] * moved)
                    norms = np.linalg.norm(fields[i]) * np.linalg.norm(fields[j])
                    best[i] = max(best[i], product / norms)
    assert likeness(fields, boundary) == pytest.approx(best)


def test_fields_without_weights_are_like_none_and_one_field_has_no_other():
    assert likeness(np.zeros((2, 3, 3)), "free").tolist() == [0, 0]
    assert np.isnan(likeness(np.ones((1, 3, 3)), "free")).all()


def test_shifted_patches_are_less_alike_with_permuted_pixels():
    fields = np.stack([patch((i, i)) for i in range(4)])
    generator = np.random.default_rng(1)
    null = permuted_likeness(fields, "free", permutations=5, generator=generator)
    assert 0 < null < 0.9


# Block spins.


def test_block_spins_are_means_of_two_by_two_sites():
    spins = np.arange(15.0).reshape(1, 3, 5)
    assert block_spins(spins).tolist() == [[3.0, 5.0]]
    assert block_spins(np.ones((2, 1, 6))).shape == (2, 0)


def test_hidden_neurons_that_are_blocks_explain_all_and_noise_nothing():
    generator = np.random.default_rng(1)
    spins, held_out = generator.choice([0.0, 1.0], (2, 400, 4, 4))
    blocks, other = block_spins(spins), block_spins(held_out)
    mixing = generator.normal(size=(4, 6))
    known = explained(blocks @ mixing + 3, blocks, other @ mixing + 3, other)
    assert known == pytest.approx(1)
    one = explained(blocks[:, :1], blocks, other[:, :1], other)
    assert one == pytest.approx(0.25, abs=0.05)
    noise = generator.normal(size=(2, 400, 3))
    assert abs(explained(noise[0], blocks, noise[1], other)) < 0.1
    dead = explained(np.zeros((400, 2)), blocks, np.zeros((400, 2)), other)
    assert dead == pytest.approx(0, abs=0.02)
    assert np.isnan(explained(noise[0], 0 * blocks, noise[1], 0 * other))


# All of it, on networks that are known.


def test_components_give_back_all_that_has_as_many_dimensions():
    generator = np.random.default_rng(1)
    on = generator.integers(0, 2, (50, 3))
    flat = np.repeat(on, 4, axis=1).astype(float)
    assert measure_replicas.project(flat, flat, 3) == pytest.approx(flat)
    assert measure_replicas.project(flat, flat, 1) != pytest.approx(flat, abs=0.1)


def identity(replicas, scale):
    """Networks of 16 neurons that give back every image; for -1 its opposite."""
    eye = np.tile(np.eye(16, dtype=np.float32), (replicas, 1, 1))
    zeros = np.zeros((replicas, 16), np.float32)
    return Replicas(
        **{"loss": zeros, "val_loss": zeros, "encoder": eye, "bias": zeros},
        **{"decoder": scale * 20 * eye, "decoder_bias": zeros - scale * 10},
        untrained=0 * eye,
    )


def test_a_network_that_is_the_identity():
    pixels = [part[1].reshape(-1, 4, 4) for part in (images(1), images(2))]
    found = measure_replicas.measure_replica(
        1,
        identity(2, 1),
        identity(2, -1),
        pixels,
        "free",
        {"activation": "relu", "permutations": 99},
        np.random.default_rng(1),
    )
    assert set(found) == {name for name, *_ in Learned.datasets()}
    assert found["network"] == found["components"] == 1 and found["reference"] == 0
    assert found["spread"] == 0 and found["permuted_spread"] == 0
    assert found["likeness"] == pytest.approx(1)
    assert found["blocks"] == pytest.approx(1)
    assert found["scattered_blocks"] == pytest.approx(1)
    assert found["untrained_blocks"] == pytest.approx(0, abs=0.1)


def test_neurons_that_are_blocks_know_less_of_scattered_pixels():
    pixels = [part[1].reshape(-1, 4, 4) for part in (images(1, n=400), images(2))]
    blocks = np.kron(np.eye(2), np.ones((2, 1)))  # of 4 rows, and of 4 columns
    encoder = np.kron(blocks, blocks).astype(np.float32)
    bias = np.zeros(4, np.float32)
    known = measure_replicas.measure_blocks(encoder, bias, pixels, "relu")
    assert known == pytest.approx(1)
    order = np.arange(16).reshape(2, 2, 4).swapaxes(0, 1).ravel()
    other = measure_replicas.measure_blocks(encoder, bias, pixels, "relu", order)
    assert other == pytest.approx(0.5, abs=0.15)
