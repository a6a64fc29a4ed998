"""What holds of every study, whichever there are: nothing here names one."""

import copy
import importlib
import inspect
import json
import re
import runpy
from pathlib import Path

import h5py
import pytest
import yaml

import dag
from edits import compare, counted, following, more, reached_by_code, setting
from pixelwalk import storage
from pixelwalk.config import schema
from pixelwalk.storage.kind import Kind, mismatches
from places import REPOSITORY, STUDIES, copy_workflow, small

FOLDER = REPOSITORY / "workflow/studies"
CORE = REPOSITORY / "workflow/pixelwalk/storage/kinds"
PAGES = {"write_ledger", "write_summary"}
each = pytest.mark.parametrize("study", STUDIES)


@pytest.fixture(scope="module")
def workflow(tmp_path_factory):
    """The workflow over the small configuration, loaded."""
    return dag.load(copy_workflow(tmp_path_factory.mktemp("studies"), small()))


@pytest.fixture(scope="module")
def rules(workflow):
    """Rules of each study, by the name of the study."""
    found = {study: [] for study in STUDIES}
    for rule in workflow.rules:
        folder = Path(rule.basedir.get_path_or_uri(secret_free=True))
        if folder.parent.name == "studies":
            found[folder.name].append(rule)
    return found


def judges(rules, study):
    return [rule for rule in rules[study] if rule.name == f"judge_{study}"]


def paths(files):
    return {str(path) for path in files}


def test_the_list_in_the_snakefile_has_every_folder(workflow):
    assert sorted(workflow.globals["STUDIES"]) == STUDIES


def test_a_name_in_the_snakefile_without_a_folder_is_told_in_one_line(place):
    path = place / "Snakefile"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"digit",', '"toy", "digit",'), encoding="utf-8")
    run = place.snakemake("-n")
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert run.stderr.splitlines()[-1] == (
        "error: STUDIES of the Snakefile: expected folders of workflow/studies with "
        f"rules.smk ({', '.join(STUDIES)}), got 'toy'"
    )


@pytest.mark.parametrize("chosen", ["all", STUDIES[::-1], STUDIES[1:2], []], ids=str)
def test_the_configuration_selects_studies(place, config, chosen):
    config["studies"] = chosen
    place.configure(config)
    made = dag.outputs(dag.load(place))
    claims = {path.stem for path in map(Path, made) if path.parent.name == "claims"}
    judged = {path.parent.name for path in FOLDER.glob("*/claims.py")}
    assert claims == (judged if chosen == "all" else judged & set(chosen))


@each
def test_a_study_says_what_it_is_about(study):
    text = (FOLDER / study / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ") and len(text.splitlines()) > 20


@each
def test_a_target_of_its_name_makes_its_figures_and_claims(study, rules):
    (target,) = (rule for rule in rules[study] if rule.name == study)
    asked = paths(target.input)
    for rule in rules[study]:
        for path in paths(rule.output):
            if path.startswith(("results/figures/", "results/claims/")):
                pattern = re.sub(r"\\\{.*?\\\}", ".+", re.escape(path))
                assert "{" in path or any(re.fullmatch(pattern, p) for p in asked), path


@each
def test_its_stages_are_scripts_of_the_names_of_their_rules(study, rules):
    names = {
        rule.name: re.sub("^draw_|^judge_.*", "", rule.name) or "claims"
        for rule in rules[study]
        if rule.script
    }
    for rule in filter(lambda rule: rule.script, rules[study]):
        assert rule.script == f"{names[rule.name]}.py"
        text = (FOLDER / study / rule.script).read_text(encoding="utf-8")
        assert 'if __name__ == "__main__":' in text
        assert not re.search(r"snakemake\.(config|(input|output)\[)", text)


@each
def test_its_figures_have_captions_and_titles(study, rules):
    for rule in rules[study]:
        for file in rule.output:
            if str(file).startswith("results/figures/") and "report" in file.flags:
                shown = file.flags["report"]
                caption = FOLDER / study / str(shown.caption)
                text = caption.read_text(encoding="utf-8")
                assert len(text) > 100 and "{{" not in text
                assert re.search(r"\b(Look|look|Compare|compare)\b", text), caption
                assert shown.category == "Figures" and len(shown.labels["what"]) > 10


def kinds_of(module):
    return [
        item
        for _, item in inspect.getmembers(module, inspect.isclass)
        if issubclass(item, Kind) and item.__module__ == module.__name__
    ]


@pytest.fixture(scope="module")
def kinds():
    """Every kind of file, of the core and of studies, by its name."""
    names = [f"pixelwalk.storage.kinds.{path.stem}" for path in CORE.glob("[a-z]*.py")]
    names += [f"studies.{path.parent.name}.kinds" for path in FOLDER.glob("*/kinds.py")]
    found = [kind for name in names for kind in kinds_of(importlib.import_module(name))]
    assert len({kind.kind for kind in found}) == len(found) > 20
    return {kind.kind: kind for kind in found}


def test_each_kind_is_made_by_a_rule_and_stands_in_the_reference(kinds, workflow):
    outputs = {
        re.sub(r"\{(\w+)[^}]*\}", r"<\1>", str(path)).removeprefix("results/")
        for rule in workflow.rules
        for path in rule.output
    }
    assert {kind.file for kind in kinds.values()} <= outputs
    page = (REPOSITORY / "docs/files.md").read_text(encoding="utf-8")
    script = runpy.run_path(str(REPOSITORY / "docs/files.py"))
    assert page == script["page"](), "python docs/files.py writes it anew"


def test_files_hold_what_their_kinds_say(finished, kinds):
    seen = set()
    for path in (finished / "results").rglob("*.h5"):
        with h5py.File(path) as file:
            kind = kinds[bytes(file.attrs["kind"]).decode()]
        content = storage.read(path, kind)
        place = str(path.relative_to(finished / "results"))
        assert re.fullmatch(re.sub(r"<\w+>", "[^/]+", kind.file), place)
        assert list(mismatches(content)) == [], path
        seen.add(kind.kind)
    # Shards and transitions are not made by the small configuration.
    assert set(kinds) - seen <= {"shard", "sums", "transition"}


@each
def test_evidence_is_among_what_is_judged(study, rules, finished):
    for rule in judges(rules, study):
        path = f"results/claims/{study}.json"
        assert paths(rule.output) == {path}
        claims = json.loads((finished / path).read_text(encoding="utf-8"))
        assert claims
        figures = {
            p.removeprefix("results/figures/").partition(".")[0]
            for other in STUDIES
            for drawing in rules[other]
            for p in paths(drawing.output)
            if p.startswith("results/figures/")
        }
        for claim in claims:
            assert claim["study"] == study
            assert claim["evidence"] and set(claim["evidence"]) <= paths(rule.input)
            assert set(claim["figures"]) <= figures


def test_each_measurement_has_a_null_and_no_theorem_has_one(finished):
    claims = json.loads((finished / "results/claims.json").read_text("utf-8"))
    measured = [c for c in claims if c["verdict"] != "not measured"]
    without = {claim["id"] for claim in measured if not claim["null"]}
    assert without == {c["id"] for c in measured if c["nature"] == "theorem"}


def test_the_ledger_is_what_the_studies_judge(finished, workflow):
    claims = [
        claim
        for study in workflow.globals["STUDIES"]
        if (path := finished / f"results/claims/{study}.json").is_file()
        for claim in json.loads(path.read_text(encoding="utf-8"))
    ]
    assert json.loads((finished / "results/claims.json").read_text("utf-8")) == claims
    assert len({claim["id"] for claim in claims}) == len(claims) > 20


@each
def test_what_measures_does_not_reach_the_ledger(study, rules):
    reached = reached_by_code("workflow/pixelwalk/ledger/claim.py")
    measuring = {rule.name for rule in rules[study]} - {f"judge_{study}"}
    assert not measuring & reached


@each
def test_another_wording_of_a_claim_reruns_its_judge_and_the_pages(
    study, rules, rerun, config
):
    if judges(rules, study):
        change = more(f"workflow/studies/{study}/claims.py", "_ADDED = 'words'")
        table = {"words": (change, f"judge_{study}")}
        expected, seen = compare(rerun, config, table, "words")
        assert seen == expected and set(seen) == {f"judge_{study}", *PAGES}


@each
def test_a_kind_more_reruns_only_what_reads_or_writes_those_of_the_study(
    study, rerun, config
):
    path = f"workflow/studies/{study}/kinds.py"
    change = more(path, "class Added(Kind, kind='added'):\n    '''Added.'''")
    roots = reached_by_code(path)
    change(rerun, config)
    loaded = dag.load(rerun)
    roots &= {job.rule.name for job in loaded.dag.jobs}
    assert counted(loaded.dag.needrun_jobs()) == following(loaded, roots)


def leaves(study):
    """Settings of a study in the small configuration, and other values of each."""
    path = FOLDER / study / "schema.yaml"
    part = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    whole = schema.load(STUDIES)
    config = small()
    for section, about in part.get("properties", {}).items():
        if section == "paper":
            entries = [((section,), about["properties"])]
        else:
            inner = whole.document["$defs"].get(
                about["additionalProperties"].get("$ref", "").rpartition("/")[2],
                about["additionalProperties"],
            )
            entries = [
                ((section, name), inner["properties"])
                for name in list(config.get(section, {}))[:1]
            ]
        for keys, properties in entries:
            for key, rule in properties.items():
                rule = resolved(rule, whole)
                if not names_entries(rule, whole):
                    yield (*keys, key), rule


def names_entries(rule, whole):
    """Tell whether a setting, or a part of it, names an entry of a section."""
    rule = resolved(rule, whole)
    parts = [*rule.get("properties", {}).values(), rule.get("items", {})]
    return "refers" in rule or any(names_entries(part, whole) for part in parts if part)


def resolved(rule, whole):
    while "$ref" in rule:
        shared = whole.document["$defs"][rule["$ref"].rpartition("/")[2]]
        rule = shared | {key: value for key, value in rule.items() if key != "$ref"}
    return rule


def others(rule, value):
    """Values of a setting besides one that it has, nearest first."""
    if "enum" in rule:
        yield from (choice for choice in rule["enum"] if choice != value)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, list) and value:
        yield value[:-1]
        for other in others({}, value[-1]):
            yield [*value[:-1], other]
    elif isinstance(value, int):
        yield from (value + 1, value - 1, value + 2, value - 2, value + 8)
    elif isinstance(value, float):
        yield from (value * 0.9, value * 1.1)


LEAVES = [(study, keys) for study in STUDIES for keys, _ in leaves(study)]


@pytest.mark.parametrize(
    ("study", "keys"), LEAVES, ids=[".".join(keys) for _, keys in LEAVES]
)
def test_a_setting_reruns_jobs_of_its_study_and_none_of_another(
    study, keys, rules, rerun
):
    rule = dict(leaves(study))[keys]
    filled = small()
    from pixelwalk.config import settings

    settings.check(filled, schema.load(STUDIES))
    value = filled
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    tried = []
    for other in others(rule, value):
        config = copy.deepcopy(small())
        setting(*keys, to=other)(rerun, config)
        try:
            seen = counted(dag.load(rerun).dag.needrun_jobs())
        except SystemExit as error:
            tried.append(str(error))
            continue
        ours = {rule.name for rule in rules[study]}
        assert set(seen) & ours, f"{other} reruns nothing of its own"
        assert set(seen) <= ours | PAGES
        return
    pytest.fail(f"no other value fits: {value!r}, {tried}")
