"""Threads of the unit tests, and which of them stay together on one worker."""

from pathlib import Path

import pytest
import scipy.linalg  # noqa: F401 (brings a BLAS of its own, beside that of numpy)
import threadpoolctl

# Small matrices: more threads only wait for each other, for most of the time.
threadpoolctl.threadpool_limits(1, user_api="blas")

#: Where TensorFlow is imported: seconds, which one worker alone has to wait.
TRAINING = {
    "test_api",
    "test_autoencoder",
    "test_autoencoder_callbacks",
    "test_autoencoder_training",
    "test_claims_linear",
    "test_claims_matrices",
    "test_linear_training",
    "test_networks_convolution",
    "test_programme_networks",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep what trains on one worker."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.stem in TRAINING:
            item.add_marker(pytest.mark.xdist_group("training"))


@pytest.fixture(autouse=True)
def one_thread(request):
    """Let TensorFlow use one thread: that cannot be changed once it has computed."""
    if request.path.stem in TRAINING:
        from pixelwalk.networks import backend

        backend.prepare(1)
