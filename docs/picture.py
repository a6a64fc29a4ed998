"""Save the README's picture of the explorer, as a part of `make docs`.

Needs a finished run, Chromium, and its driver.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

PAGE = Path("results/explorer.html")
# The fives with 4.7 % of all edges left, and a pixel of the bow.
VIEW = "data=fives&cut=top-0.0474&pixel=437&theme=light"
SIZE = (1200, 975)  # pixels: down to the end of the first row of panels
READY = "return document.documentElement.dataset.ready"
COLOURS = 256  # of a palette: the file is half the size, and looks the same


def main(path):
    """Open the explorer at a view and save a screenshot as PNG."""
    if not PAGE.exists():
        sys.exit(f"error: {PAGE}: expected the explorer of a run; run `make` first")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for switch in ("headless=new", "no-sandbox", "disable-gpu", "hide-scrollbars"):
        options.add_argument(f"--{switch}")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    with webdriver.Chrome(options=options, service=service) as driver:
        size = dict(zip(("width", "height"), SIZE, strict=True))
        size |= {"deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.get(f"{PAGE.resolve().as_uri()}#{VIEW}")
        WebDriverWait(driver, 60).until(lambda it: it.execute_script(READY))
        screenshot = driver.get_screenshot_as_png()
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    plain = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    plain.save(path, "PNG", optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
