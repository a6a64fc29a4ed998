"""What the tests share: MNIST, settings of hypothesis, and how workers divide them."""

import os
import signal
from pathlib import Path

import hypothesis
import pytest

# The same examples on every run, and none refused because a kernel compiles.
hypothesis.settings.register_profile(
    "same", derandomize=True, deadline=None, database=None, max_examples=60
)
hypothesis.settings.load_profile("same")

# In the background of a shell it would be ignored, by all that is started here, too.
signal.signal(signal.SIGINT, signal.default_int_handler)

#: Groups that mostly wait, and so begin first.
_FIRST = ("slurm",)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep a module, with what it makes once, on one worker by default."""

    def group(item):
        return item.get_closest_marker("xdist_group").args[0]

    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
    yield
    items.sort(key=lambda item: group(item) not in _FIRST)


_OFFICIAL = [
    f"{part}-{kind}-ubyte.gz"
    for part in ("train", "t10k")
    for kind in ("images-idx3", "labels-idx1")
]


@pytest.fixture(scope="session")
def mnist():
    """Folder with the four official files: PIXELWALK_MNIST, or beside the checkout."""
    beside = Path(__file__).parents[2] / "shared" / "data" / "mnist"
    folder = Path(os.environ.get("PIXELWALK_MNIST", beside))
    missing = [name for name in _OFFICIAL if not (folder / name).is_file()]
    if missing:
        reason = (
            f"expected the four official MNIST files in {folder}, {missing} are not "
            "there; set PIXELWALK_MNIST to a folder that holds them"
        )
        # Where the tests stand guard, a skipped one would pass for a good one.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return folder
