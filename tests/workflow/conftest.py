"""Places, runs and mirrors for the tests of the workflow."""

from runs import (
    asked,
    browser,
    config,
    dead,
    emptied,
    finished,
    first_run,
    mirror,
    mnist_config,
    new_place,
    place,
    rerun,
    server,
    shared_folder,
    the_error,
)

__all__ = [
    "asked",
    "browser",
    "config",
    "dead",
    "emptied",
    "finished",
    "first_run",
    "mirror",
    "mnist_config",
    "new_place",
    "place",
    "rerun",
    "server",
    "shared_folder",
    "the_error",
]
