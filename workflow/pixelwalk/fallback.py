"""Another set of digits in the place of MNIST, under names that say so."""


def replace_mnist(config):
    """Put scikit-learn's digits in the place of MNIST, under names that say so.

    Image sets that need MNIST, and the graphs and autoencoders over them, are renamed
    to ``digits-<name>``, and so is what refers to them.

    Parameters
    ----------
    config : dict
        A configuration that `check` has passed; changed in place.
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
    for section in ("graphs", "autoencoders"):
        for name, entry in list(config[section].items()):
            swapped = {
                key: renamed[entry[key]]
                for key in ("images", "test")
                if entry.get(key) in renamed
            }
            if swapped:
                entry |= swapped
                new = _rename(config, section, name)
                if section == "graphs" and config["paper"]["digit"] == name:
                    config["paper"]["digit"] = new
    for key in ("population", "test"):
        name = config["paper"][key]
        config["paper"][key] = renamed.get(name, name)


def _rename(config, section, name):
    new = f"digits-{name}"
    while new in config[section]:
        new = f"digits-{new}"
    config[section][new] = config[section].pop(name)
    return new
