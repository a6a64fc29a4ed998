# Inputs of the rules of the study `transitions`.


def in_transition(pattern, over="graphs"):
    """Give a function that names a file of every graph of a transition, by {name}."""

    def look_up(wildcards):
        names = config["transitions"][wildcards.name]["graphs"]
        if over == "ising":
            names = [config["graphs"][name]["ising"] for name in names]
        return expand(pattern, name=names)

    return look_up
