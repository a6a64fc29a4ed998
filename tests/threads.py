"""Threads of tests that compute, fixed by fixtures that each conftest.py takes."""

import pytest
import scipy.linalg  # noqa: F401 (brings a BLAS of its own, beside that of numpy)
import threadpoolctl

# Small matrices: more threads only wait for each other, for most of the time.
threadpoolctl.threadpool_limits(1, user_api="blas")


@pytest.fixture(autouse=True, scope="module")
def one_thread(request):
    """Let TensorFlow use one thread: that cannot be changed once it has computed.

    It comes before what a module makes once. Tests that train are in one group, so that
    only one worker waits for TensorFlow.
    """
    group = request.node.get_closest_marker("xdist_group")
    if group and group.args == ("training",):
        from pixelwalk.networks import backend

        backend.prepare(1)
