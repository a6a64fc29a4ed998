"""Put the explorer's page together: text of one file that needs no other one."""

import logging
from functools import partial
from importlib import metadata

import numpy as np

from pixelwalk import storage
from pixelwalk.pages import templates
from pixelwalk.pages.explorer import packing
from pixelwalk.pages.explorer.series import nearest_fields, series

#: The program of the page, in the order in which its parts are read.
PROGRAM = ("numbers.js", "pictures.js", "walk.js", "page.js")

#: Characters that the whole page may have.
MOST_CHARACTERS = 14_800_000

_HERE = "pixelwalk.pages.explorer"

log = logging.getLogger(__name__)


def explorer_page(
    graphs, fields, settings, *, first, left_out=(), most=MOST_CHARACTERS
):
    """Render the page.

    Parameters
    ----------
    graphs : iterable of (str, object)
        A name, and averaged pair weights with `weights`, `mean` and `attributes`, as
        `storage.read` gives them.
    fields : dict of ndarray, shape (hidden, rows, columns)
        Receptive fields, by the name of the network.
    settings : dict of dict
        For each graph its `cuts`, its `teleport` and the `networks` that see such
        images.
    first : str
        Name of the graph that is shown first.
    left_out : iterable of str, optional
        Names of graphs that are too large to be here.
    most : int, optional
        Characters that the page may have. Where there is more, the lightest entries of
        the largest graphs go, and then whole graphs; the page and the log say so.

    Returns
    -------
    str
        HTML, with styles, programs, plotly.js and all numbers inside.
    """
    fields = {name: np.asarray(some, float) for name, some in fields.items()}
    packed = [_graph(*named, fields, settings) for named in graphs]
    packed.sort(key=lambda each: each.told["order"])
    index = {
        "first": first,
        "networks": _networks(packed, fields),
        "leftOut": sorted(left_out),
        "difference": _difference(),
        "graphs": [each.told for each in packed],
    }
    render = partial(templates.render, _HERE, **_parts())
    room = most - len(render(index=templates.json_text(index), texts=[])) - 10_000
    packed, more = packing.fit(packed, room)
    index["leftOut"] = sorted([*left_out, *more])
    index["graphs"] = [each.told for each in packed]
    texts = [each.text for each in packed]
    page = render(index=templates.json_text(index), texts=texts)
    log.info("%d graphs, %.1f MB", len(packed), len(page) / 1e6)
    return page


def _graph(name, averaged, fields, settings):
    """Everything of a graph that the page needs, packed."""
    shape, own = averaged.mean.shape, settings[name]
    found = series(averaged.weights, averaged.mean, own["cuts"], own["teleport"])
    log.info("%s: %d cuts", name, len(found))
    ranks, levels, least = packing.rank(averaged.weights, [cut.least for cut in found])
    arrays = {
        "levels": levels,
        "mean": averaged.mean.astype(np.float32),
        "distributions": np.array([c.distribution for c in found], np.float32),
        # Of every pixel under every cut; where they are equal, compressed to nothing.
        "least": np.array([np.broadcast_to(x, averaged.mean.size) for x in least]),
        "ranks": ranks,
    }
    arrays["least"] = arrays["least"].astype(np.uint32)
    networks = [n for n in own["networks"] if fields[n].shape[1:] == shape]
    if networks:
        every = np.concatenate(
            [fields[n].reshape(-1, averaged.mean.size) for n in networks]
        )
        near = [nearest_fields(cut.adjacency, every) for cut in found]
        arrays["nearest"] = np.array([index for index, _ in near], np.int32)
        arrays["likeness"] = np.array([size for _, size in near], np.float32)
    made = storage.origin(averaged.attributes)
    label = made["settings"].get("label", "any")
    weight = averaged.attributes["settings"]
    told = {
        "name": name,
        "order": [made["kind"] != "images", str(label), name],
        "description": storage.describe_images(averaged.attributes),
        "kind": weight.get("kind"),
        "rows": shape[0],
        "columns": shape[1],
        "grey": made["kind"] == "images",
        "boundary": made["settings"].get("boundary", "free"),
        # Spins of a simulator of one's own may have been in a field.
        "even": made["settings"].get("field") == 0 and "source" not in made["settings"],
        "teleport": own["teleport"],
        "networks": networks,
        "kept": None,
        "cuts": [_told(cut) for cut in found],
    }
    floors = [int(x[0]) if len(x) == 1 else None for x in least]
    return packing.Packed(name, told, arrays, [cut.share for cut in found], floors)


def _told(cut):
    """Give what the page says of a cut."""
    known = np.isfinite(cut.correlation)
    return {
        "name": cut.name,
        "own": cut.own,
        "share": cut.share,
        "edges": cut.edges,
        "pieces": cut.pieces,
        "lone": cut.lone,
        "correlation": cut.correlation if known else None,
    }


def _networks(packed, fields):
    """Receptive fields of the networks that graphs name, packed."""
    used = sorted({name for each in packed for name in each.told["networks"]})
    found = {}
    for name in used:
        text, places = packing.pack({"fields": fields[name].astype(np.float32)})
        found[name] = {"count": len(fields[name]), "arrays": places, "text": text}
    return found


def _difference():
    """Colours of what is below and above 0, as the figures have them."""
    from plotly import colors  # takes a moment

    return colors.make_colorscale(colors.diverging.RdBu_r)


def _parts():
    """Read the parts of the page that are the same for all data."""
    from plotly import offline  # takes a moment

    (licence,) = (
        path
        for path in metadata.files("plotly")
        if path.match("plotly-*.dist-info/**/LICENSE.txt")
    )
    return {
        "program": "\n".join(templates.read(_HERE, name) for name in PROGRAM),
        "plotly": offline.get_plotlyjs(),
        "licence": licence.read_text(encoding="utf-8"),
    }
