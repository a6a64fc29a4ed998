"""Complete the rules of the workflow by what is the same in each of them.

A rule says what goes in, what comes out, its settings and what it asks for. What it
does not say itself is filled in when Snakemake registers it:

- log and benchmark: ``results/logs/<rule>/<wildcards>.log``, ``results/benchmarks/...``
- the wildcard {name}: an entry of the section that the output lies under, as in
  ``results/linear/{name}/optimum.h5``
- conda: ``envs/science.yaml``
- resources and the fingerprint of the code, as the caller gives them
- params: `code`, the fingerprint, and `inputs`, see `by_role`
- group: of studies ``figures`` for draw_* and judge_*, else ``studies``
"""

import re
from pathlib import Path

_NUMBERED = re.compile(r"figure\d+")


def _number(figure):
    return int(figure.removeprefix("figure"))


class Completion:
    """Completes rules, and notes what others look up in them.

    Attributes
    ----------
    inputs : dict of str to list of str
        By the name of a rule, its inputs as they are written, but for functions.
    figures : dict of str to tuple of str
        By the pattern of its path, title and path of the caption of each figure.
    """

    def __init__(self, workflow, base, *, sections, fingerprint, resources):
        """Let a workflow complete each rule that it registers from now on.

        Parameters
        ----------
        workflow : snakemake.workflow.Workflow
        base : str
            Folder of the Snakefile; rules of other workflows are left alone.
        sections : dict of str to str
            By its name, the regular expression of the entries of each section.
        fingerprint : callable
            Of the paths of a script and of a conda file, gives the param `code`.
        resources : dict
            Default resources.
        """
        self.inputs, self.figures = {}, {}
        self._workflow, self._base = workflow, Path(base).resolve()
        self._sections, self._resources = sections, resources
        self._fingerprint = fingerprint
        self._register, workflow.rule = workflow.rule, self._rule

    def is_ours(self, folder):
        """Tell a folder of this workflow from one of a workflow that uses it."""
        return Path(folder).resolve().is_relative_to(self._base)

    def wanted(self, studies):
        """Name the files that the target rules of studies ask for."""
        return [path for study in studies for path in self.inputs[study]]

    def judged(self, studies):
        """Name the files with the claims of those of some studies that judge any."""
        return [
            f"results/claims/{study}.json"
            for study in studies
            if f"judge_{study}" in self.inputs
        ]

    def evidence(self, studies):
        """Name the files by which the claims of studies are judged."""
        judges = [f"judge_{study}" for study in studies]
        return sorted({path for judge in judges for path in self.inputs.get(judge, ())})

    def figures_of(self, studies):
        """Name the figures that studies ask for: by their numbers, then the others."""
        paths = map(Path, self.wanted(studies))
        names = {path.stem for path in paths if path.parent.name == "figures"}
        numbered = sorted(filter(_NUMBERED.fullmatch, names), key=_number)
        return numbered + sorted(names.difference(numbered))

    def shown(self, figure):
        """Give name, title and caption of a figure, as its rule has them."""
        for pattern, (title, caption) in self.figures.items():
            fixed = map(re.escape, re.split(r"\{\w+\}", pattern))
            if re.fullmatch(".+".join(fixed), f"results/figures/{figure}.svg"):
                text = Path(caption).read_text(encoding="utf-8")
                return {"name": figure, "title": title, "caption": text}
        raise KeyError(figure)

    def _rule(self, name=None, *place, **options):
        """Register a rule as Snakemake does, once it is complete."""
        register = self._register(name, *place, **options)

        def decorate(info):
            folder = self._workflow.current_basedir.get_path_or_uri(secret_free=True)
            if self.is_ours(folder):
                self._note(name, folder, info)
                if info.script:
                    self._complete(name, folder, info)
            return register(info)

        return decorate

    def _note(self, name, folder, info):
        self.inputs[name] = written(info.input)
        for path in written(info.output):
            shown = getattr(path, "flags", {}).get("report")
            if shown and path.startswith("results/figures/"):
                caption = str(Path(folder, shown.caption))
                self.figures[str(path)] = shown.labels["what"], caption

    def _complete(self, name, folder, info):
        workflow, path = self._workflow, written(info.output)[0]
        wildcards = "/".join(re.findall(r"\{\w+\}", path))
        place = f"{name}/{wildcards}".rstrip("/")
        if not info.log:
            workflow.log(f"results/logs/{place}.log")(info)
        if not info.benchmark:
            workflow.benchmark(f"results/benchmarks/{place}.tsv")(info)
        section = re.match(r"results/(\w+)/\{name\}/", path)
        if not info.wildcard_constraints and section:
            entries = self._sections.get(section[1], "[^/]+")
            workflow.register_wildcard_constraints(name=entries)(info)
        if not info.conda_env:
            workflow.conda(f"{self._base}/envs/science.yaml")(info)
        if info.group is None and Path(folder).parent.name == "studies":
            drawn = name.startswith(("draw_", "judge_"))
            workflow.group("figures" if drawn else "studies")(info)
        _, resources = info.resources or ((), {})
        workflow.resources(**self._resources | resources)(info)
        _, params = info.params or ((), {})
        code = self._fingerprint(
            Path(folder, info.script), Path(folder, info.conda_env)
        )
        workflow.params(**{"code": code, "inputs": by_role(info.input)} | params)(info)


def by_role(files):
    """Return a function of wildcards that lists the inputs of a rule by their names.

    As a param it reruns a job when the roles or the order of its inputs change, since
    Snakemake itself compares inputs as an unordered set. (A param that is made from
    Snakemake's own `input` would count for nothing.)
    """
    roles = files.kwpaths if files else {}

    def look_up(wildcards):
        return {
            name: paths(wildcards) if callable(paths) else paths
            for name, paths in roles.items()
        }

    return look_up


def written(files):
    """List the paths of inputs or outputs as they are written, but for functions."""
    paths = []
    for item in [*files.paths, *files.kwpaths.values()] if files else []:
        paths += item if isinstance(item, (list, tuple)) else [item]
    return [path for path in paths if isinstance(path, str)]
