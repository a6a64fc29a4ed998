"""Another set of digits in the place of MNIST, under names that say so."""


def replace_mnist(config):
    """Put scikit-learn's digits in the place of MNIST, under names that say so.

    Image sets that need MNIST, and the graphs, networks and studies over them, are
    renamed to ``digits-<name>``, and so is what refers to them.

    Parameters
    ----------
    config : dict
        A configuration that `check` has passed; changed in place.

    Returns
    -------
    list of str
        The new names of the image sets.
    """
    renamed = {}
    for name, entry in list(config["images"].items()):
        if entry["source"] == "mnist":
            renamed[name] = _rename(config, "images", name)
            entry["source"] = "digits"
            # The least frequent digit is there 130 times to train and 43 to test.
            most = 100 if entry["part"] == "train" else 40
            if entry["count"] != "all":
                entry["count"] = (
                    "all" if entry["label"] == "any" else min(entry["count"], most)
                )
    renamed = {"images": renamed, "test": renamed, "graph": {}}
    for section in ("graphs", "autoencoders", "linear", "programme"):
        changed = {}
        for name, entry in list(config[section].items()):
            swapped = _swapped(entry, renamed)
            if swapped:
                entry |= swapped
                if section == "linear":
                    entry["reduce"] = 1  # they are small enough as they are
                changed[name] = _rename(config, section, name)
        if section == "graphs":
            renamed["graph"] = changed
        _follow(config["paper"], section, changed)
    _follow(config["paper"], "images", renamed["images"])
    return sorted(renamed["images"].values())


# Where the paper's part of a configuration names entries of a section: each place one,
# a list of them, or a mapping to them.
_NAMED = {
    "images": ("population", "test"),
    "graphs": ("digit",),
    "autoencoders": (),
    "linear": ("linear",),
    "programme": ("programme",),
}


def _swapped(entry, renamed):
    """Give the new names of what an entry refers to, by key."""
    return {
        key: names[entry[key]]
        for key, names in renamed.items()
        if entry.get(key) in names
    }


def _follow(paper, section, changed):
    """Put new names of a section's entries where the paper's part has the old ones."""
    for key in _NAMED[section]:
        named = paper[key]
        if isinstance(named, dict):
            paper[key] = {of: changed.get(name, name) for of, name in named.items()}
        elif isinstance(named, list):
            paper[key] = [changed.get(name, name) for name in named]
        else:
            paper[key] = changed.get(named, named)


def _rename(config, section, name):
    new = f"digits-{name}"
    while new in config[section]:
        new = f"digits-{new}"
    config[section][new] = config[section].pop(name)
    return new
