"""Fill in the directives that are the same in every rule of the workflow.

A rule names its inputs, outputs, settings and script. A directive that it leaves out
is filled in when Snakemake registers the rule:

- log and benchmark: ``results/logs/<rule>/<wildcards>.log``, ``results/benchmarks/...``
- constraint of the wildcard {name}: the entries of the section in the output's path, as
  `linear` in ``results/linear/{name}/optimum.h5``
- conda: ``envs/science.yaml``
- resources: an argument of `Completion`
- params: `code`, the fingerprint of the code, and `inputs`, see `by_role`
- group, in studies: ``figures`` for draw_* and judge_*, else ``studies``
"""

import re
from pathlib import Path

_NUMBERED = re.compile(r"figure\d+")


def _number(figure):
    return int(figure.removeprefix("figure"))


class Completion:
    """Complete rules, and record their inputs and figures.

    Attributes
    ----------
    inputs : dict of str to list of str
        The input paths of each rule, by its name; without input functions.
    figures : dict of str to tuple of str
        Title and path of the caption of each figure, by the pattern of its path.
    """

    def __init__(self, workflow, base, *, sections, fingerprint, resources):
        """Complete every rule that the workflow registers from now on.

        Parameters
        ----------
        workflow : snakemake.workflow.Workflow
        base : str
            Folder of the Snakefile; rules of other workflows stay as they are.
        sections : dict of str to str
            Regular expression that matches the entries of a section, by its name.
        fingerprint : callable
            Returns the param `code` for the paths of a script and of a conda file.
        resources : dict
            Default resources.
        """
        self.inputs, self.figures = {}, {}
        self._workflow, self._base = workflow, Path(base).resolve()
        self._sections, self._resources = sections, resources
        self._fingerprint = fingerprint
        self._register, workflow.rule = workflow.rule, self._rule

    def is_ours(self, folder):
        """Return whether a folder is part of this workflow, not of one that uses it."""
        return Path(folder).resolve().is_relative_to(self._base)

    def targets_of(self, studies):
        """List the files that the target rules of studies request."""
        return [path for study in studies for path in self.inputs[study]]

    def claims_of(self, studies):
        """List the files of claims of those studies that have any."""
        return [
            f"results/claims/{study}.json"
            for study in studies
            if f"judge_{study}" in self.inputs
        ]

    def evidence_of(self, studies):
        """List the files from which the claims of studies are judged, sorted."""
        judges = [f"judge_{study}" for study in studies]
        return sorted({path for judge in judges for path in self.inputs.get(judge, ())})

    def figures_of(self, studies):
        """List the names of the studies' figures: by number, then the named ones."""
        paths = map(Path, self.targets_of(studies))
        names = {path.stem for path in paths if path.parent.name == "figures"}
        numbered = sorted(filter(_NUMBERED.fullmatch, names), key=_number)
        return numbered + sorted(names.difference(numbered))

    def caption_of(self, figure):
        """Return name, title and caption of a figure; raise KeyError for others."""
        for pattern, (title, caption) in self.figures.items():
            fixed = map(re.escape, re.split(r"\{\w+\}", pattern))
            if re.fullmatch(".+".join(fixed), f"results/figures/{figure}.svg"):
                text = Path(caption).read_text(encoding="utf-8")
                return {"name": figure, "title": title, "caption": text}
        raise KeyError(figure)

    def _rule(self, name=None, *place, **options):
        """Complete a rule, then register it as Snakemake does."""
        register = self._register(name, *place, **options)

        def decorate(info):
            folder = self._workflow.current_basedir.get_path_or_uri(secret_free=True)
            if self.is_ours(folder):
                self._record(name, folder, info)
                if info.script:
                    self._complete(name, folder, info)
            return register(info)

        return decorate

    def _record(self, name, folder, info):
        self.inputs[name] = written(info.input)
        for path in written(info.output):
            report = getattr(path, "flags", {}).get("report")
            if report and path.startswith("results/figures/"):
                caption = str(Path(folder, report.caption))
                self.figures[str(path)] = report.labels["what"], caption

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
        if not workflow.is_main_process:
            # The job of a submission: a group counts there no longer. As one, its parts
            # would ask for more cores than the submission has.
            info.group = None
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
    """List the paths of inputs or outputs with their wildcards; skip functions."""
    paths = []
    for item in [*files.paths, *files.kwpaths.values()] if files else []:
        paths += item if isinstance(item, (list, tuple)) else [item]
    return [path for path in paths if isinstance(path, str)]
