"""What the tests share."""

from suite import mnist, pytest_collection_modifyitems

__all__ = ["mnist", "pytest_collection_modifyitems"]
