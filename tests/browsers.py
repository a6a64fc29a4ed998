"""A real browser, headless, for the tests of pages."""

import os
import shutil
import time

import pytest


def headless(tmp_path_factory):
    """Give Chromium with an empty profile, which saves where the test looks."""
    found = [shutil.which(name) for name in ("chromium", "chromedriver")]
    if None in found:
        # Where the tests stand guard, a skipped one would pass for a good one.
        reason = "expected chromium and chromedriver on the path"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    for switch in (
        *("headless=new", "no-sandbox", "disable-gpu", "no-first-run"),
        *("disable-background-networking", "disable-component-update"),
        *("disable-sync", "disable-dev-shm-usage", "window-size=1280,1400"),
        f"user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(f"--{switch}")
    saved = tmp_path_factory.mktemp("saved")
    options.add_experimental_option("prefs", {"download.default_directory": str(saved)})
    options.set_capability(
        "goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"}
    )
    service = webdriver.ChromeService(executable_path=found[1])
    driver = webdriver.Chrome(options=options, service=service)
    driver.saved = saved
    driver.get("about:blank")
    driver.get_log("performance")  # of the browser's own first page
    return driver


def until(what):
    """Wait until something holds, as long as a busy machine may need; give it."""
    end = time.monotonic() + 60
    while not (found := what()):
        assert time.monotonic() < end, "nothing happened within a minute"
        time.sleep(0.02)
    return found
