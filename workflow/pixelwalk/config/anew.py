"""Results that are not what their rules would make now, and why."""

from pixelwalk.jobs import faults, stamps

_WIDEST = 60  # characters of a value that is told


def differing(jobs):
    """Find results that are not what their rules would make now.

    Parameters
    ----------
    jobs : iterable of Snakemake's jobs
        Each after those that it depends on; with `input`, `output` and `params`.

    Returns
    -------
    dict of str to dict
        By the path of each HDF5 file whose stamp is another: what is asked for now.
    """
    expected, found = {}, {}
    for job in jobs:
        paths = [str(path) for path in job.output if path.endswith(".h5")]
        asked = stamps.asked_of(job, expected.get) if paths else None
        for path in paths:
            expected[path] = stamps.stamp(stamps.place_of(path), asked)
            try:
                if stamps.read(path) != expected[path]:
                    found[path] = asked
            except OSError:  # missing, or a stage that reads it tells what is wrong
                continue
    return found


def told(found):
    """Say why results are made anew, but for those that follow from others.

    Parameters
    ----------
    found : dict
        As `differing` gives it.

    Returns
    -------
    list of str
        A line for each reason.
    """
    paths = {}
    for path, asked in found.items():
        if why := _why(path, asked, found):
            paths.setdefault(why, []).append(path)
    return [
        f"{first}{f' and {len(rest)} more' if rest else ''}: {why}; made anew"
        for why, (first, *rest) in paths.items()
    ]


def _why(path, now, found):
    """Say in what a file differs; nothing if only in what it was made from."""
    from pixelwalk import storage  # here, as most runs need no HDF5

    try:
        place, then = storage.asked(path)
    except (OSError, faults.Broken):
        return "broken, or of another layout"
    if place != stamps.place_of(path):
        return f"expected the file of this name, got that of results/{place}"
    if then is None:
        return "made by no rule"
    if then["params"] != now["params"]:
        return _difference(then["params"], now["params"])
    made, asked = (_sources(asked) for asked in (then, now))
    if list(made) != list(asked):
        return f"made from {_listed(made)}, the configuration asks for {_listed(asked)}"
    others = [source for source in asked if made[source] != asked[source]]
    if all(source in found for source in others):
        return None
    return f"made from another {_listed(others)}"


def _sources(asked):
    return {path: stamp for paths in asked["input"].values() for path, stamp in paths}


def _listed(paths):
    first, *rest = paths or ["nothing"]
    return f"{first} and {len(rest)} more" if rest else first


def _difference(then, now):
    then, now = _flat(then), _flat(now)
    changed = [key for key in {**then, **now} if then.get(key) != now.get(key)]
    if changed == ["content"]:
        return "made from a source of other content"
    made, asked = (
        ", ".join(f"{key}: {_short(of.get(key, 'none'))}" for key in changed)
        for of in (then, now)
    )
    return f"made with {made}, the configuration asks for {asked}"


def _flat(params):
    """Give settings by their own names: those of the configuration."""
    flat = {}
    for name, value in params.items():
        flat |= value if isinstance(value, dict) else {name: value}
    return flat


def _short(value):
    text = str(value)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."
