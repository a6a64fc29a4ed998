"""Results that the configuration has outdated, and why."""

from pixelwalk.jobs import faults, stamps

_WIDEST = 60  # characters of a value in a message


def find(jobs):
    """Return the results with stamps that differ from those of the current requests.

    Parameters
    ----------
    jobs : iterable of Snakemake's jobs
        In topological order, inputs first; with `input`, `output` and `params`.

    Returns
    -------
    dict of str to dict
        The current request (`stamps.request_of`), by the path of each such HDF5 file.
    """
    expected, outdated = {}, {}
    for job in jobs:
        paths = [str(path) for path in job.output if path.endswith(".h5")]
        request = stamps.request_of(job, expected.get) if paths else None
        for path in paths:
            expected[path] = stamps.stamp(stamps.place_of(path), request)
            try:
                if stamps.read(path) != expected[path]:
                    outdated[path] = request
            except OSError:  # missing, or the stage that reads it reports the error
                continue
    return outdated


def reasons(outdated):
    """Return why results are outdated, without those that only follow from others.

    Parameters
    ----------
    outdated : dict
        As `find` returns it.

    Returns
    -------
    list of str
        A line for each reason.
    """
    paths = {}
    for path, request in outdated.items():
        if why := _reason(path, request, outdated):
            paths.setdefault(why, []).append(path)
    return [
        f"{first}{f' and {len(rest)} more' if rest else ''}: {why}; made anew"
        for why, (first, *rest) in paths.items()
    ]


def _reason(path, now, outdated):
    """Return how a file differs; None if only by inputs that are outdated, too."""
    from pixelwalk import storage  # here, since most runs need no HDF5

    try:
        place, then = storage.read_request(path)
    except (OSError, faults.Broken):
        return "broken, or of another layout"
    if place != stamps.place_of(path):
        return f"expected the file of this name, got that of results/{place}"
    if then is None:
        return "made by no rule"
    if then["params"] != now["params"]:
        return _difference(then["params"], now["params"])
    old, new = (_inputs(request) for request in (then, now))
    if list(old) != list(new):
        return f"made from {_listed(old)}, the configuration asks for {_listed(new)}"
    changed = [source for source in new if old[source] != new[source]]
    if all(source in outdated for source in changed):
        return None
    return f"made from another {_listed(changed)}"


def _inputs(request):
    """Return the stamps of the inputs of a request by their paths."""
    return {path: stamp for paths in request["input"].values() for path, stamp in paths}


def _listed(paths):
    first, *rest = paths or ["nothing"]
    return f"{first} and {len(rest)} more" if rest else first


def _difference(then, now):
    then, now = _flat(then), _flat(now)
    changed = [key for key in {**then, **now} if then.get(key) != now.get(key)]
    if changed == ["content"]:
        return "made from a source of other content"
    old, new = (
        ", ".join(f"{key}: {_short(params.get(key, 'none'))}" for key in changed)
        for params in (then, now)
    )
    return f"made with {old}, the configuration asks for {new}"


def _flat(params):
    """Return settings by their names in the configuration."""
    flat = {}
    for name, value in params.items():
        flat |= value if isinstance(value, dict) else {name: value}
    return flat


def _short(value):
    text = str(value)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."
