"""The explorer of a real run, in a real browser, from the disk, with no network."""

import json
from collections import Counter
from types import SimpleNamespace
from urllib.parse import parse_qs

import h5py
import numpy as np
import pytest

from browsers import until
from pixelwalk import graph, storage
from pixelwalk.graph import walk
from pixelwalk.pages import explorer
from pixelwalk.storage.kinds.graph import Graph
from pixelwalk.storage.kinds.pairs import Weights

pytestmark = pytest.mark.xdist_group("browser")

CUT = "at-0.10"
READ = "return document.documentElement.dataset.{}"
PICTURE = "return Array.from(document.getElementById('plot-{}').data[0].z, r => [...r])"
SHOWN = "return document.getElementById('{}').textContent"


@pytest.fixture
def page(browser, finished):
    """Function that opens the page anew at a place of its own, given as address."""

    def open_at(address=f"data=fives&cut={CUT}&theme=light"):
        browser.get("about:blank")
        browser.get_log("performance"), browser.get_log("browser")
        browser.get(f"file://{finished / 'results/explorer.html'}#{address}")
        until(lambda: browser.execute_script(READ.format("ready")))
        return browser

    yield open_at
    severe = [x for x in browser.get_log("browser") if x["level"] == "SEVERE"]
    assert severe == []


def state(driver):
    """What the address says."""
    told = parse_qs(driver.execute_script("return location.hash.slice(1)"))
    return {key: values[0] for key, values in told.items()}


def picture(driver, name):
    return np.array(driver.execute_script(PICTURE.format(name)), float)


def graphs(driver):
    return json.loads(driver.execute_script(SHOWN.format("index")))["graphs"]


def press(driver, keys, on="plot-stationary"):
    element = driver.find_element("id", on)
    driver.execute_script("arguments[0].focus()", element)
    element.send_keys(keys)


def slide(driver, place):
    """Move the slider as a hand does; give the picture when it has been drawn."""
    driver.execute_script(
        "delete document.documentElement.dataset.repaint;"
        "const slider = document.getElementById('cut'); slider.value = arguments[0];"
        "slider.dispatchEvent(new Event('input'))",
        place,
    )
    until(lambda: driver.execute_script(READ.format("repaint")))
    return picture(driver, "stationary")


def row_of(finished, pixel, cut=CUT):
    """A pixel's row of the transition matrix, from the file of the graph."""
    adjacency = storage.read(finished / f"results/graphs/fives/{cut}/graph.h5", Graph)
    return walk.transition_matrix(adjacency.adjacency).toarray()[pixel].reshape(8, 8)


def test_it_asks_nothing_of_any_network(page):
    driver = page()
    asked = [json.loads(x["message"])["message"] for x in driver.get_log("performance")]
    addresses = {
        told["params"]["request"]["url"].partition(":")[0]
        for told in asked
        if told["method"] == "Network.requestWillBeSent"
    }
    assert "file" in addresses and addresses <= {"file", "data", "blob"}


def test_all_graphs_can_be_chosen_and_each_cut_shows_its_walk(page, finished, config):
    driver = page()
    assert {told["name"] for told in graphs(driver)} == set(config["graphs"])
    for told in graphs(driver):
        name = told["name"]
        driver.find_element("css selector", f"option[value={name}]").click()
        until(lambda name=name: state(driver)["data"] == name)
        path = finished / f"results/graphs/{name}/weights.h5"
        weights = storage.read(path, Weights).weights
        seen = set()
        for place, cut in enumerate(told["cuts"]):
            drawn = slide(driver, place)
            assert state(driver)["cut"] == cut["name"]
            expected = walk.stationary_distribution(
                graph.sparsify(weights, cut["name"]), teleport=told["teleport"]
            )[0]
            np.testing.assert_allclose(drawn.ravel(), expected, rtol=1e-6)
            seen.add(drawn.tobytes())
        # Lattices of a few sites, or loops alone, may give the same under two cuts.
        assert len(seen) == len(told["cuts"]) or name != "fives"


def test_pictures_and_numbers_are_those_of_the_files(page, finished, config):
    driver = page()
    for told in graphs(driver):
        cuts = [cut for cut in told["cuts"] if cut["own"]]
        assert {c["name"] for c in cuts} == set(config["graphs"][told["name"]]["cuts"])
        for cut in cuts:
            page(f"data={told['name']}&cut={cut['name']}")
            folder = finished / f"results/graphs/{told['name']}/{cut['name']}"
            with h5py.File(folder / "stationary.h5") as file:
                expected, mean = file["distribution"][()], file["mean"][()]
                share = 100 * file["active_fraction"][()]
            drawn = picture(driver, "stationary")
            np.testing.assert_allclose(drawn, expected, rtol=1e-6)
            np.testing.assert_allclose(picture(driver, "mean"), mean, rtol=1e-6)
            text = driver.execute_script(SHOWN.format("share"))
            assert float(text.rstrip(" %")) == pytest.approx(share, rel=5e-3)
            text = driver.execute_script(SHOWN.format("correlation"))
            if np.ptp(expected) > 1e-9:
                pearson = np.corrcoef(expected.ravel(), mean.ravel())[0, 1]
                assert float(text.removeprefix("r = ")) == pytest.approx(
                    pearson, abs=6e-4
                )


def test_a_click_on_a_pixel_shows_its_row_of_the_transition_matrix(page, finished):
    from selenium.webdriver import ActionChains

    driver = page()
    area = driver.find_element("css selector", "#plot-stationary .nsewdrag")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", area)
    for row, column in ((4, 3), (1, 5)):
        side = area.size["width"] / 8, area.size["height"] / 8
        way = round((column - 3.5) * side[0]), round((row - 3.5) * side[1])
        ActionChains(driver).move_to_element_with_offset(area, *way).click().perform()
        pixel = 8 * row + column
        until(lambda pixel=pixel: state(driver)["pixel"] == str(pixel))
        expected = row_of(finished, pixel)
        assert expected.any()
        np.testing.assert_allclose(picture(driver, "row"), expected, rtol=1e-9)


OWN = (
    "const own = document.getElementById('plot-edges').data.at(-1);"
    "return own.x.map((x, i) => [x, own.y[i]])"
)


def test_an_edge_stays_that_is_among_the_heaviest_of_one_of_its_pixels(
    browser, tmp_path
):
    drawn = np.random.default_rng(6).random((30, 30))
    weights, path = drawn + drawn.T, tmp_path / "explorer.html"
    origin = {"kind": "samples", "source": None}
    origin |= {"settings": {"rows": 6, "columns": 5, "beta": 0.5}}
    attributes = {"settings": {"kind": "same-state"}, "source": origin}
    mean = drawn[0].reshape(6, 5)
    made = SimpleNamespace(weights=weights, mean=mean, attributes=attributes)
    own = {"a": {"cuts": ["knn-2"], "teleport": 0.05, "networks": []}}
    page = explorer.explorer_page([("a", made)], {}, own, first="a")
    path.write_text(page, encoding="utf-8")
    expected = walk.transition_matrix(graph.sparsify(weights, "knn-2")).toarray()
    for pixel in (0, 12, 29):
        browser.get("about:blank")
        browser.get(f"file://{path}#data=a&cut=knn-2&pixel={pixel}")
        until(lambda: browser.execute_script(READ.format("ready")))
        row = picture(browser, "row").ravel()
        np.testing.assert_allclose(row, expected[pixel], rtol=1e-6)


def test_the_edges_of_the_chosen_pixel_are_singled_out(page, finished):
    from selenium.webdriver.common.keys import Keys

    driver = page(f"data=fives&cut={CUT}&pixel=27")
    for key, pixel in (("", 27), (Keys.ARROW_RIGHT, 28), (Keys.ARROW_DOWN, 36)):
        press(driver, key)
        row = row_of(finished, pixel)
        others = set(np.flatnonzero(row)) - {pixel}
        assert others

        def drawn(pixel=pixel):
            ends = zip(*[iter(driver.execute_script(OWN))] * 3, strict=True)
            ends = [(8 * a[1] + a[0], 8 * b[1] + b[0]) for a, b, _ in ends]
            return {sum(pair) - pixel for pair in ends if pixel in pair}

        until(lambda others=others: drawn() == others)


def test_everything_can_be_done_by_keys(page):
    from selenium.webdriver.common.keys import Keys

    driver = page(f"data=fives&cut={CUT}&pixel=27")
    press(driver, Keys.ARROW_RIGHT + Keys.ARROW_DOWN)
    assert state(driver)["pixel"] == "36"
    press(driver, Keys.ARROW_LEFT * 9)
    assert state(driver)["pixel"] == "32"  # the border holds
    names = [cut["name"] for cut in graphs(driver)[0]["cuts"]]
    press(driver, "]")
    assert state(driver)["cut"] == names[names.index(CUT) + 1]
    press(driver, "[[")
    assert state(driver)["cut"] == names[names.index(CUT) - 1]
    press(driver, Keys.ARROW_RIGHT, on="cut")
    assert state(driver)["cut"] == CUT
    press(driver, " ")
    pressed = driver.find_element("id", "play")
    assert pressed.get_attribute("aria-pressed") == "true"
    press(driver, " ")
    assert pressed.get_attribute("aria-pressed") == "false"
    text = until(lambda: driver.execute_script(SHOWN.format("live")))
    assert "of entries" in text


def test_a_view_can_be_linked_to(page):
    address = {"data": "half", "cut": "at-0", "pixel": "6", "theme": "dark"}
    driver = page("&".join(f"{key}={value}" for key, value in address.items()))
    assert state(driver) == address
    assert driver.execute_script(READ.format("theme")) == "dark"
    page("data=no-such&cut=none&pixel=-4&theme=pink")
    assert state(driver)["data"] == "fives"


def test_light_and_dark_can_be_chosen(page):
    driver, seen = page(), []
    for _ in range(3):
        driver.find_element("id", "theme").click()
        shade = "return getComputedStyle(document.body).backgroundColor"
        seen.append((state(driver)["theme"], driver.execute_script(shade)))
    colours = dict(seen)
    assert set(colours) == {"auto", "light", "dark"}
    assert colours["light"] != colours["dark"]


def test_it_fits_the_width_of_a_phone(page):
    driver = page()
    size = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page()
        wide = "return [document.documentElement.scrollWidth, innerWidth]"
        assert driver.execute_script(wide) == [360, 360]
        boxes = driver.find_elements("css selector", ".panels figure")
        assert len({box.location["x"] for box in boxes}) == 1
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


# Of each plot that can be seen the place of its box, and those of its drawings.
BOXES = """
const place = (element) => {
  const box = element.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height].map(Math.round);
};
return [...document.querySelectorAll(".js-plotly-plot")].filter((plot) => !plot.hidden)
  .map((plot) => [plot.id, place(plot), ...Array.from(
    plot.querySelectorAll(".main-svg"), place)]);
"""


def test_after_each_change_of_data_every_drawing_fits_its_box(page):
    driver, seen = page(), Counter()
    told = {each["name"]: each for each in graphs(driver)}
    without = [name for name in told if not told[name]["networks"]]
    # Each with a field after one without, and before.
    order = [n for name in set(told) - set(without) for n in (without[0], name)]
    size = driver.get_window_size()
    try:
        for name in [*order, *without]:
            # While the field is hidden, the window may change, too.
            driver.set_window_size(size["width"] - 90 * (name in without), 1400)
            driver.find_element("css selector", f"option[value={name}]").click()
            until(lambda name=name: state(driver)["data"] == name)

            def fits():
                boxes = driver.execute_script(BOXES)
                return (
                    all(box == d for _, box, *drawn in boxes for d in drawn) and boxes
                )

            seen.update(plot for plot, *_ in until(fits))
    finally:
        driver.set_window_size(size["width"], size["height"])
    assert seen["plot-curve"] == seen["plot-edges"] == len([*order, *without])
    assert 0 < seen["plot-field"] == len(order) / 2


def test_the_visits_of_the_walk_build_up_the_stationary_distribution(page):
    driver = page()
    driver.execute_script("document.getElementById('speed').value = '50000'")
    driver.find_element("id", "play").click()
    goal = picture(driver, "stationary")

    def far():
        return np.abs(picture(driver, "visits") - goal).sum() / 2

    until(lambda: 0 < far() < 0.5)
    until(lambda: far() < 0.03)
    driver.find_element("id", "play").click()
    assert picture(driver, "visits").sum() == pytest.approx(1)


@pytest.mark.parametrize(("ending", "starts"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_the_view_can_be_saved(page, ending, starts):
    driver = page()
    driver.find_element("id", f"save-{ending}").click()
    (path,) = until(lambda: list(driver.saved.glob(f"*.{ending}")))
    assert path.name == f"pixelwalk-fives-{CUT}.{ending}"
    until(lambda: path.stat().st_size > 10_000)
    assert path.read_bytes().startswith(starts)


def test_every_control_has_a_name_and_can_be_reached(page):
    from selenium.webdriver.common.keys import Keys

    driver, reached = page(), set()
    driver.execute_script("document.activeElement.blur()")
    for _ in range(25):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.add(driver.switch_to.active_element.get_attribute("id"))
    controls = driver.find_elements("css selector", "button, select, input")
    assert all(control.accessible_name for control in controls)
    expected = {control.get_attribute("id") for control in controls}
    assert expected | {"plot-stationary"} <= reached
