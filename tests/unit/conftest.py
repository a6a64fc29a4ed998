"""Threads of the unit tests."""

import pytest
import scipy.linalg  # noqa: F401 (brings a BLAS of its own, beside that of numpy)
import threadpoolctl

# Small matrices: more threads only wait for each other, for most of the time.
threadpoolctl.threadpool_limits(1, user_api="blas")


@pytest.fixture(autouse=True)
def one_thread(request):
    """Let TensorFlow use one thread: that cannot be changed once it has computed.

    Tests that train are in one group, so that only one worker waits for TensorFlow.
    """
    if request.node.get_closest_marker("xdist_group").args == ("training",):
        from pixelwalk.networks import backend

        backend.prepare(1)
        backend.tf.constant(0)  # a first computation: no test can set another number
