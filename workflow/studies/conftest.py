"""What the studies' tests share with the others."""

from suite import mnist, pytest_collection_modifyitems
from threads import one_thread

__all__ = ["mnist", "one_thread", "pytest_collection_modifyitems"]
