# Needs: the checked configuration. Makes: what is the same in every rule, said once; see
# workflow/completion.py. What a rule says itself comes first.

from completion import Completion

completion = Completion(
    workflow,
    BASE,
    sections={section: one_of(config[section]) for section in schema.titles()},
    fingerprint=fingerprint,
    resources={"mem_mb": memory_mb(0.5), "runtime": minutes(3)},
)


def wanted(studies):
    """Name the files that the target rules of studies ask for."""
    return [path for study in studies for path in completion.inputs[study]]


def evidence():
    """Name the files by which claims are judged."""
    inputs = completion.inputs
    return sorted(
        {path for name in inputs if name.startswith("judge_") for path in inputs[name]}
    )


def figures_of(studies):
    """Name the figures that studies ask for: by their numbers, then the others."""
    names = {
        Path(path).stem
        for path in wanted(studies)
        if path.startswith("results/figures/")
    }
    numbered = sorted((n for n in names if re.fullmatch(r"figure\d+", n)), key=len)
    return sorted(numbered, key=lambda name: int(name[6:])) + sorted(
        names - {*numbered}
    )


def shown(figure):
    """Give the name, title and caption of a figure, which stand in its rule."""
    (found,) = (
        told
        for pattern, told in completion.figures.items()
        if re.fullmatch(
            "(.+)".join(map(re.escape, re.split(r"\{\w+\}", pattern))),
            f"results/figures/{figure}.svg",
        )
    )
    title, caption = found
    return {"name": figure, "title": title, "caption": report_text(caption)}


def report_text(path):
    """Read a text of the report."""
    with open(path, encoding="utf-8") as file:
        return file.read()
