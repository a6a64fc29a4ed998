"""Another set of digits in the place of MNIST, under names that say so."""


def replace_mnist(config, schema):
    """Replace MNIST by scikit-learn's digits, under names that say so.

    Image sets of MNIST become ``digits-<name>``, and so does every entry that refers to
    one, directly or not.

    Parameters
    ----------
    config : dict
        A configuration that `settings.check` has passed; changed in place.
    schema : Schema
        It says which settings refer to entries of which section.

    Returns
    -------
    list of str
        New names of the image sets.
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
    """Turn an image set of MNIST into one of scikit-learn's digits."""
    entry["source"] = "digits"
    # The least frequent digit is there 130 times to train and 43 to test.
    most = 100 if entry["part"] == "train" else 40
    if entry["count"] != "all":
        entry["count"] = "all" if entry["label"] == "any" else min(entry["count"], most)


def _follow(config, schema, renamed, followed):
    """Change references to renamed entries, and rename the entries that hold them.

    Each reference, by its holder and place, is changed once: `followed` collects them.
    Returns whether there were any.
    """
    holders = []
    for reference in list(schema.references(config)):
        this = id(reference.holder), reference.place
        new = renamed.get(reference.section, {}).get(reference.name)
        if new and this not in followed:
            followed.add(this)
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
