"""The report of a real run and its summary, in a real browser, from the disk."""

import json
import platform
import re
from collections import Counter
from importlib import metadata

import pytest
import yaml

import pixelwalk
from browsers import until
from pixelwalk import sources
from pixelwalk.config import schema, settings
from pixelwalk.ledger import GROUPS, group
from places import REPOSITORY, STUDIES

FIGURES = [f"figure{number}" for number in range(1, 12)]
pytestmark = pytest.mark.xdist_group("browser")

TEXT = "return arguments[0].textContent"
TOP = "return arguments[0].getBoundingClientRect().top"
SHADE = "return getComputedStyle(arguments[0]).backgroundColor"
# Of a picture that is broken the natural width is 0.
WIDE = "return [arguments[0].complete, arguments[0].naturalWidth]"


@pytest.fixture(scope="module")
def reported(finished, tmp_path_factory):
    """Copy of the finished place, with its report."""
    place = finished.copy(tmp_path_factory.mktemp("reported") / "place")
    run = place.snakemake("--cores", "1", "--report", "results/report.html")
    assert run.returncode == 0, run.stderr
    return place


@pytest.fixture(scope="module")
def ledger(finished):
    return json.loads((finished / "results/claims.json").read_text(encoding="utf-8"))


@pytest.fixture
def opened(browser, reported):
    """Function that opens a page of the results; no error may be on its console."""

    def open_page(name):
        browser.get("about:blank")
        browser.get_log("browser")
        browser.get(f"file://{reported / 'results' / name}")
        return browser

    yield open_page
    severe = [x for x in browser.get_log("browser") if x["level"] == "SEVERE"]
    assert severe == []


@pytest.fixture
def summary(opened):
    return opened("summary.html")


def find(driver, selector):
    return driver.find_elements("css selector", selector)


def the(driver, selector):
    """Give the one element of a kind, once it is there."""
    (element,) = until(lambda: find(driver, selector))
    return element


def press(driver, text):
    """Click on what has just this text in the report's menu."""
    path = f"//a[normalize-space(.)='{text}']"
    until(lambda: driver.find_elements("xpath", path))[0].click()


def text_of(driver, element):
    """All text of an element, seen or not, with single spaces."""
    return " ".join(driver.execute_script(TEXT, element).split())


def in_summary(driver):
    """Open the summary inside of the report."""
    press(driver, "At a glance")
    until(lambda: find(driver, "table a"))[0].click()
    driver.switch_to.frame(the(driver, "iframe"))
    until(lambda: find(driver, "h1"))


def test_the_summary_comes_first_and_is_not_blank_in_the_report(opened, ledger):
    driver = opened("report.html")
    menu = until(lambda: find(driver, "li a"))
    names = [item.text for item in menu if item.text]
    assert names[names.index("About") + 1 :][:2] == ["At a glance", "Figures"]
    in_summary(driver)
    assert "question and results" in the(driver, "h1").text
    assert len(find(driver, "table.ledger tbody tr")) == len(ledger)
    for picture in find(driver, "figure img"):
        complete, width = driver.execute_script(WIDE, picture)
        assert complete and width > 300
    link = find(driver, "table.ledger a[href='#figure5']")[0]
    driver.execute_script("arguments[0].scrollIntoView()", link)
    link.click()
    figure = the(driver, "#figure5")
    until(lambda: 0 <= driver.execute_script(TOP, figure) < 100)


@pytest.mark.parametrize("page", ["report.html", "summary.html"])
def test_the_link_to_the_explorer_works(opened, page):
    driver = opened(page)
    until(lambda: driver.find_elements("link text", "Open the explorer"))[0].click()
    until(
        lambda: driver.execute_script("return document.documentElement.dataset.ready")
    )
    assert driver.current_url.partition("#")[0].endswith("/results/explorer.html")


def test_the_figures_of_the_report_stand_in_order_with_their_titles(opened):
    driver = opened("report.html")
    press(driver, "Figures")
    rows = until(lambda: find(driver, "table tbody tr"))
    told = [row.text.split(maxsplit=1) for row in rows if row.text[:1].isdigit()]
    assert [f"figure{number}" for number, _ in told] == FIGURES
    assert all(len(title) > 10 for _, title in told)


def test_run_times_are_under_statistics(opened):
    driver = opened("report.html")
    press(driver, "Statistics")
    drawn = until(lambda: find(driver, "canvas, svg.marks"))
    assert all(picture.size["height"] > 200 for picture in drawn)
    source = driver.page_source
    for rule in ("sample_ising", "train_programme", "write_summary"):
        assert re.search(rf'"rule": "{rule}", "runtime": [0-9.]+', source)


def test_every_figure_is_there_with_its_caption(summary):
    shown = find(summary, "figure")
    assert [figure.get_attribute("id") for figure in shown] == FIGURES
    for figure in shown:
        name = figure.get_attribute("id")
        (path,) = REPOSITORY.glob(f"workflow/studies/*/{name}.rst")
        caption = path.read_text(encoding="utf-8")
        told = text_of(summary, figure.find_element("tag name", "figcaption"))
        assert told == " ".join(caption.split())
        picture = figure.find_element("tag name", "img")
        complete, width = summary.execute_script(WIDE, picture)
        assert complete and width > 300


def test_verdicts_are_those_of_the_ledger(summary, ledger):
    rows = find(summary, "table.ledger tbody tr")
    told = [[cell.text for cell in find(row, "td")] for row in rows]
    by_group = sorted(ledger, key=lambda entry: list(GROUPS).index(group(entry)))
    assert [row[:3] for row in told] == [
        [entry[key] for key in ("id", "verdict", "statement")] for entry in by_group
    ]
    chips = [chip.text for chip in find(summary, ".counts .verdict")]
    numbers = Counter((group(entry), entry["verdict"]) for entry in ledger)
    assert sorted(chips) == sorted(
        f"{n} {verdict}" for (_, verdict), n in numbers.items()
    )
    counts = Counter(entry["verdict"] for entry in ledger)
    for verdict in counts:
        kind = verdict.replace(" ", "-")
        assert len(find(summary, f"table.ledger .{kind}")) == counts[verdict]


def test_each_link_of_a_claim_leads_to_what_is_seen(summary, ledger):
    links = find(summary, "table.ledger a")
    targets = [link.get_attribute("href").partition("#")[2] for link in links]
    assert {f"claim-{entry['id']}" for entry in ledger} <= set(targets)
    assert set(FIGURES) == {name for name in targets if name.startswith("figure")}
    for name in set(targets):
        summary.execute_script(f"location.hash = {json.dumps(name)}")
        where = the(summary, f"#{name}")
        until(lambda where=where: summary.execute_script(TOP, where) < 800)
        assert where.is_displayed() and where.size["height"] > 50
    for figure in FIGURES:
        assert find(summary, f"#{figure} .back a"), figure


def test_the_configuration_is_the_one_that_was_used(summary, config):
    details = the(summary, "#configuration details")
    assert details.get_attribute("open") is None
    shown = yaml.safe_load(summary.execute_script(TEXT, the(summary, "pre")))
    assert shown["studies"] == "all"
    settings.check(config, schema.load(STUDIES))
    used = {key: config[key] for key in config if key not in sources.ARCHIVES}
    assert shown == used


def test_versions_are_those_that_are_installed(summary):
    rows = [
        [text_of(summary, cell) for cell in find(row, "td")]
        for row in find(summary, "#versions tbody tr")
    ]
    told = dict(rows)
    assert told.pop("pixelwalk") == pixelwalk.__version__
    assert told.pop("python") == platform.python_version()
    assert {"numpy", "scipy", "h5py", "keras", "tensorflow", "matplotlib"} <= set(told)
    assert told == {name: metadata.version(name) for name in told}


def test_no_time_of_the_clock_is_on_the_page_and_it_says_where_they_are(summary):
    text = text_of(summary, the(summary, "#times"))
    assert "Statistics" in text and "results/benchmarks/" in text
    assert not re.search(r"\b\d{1,2}:\d\d\b|\b20[2-9]\d-\d\d", summary.page_source)


def test_light_and_dark_are_those_of_the_system(summary):
    seen = {}
    for scheme in ("light", "dark"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        summary.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        parts = ("body", ".supported", ".refuted", ".not-measured")
        seen[scheme] = [
            summary.execute_script(SHADE, find(summary, part)[0]) for part in parts
        ]
    summary.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert len({*seen["light"], *seen["dark"]}) == 8


def test_it_fits_the_width_of_a_phone(summary, opened):
    size = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    summary.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        opened("summary.html")
        for part in find(summary, "details"):
            summary.execute_script("arguments[0].open = true", part)
        wide = "return [document.documentElement.scrollWidth, innerWidth]"
        assert summary.execute_script(wide) == [360, 360]
    finally:
        summary.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
