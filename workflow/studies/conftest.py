"""What the studies' tests share with the others."""

from runs import config, finished, first_run, rerun, shared_folder
from suite import mnist, pytest_collection_modifyitems
from threads import one_thread

__all__ = [
    "config",
    "finished",
    "first_run",
    "mnist",
    "one_thread",
    "pytest_collection_modifyitems",
    "rerun",
    "shared_folder",
]
