"""Render the explorer as one self-contained HTML file."""

import logging
from functools import partial
from importlib import metadata

import numpy as np

from pixelwalk import storage
from pixelwalk.pages import templates
from pixelwalk.pages.explorer import packing
from pixelwalk.pages.explorer.series import nearest_fields, series

#: Parts of the page's program, in their order.
PROGRAM = ("numbers.js", "pictures.js", "walk.js", "page.js")

#: Largest number of characters of the page.
MOST_CHARACTERS = 14_800_000

_HERE = "pixelwalk.pages.explorer"

log = logging.getLogger(__name__)


def explorer_page(
    graphs, fields, settings, *, first, left_out=(), most=MOST_CHARACTERS
):
    """Render the explorer.

    Parameters
    ----------
    graphs : iterable of (str, object)
        Name, and averaged pair weights with `weights`, `mean` and `attributes`, as
        `storage.read` returns them.
    fields : dict of ndarray, shape (hidden, rows, columns)
        Receptive fields by network.
    settings : dict of dict
        For each graph its `cuts`, its `teleport` and the `networks` trained on the same
        images.
    first : str
        Name of the graph that is shown first.
    left_out : iterable of str, optional
        Names of graphs that are too large for the page.
    most : int, optional
        Largest number of characters. Beyond it, the lightest entries of the largest
        graphs are dropped, then whole graphs; the page and the log say so.

    Returns
    -------
    str
        HTML with styles, programs, plotly.js and all data inside.
    """
    fields = {name: np.asarray(array, float) for name, array in fields.items()}
    packed = [_graph(*named, fields, settings) for named in graphs]
    packed.sort(key=lambda each: each.metadata["order"])
    index = {
        "first": first,
        "networks": _networks(packed, fields),
        "leftOut": sorted(left_out),
        "difference": _difference(),
        "graphs": [each.metadata for each in packed],
    }
    render = partial(templates.render, _HERE, **_parts())
    room = most - len(render(index=templates.json_text(index), texts=[])) - 10_000
    packed, more = packing.fit(packed, room)
    index["leftOut"] = sorted([*left_out, *more])
    index["graphs"] = [each.metadata for each in packed]
    texts = [each.text for each in packed]
    page = render(index=templates.json_text(index), texts=texts)
    log.info("%d graphs, %.1f MB", len(packed), len(page) / 1e6)
    return page


def _graph(name, averaged, fields, settings):
    """Return the data of a graph for the page, packed."""
    shape, own = averaged.mean.shape, settings[name]
    cuts = series(averaged.weights, averaged.mean, own["cuts"], own["teleport"])
    log.info("%s: %d cuts", name, len(cuts))
    ranks, levels, least = packing.rank(averaged.weights, [cut.least for cut in cuts])
    arrays = {
        "levels": levels,
        "mean": averaged.mean.astype(np.float32),
        "distributions": np.array([c.distribution for c in cuts], np.float32),
        # For every cut and pixel; equal values take no space once compressed.
        "least": np.array([np.broadcast_to(x, averaged.mean.size) for x in least]),
        "ranks": ranks,
    }
    arrays["least"] = arrays["least"].astype(np.uint32)
    networks = [n for n in own["networks"] if fields[n].shape[1:] == shape]
    if networks:
        flat = [fields[n].reshape(-1, averaged.mean.size) for n in networks]
        near = [nearest_fields(cut.adjacency, np.concatenate(flat)) for cut in cuts]
        arrays["nearest"] = np.array([index for index, _ in near], np.int32)
        arrays["likeness"] = np.array([size for _, size in near], np.float32)
    origin = storage.origin(averaged.attributes)
    source = origin["settings"]
    weight = averaged.attributes["settings"]
    metadata = {
        "name": name,
        "order": [origin["kind"] != "images", str(source.get("label", "any")), name],
        "description": storage.describe_images(averaged.attributes),
        "kind": weight.get("kind"),
        "rows": shape[0],
        "columns": shape[1],
        "grey": origin["kind"] == "images",
        "boundary": source.get("boundary", "free"),
        # Spins from a file may come from a simulation with a field.
        "even": source.get("field") == 0 and "source" not in source,
        "teleport": own["teleport"],
        "networks": networks,
        "kept": None,
        "cuts": [_describe(cut) for cut in cuts],
    }
    floors = [int(x[0]) if len(x) == 1 else None for x in least]
    return packing.Packed(name, metadata, arrays, [cut.share for cut in cuts], floors)


def _describe(cut):
    """Return the numbers of a cut that the page shows."""
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
    """Return the receptive fields of the networks that graphs name, packed."""
    used = sorted({name for each in packed for name in each.metadata["networks"]})
    networks = {}
    for name in used:
        text, places = packing.pack({"fields": fields[name].astype(np.float32)})
        networks[name] = {"count": len(fields[name]), "arrays": places, "text": text}
    return networks


def _difference():
    """Return the colour scale of values around 0."""
    from plotly import colors  # only here, since the import takes time

    return colors.make_colorscale(colors.diverging.RdBu_r)


def _parts():
    """Return the parts of the page that do not depend on data."""
    from plotly import offline  # only here, since the import takes time

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
