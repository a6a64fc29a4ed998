"""Contestants take turns, and what is written of them follows from their seconds."""

import json

import numpy as np
import pytest

from benchmarks import contest, document, picture, surroundings

QUICK = contest.Conditions(threads=1, repeats=3, quick=True, tell=lambda line: None)
FULL = contest.Conditions(threads=1, repeats=3, quick=False, tell=lambda line: None)


def measured(name, seconds, work=1.0, **more):
    """A contestant as if it had run for these seconds."""
    found = contest.Measured(
        contest.Contestant(name, "numpy", lambda: None, work, **more), times=1
    )
    found.seconds = list(seconds)
    return found


def test_turns_are_taken_after_a_warm_up_of_each():
    ran = []
    contestants = [
        contest.Contestant(name, "numpy", lambda name=name: ran.append(name), 1)
        for name in "abc"
    ]
    found = contest.alternate(contestants, QUICK)
    assert "".join(ran) == "abc" + 3 * "abc"
    assert [len(one.seconds) for one in found] == [3, 3, 3]


def test_one_that_is_measured_less_often_misses_the_last_turns():
    ran = []
    contestants = [
        contest.Contestant("a", "numpy", lambda: ran.append("a"), 1),
        contest.Contestant(
            "b", "numpy", lambda: ran.append("b"), 1, runs=1, warm=lambda: None
        ),
    ]
    contest.alternate(contestants, QUICK)
    assert "".join(ran) == "a" + "ab" + "aa"


def test_quick_work_is_done_several_times_in_a_run():
    ran = []
    contestants = [contest.Contestant("a", "numpy", lambda: ran.append(0), 2)]
    (found,) = contest.alternate(contestants, FULL, least=0.01)
    assert found.times > 1
    assert found.work == 2 * found.times
    assert len(ran) == 2 + 3 * found.times


def test_the_fastest_setting_that_does_the_work_is_taken():
    def make(name, work, right):
        return lambda: contest.Contestant(
            name, "numpy", lambda: sum(range(20_000)), work, check=lambda _: right
        )

    makers = [make("right", 1, True), make("better", 1e6, True)]
    makers.append(make("wrong", 1e12, False))
    assert contest.fastest(makers, QUICK, bool).name == "better"
    with pytest.raises(ValueError, match="no setting of wrong"):
        contest.fastest(makers[2:], QUICK, bool)


def test_a_missing_peer_is_an_error_but_in_the_quick_mode():
    assert QUICK.has("numpy")
    assert not QUICK.has("no-such-peer")
    with pytest.raises(ModuleNotFoundError, match="no-such-peer"):
        FULL.has("no-such-peer")


def test_the_ratio_is_of_the_same_work_to_the_best_peer():
    ours = measured("ours", [1, 2, 3], work=100)
    # It did half of the work in its runs, in twice the time: a quarter of the rate.
    slow = measured("slow", [4, 4, 4], work=50)
    better = measured("better", [6, 6, 6], work=100)
    found = document.headline("work", {}, "units", 100, [ours, slow, better], 1)
    assert found["ratios"] == {"slow": 4, "better": 3}
    assert found["ratio"] == 3
    assert found["ours"]["seconds"]["median"] == 2
    assert found["ours"]["seconds"]["lowest"] == 1
    assert found["peers"]["slow"]["seconds_for_the_work"] == 8
    assert found["peers"]["slow"]["work_per_second"] == 12.5


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_exponent_of_a_power_law_is_its_power(power):
    sizes = np.array([8, 16, 64, 256])
    found = document.exponent(sizes, 3e-9 * sizes.astype(float) ** power)
    assert found["value"] == pytest.approx(power, abs=1e-12)
    assert found["error"] == pytest.approx(0, abs=1e-6)
    assert found["last"] == pytest.approx(power, abs=1e-12)


def test_the_last_exponent_leaves_out_what_does_not_grow():
    sizes = [1, 10, 1e6, 1e8]
    found = document.exponent(sizes, [100 + n for n in sizes])
    assert found["value"] < 0.95
    assert found["last"] == pytest.approx(1, abs=1e-4)


def test_a_sweep_scales_the_cost_to_the_work_asked_for():
    table = [(n, [measured("ours", [2, 1, 3], work=n**2)], 10 * n**2) for n in (3, 9)]
    curve = document.sweep("n", "work", table)["curves"]["ours"]
    assert curve["cost"] == pytest.approx([20, 20])
    assert curve["lowest"] == pytest.approx([10, 10])
    assert curve["highest"] == pytest.approx([30, 30])
    assert curve["exponent"]["value"] == pytest.approx(0, abs=1e-12)


def test_what_is_written_is_json_without_infinities(tmp_path):
    path = tmp_path / "folder" / "found.json"
    document.write(path, {"a": np.inf, "b": np.float32(2), "c": (np.arange(2), {1: 2})})
    found = json.loads(path.read_text())
    assert found == {"a": None, "b": 2, "c": [[0, 1], {"1": 2}]}
    with pytest.raises(TypeError):
        document.write(path, {"a": object()})
    assert json.loads(path.read_text()) == found


def test_a_picture_has_a_panel_for_each_sweep(tmp_path):
    table = [(n, [measured("ours", [n]), measured("peer", [2 * n])], 1) for n in (1, 2)]
    limit = {"what": "limit", "sizes": [1, 2], "cost": [0.1, 0.2]}
    sweeps = [
        document.sweep("n", "work", table, limit),
        document.sweep("n", "work", table, power=False),
    ]
    sizes = []
    for count in (1, 2):
        path = tmp_path / f"{count}.png"
        picture.draw(path, "title", sweeps[:count])
        header = path.read_bytes()[:24]
        assert header.startswith(b"\x89PNG")
        sizes.append(int.from_bytes(header[16:20]))
    assert sizes[1] == 2 * sizes[0]


def test_the_surroundings_are_the_same_for_every_library():
    base = {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_L2_SIZE": "1", "HOME": "here"}
    made = surroundings.environment(base | {"OMP_NUM_THREADS": "7"}, 3)
    assert not {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"} & set(made)
    assert made["HOME"] == "here"
    counts = {value for name, value in made.items() if name.endswith("_NUM_THREADS")}
    assert counts == {"3"}


def test_the_machine_is_described():
    found = surroundings.describe(2)
    assert found["threads"] == 2
    assert found["cores"] >= 1
    assert found["memory"] > 2**28
    assert found["processor"]
    assert all(blas["library"] for blas in found["blas"])
