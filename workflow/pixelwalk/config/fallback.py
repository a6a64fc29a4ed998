"""Fallback from MNIST to the digits of scikit-learn, under changed names."""


def replace_mnist(config, schema):
    """Replace MNIST by the digits of scikit-learn, under changed names.

    Each image set of MNIST is renamed ``digits-<name>``, and so is every entry that
    refers to one, directly or not.

    Parameters
    ----------
    config : dict
        A configuration that `settings.check` has accepted; changed in place.
    schema : Schema
        Defines which settings refer to entries of which section.

    Returns
    -------
    list of str
        New names of the image sets, sorted.
    """
    renamed = {"images": {}}
    for name, entry in list(config["images"].items()):
        if entry["source"] == "mnist":
            renamed["images"][name] = _rename(config, "images", name)
            _replace(entry)
    followed = set()
    while _follow(config, schema, renamed, followed):
        pass
    return sorted(renamed["images"].values())


def _replace(entry):
    """Change an image set of MNIST to the digits of scikit-learn."""
    entry["source"] = "digits"
    # The least frequent digit has 130 training and 43 test images.
    most = 100 if entry["part"] == "train" else 40
    if entry["count"] != "all":
        entry["count"] = "all" if entry["label"] == "any" else min(entry["count"], most)


def _follow(config, schema, renamed, followed):
    """Change references to renamed entries, and rename the entries that hold them.

    Each reference is changed once; `followed` collects their holders and places.
    Return whether any was changed.
    """
    holders = []
    for reference in list(schema.references(config)):
        location = id(reference.holder), reference.place
        new = renamed.get(reference.section, {}).get(reference.name)
        if new and location not in followed:
            followed.add(location)
            reference.change(new)
            holders.append(reference.path[:2])
    for section, name in dict.fromkeys(holders):
        if section in schema.titles() and name not in renamed.get(section, {}).values():
            if adapt := getattr(schema.studies.get(section), "fall_back", None):
                adapt(config[section][name])
            renamed.setdefault(section, {})[name] = _rename(config, section, name)
    return bool(holders)


def _rename(config, section, name):
    new = f"digits-{name}"
    while new in config[section]:
        new = f"digits-{new}"
    config[section][new] = config[section].pop(name)
    return new
