# Input functions for the rules of the study `transitions`.


def in_transition(pattern, over="graphs"):
    """Return a function of {name}: a file of each graph, or ensemble, of a transition."""

    def look_up(wildcards):
        names = config["transitions"][wildcards.name]["graphs"]
        if over == "ising":
            names = [config["graphs"][name]["ising"] for name in names]
        return expand(pattern, name=names)

    return look_up
