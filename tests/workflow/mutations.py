"""Mistakes in a configuration, made from the schema and in the text itself.

For each key: what lies on, beside and beyond its bounds, of other types, missing,
misspelt, twice, or hostile.
"""

import copy
from pathlib import Path

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from laughs import LAUGHS
from pixelwalk.settings import check

ROOT = Path(__file__).parents[2]
CONFIG = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
SCHEMA = yaml.safe_load(
    (ROOT / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8")
)
FULL = copy.deepcopy(CONFIG)  # with every default written out
check(FULL, SCHEMA)

HOSTILE = [
    *("", " ", "\n", "a\nb", "\t", "\0", "\x1b[31m", "\u2028", "\ud7ff", "é" * 70),
    *("../x", "..", ".", "/", "/etc/passwd", "./", "~/x", "a/../../b", "-n", "--help"),
    *("; rm -rf .", "$(touch pwned)", "`touch pwned`", "| cat", "&& true", "$HOME"),
    *("{wildcard}", "{name}", "{{name}}", "{", "}", "{0}", "{config[seed]}", "%s", "*"),
    *(
        "[a-z]",
        "(a+)+$",
        "\\",
        "'",
        '"',
        "#",
        "x" * 5000,
        "b" + "aa" * 10,
        "null",
        "true",
        "1e5",
        "nan",
    ),
    *(
        "at-1e-3",
        "at--0.1",
        "at-0.1.2",
        "at-1.5",
        "top-",
        "knn-0",
        "knn-1.5",
        "at-0.1 ",
    ),
    *(
        "AT-0.1",
        "knn-999999999",
        "top-0.0",
        "at-0.000000000000000000000001",
        f"at-0.{'0' * 20}",
        "half ",
    ),
    *(
        "ftp://x/",
        "http://",
        "https:///x",
        "file:///",
        "file:///dev/zero",
        "http://a b/",
    ),
    *("__class__", "constructor", "digits", "mnist", "./none", "a/{b}/c", "none/./x"),
]
NUMBERS = [
    *(0, -0.0, 1, -1, 2, 0.5, 1e-300, 1e300, -1e300, float("inf"), float("-inf")),
    *(float("nan"), 2**31, 2**32 - 1, 2**32, 2**63, 2**64, 10**30, 10**400, -(10**400)),
    *(4.0, 20.0, 0.9999, 0.99999, 1.0000001, 5e-324),
]
OTHERS = [None, True, False, [], {}, [[]], [{}], [None], {"a": {}}, {"": 0}, {1: 2}]
OTHERS += [{None: 1}, {"half": "half"}, [1, "a", None], {"rows": 1}, ["at-0"] * 2]


def deep(value, depth):
    """Put a value deep into lists and mappings."""
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


values = st.one_of(
    st.sampled_from(HOSTILE),
    st.sampled_from(NUMBERS),
    st.sampled_from(OTHERS),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.builds(deep, st.sampled_from([1, "x", None]), st.sampled_from([1, 5, 60])),
)


def paths(part, here=()):
    """Every place in a configuration: mappings, lists and what they hold."""
    yield here
    items = part.items() if isinstance(part, dict) else ()
    items = enumerate(part) if isinstance(part, list) else items
    for key, value in items:
        yield from paths(value, (*here, key))


PLACES = [path for path in paths(FULL) if path]


def at(config, path):
    for key in path:
        config = config[key]
    return config


def rule_of(path):
    """What the schema says of a place."""
    schema = SCHEMA
    for key in path:
        named = schema.get("properties", {}).get(key)
        other = schema.get("additionalProperties") or None
        schema = schema.get("items") if isinstance(key, int) else named or other
        if "$ref" in schema:
            schema = schema | SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def beside(schema):
    """Values on the bounds of what the schema allows, and beyond them."""
    found = [x for part in schema.get("anyOf", ()) for x in beside(part)]
    for bound in ("minimum", "maximum", "exclusiveMinimum"):
        if bound in schema:
            found += [schema[bound] + step for step in (-1, -1e-9, 0, 1e-9, 1)]
            found += [str(schema[bound])]
    for choice in schema.get("enum", ()):
        found += [choice, f"{choice} ", choice.upper(), [choice], choice[:-1]]
    return found


@st.composite
def changed(draw):
    """A configuration with one mistake, or two; as text."""
    config = copy.deepcopy(FULL)
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        path = draw(st.sampled_from(PLACES))
        try:
            room, rule = at(config, path[:-1]), rule_of(path)
            alter(draw, room, path[-1], rule)
        except (KeyError, IndexError, TypeError, AttributeError):
            pass  # the first mistake took away the place of the second
    return yaml.safe_dump(config, allow_unicode=True, sort_keys=False)


def alter(draw, room, key, rule):
    """Make a mistake in the place of a key."""
    kinds = ["value", "value", "bound", "regex", "missing", "unknown", "name", "twice"]
    kind = draw(st.sampled_from(kinds))
    if kind == "bound" and (values_beside := beside(rule)):
        room[key] = draw(st.sampled_from(values_beside))
    elif kind == "regex" and "pattern" in rule:
        room[key] = draw(st.from_regex(rule["pattern"].replace("\\Z", "$")))
    elif kind == "missing":
        del room[key]
    elif kind == "unknown" and isinstance(room, dict):
        room[draw(st.sampled_from([*HOSTILE, *NUMBERS, None, True]))] = draw(values)
    elif kind == "name" and isinstance(room, dict):
        room[draw(st.sampled_from(HOSTILE) | st.text(max_size=9))] = room.pop(key)
    elif kind == "twice" and isinstance(room[key], list):
        room[key] = room[key] * 2
    elif kind == "twice":
        room[key] = draw(
            st.sampled_from(
                ["half-1", "lattice-standard", "fives", "training", "recovery-half"]
            )
        )
    else:
        room[key] = draw(values)


TEXTS = [
    *(
        "\t",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "*nope",
        "!!str ",
        "!!binary ",
    ),
    *("!!python/object/apply:os.system ['touch pwned']", "!!python/name:os.system "),
    *(
        "!!set ",
        "!!omap ",
        "!!timestamp ",
        "!x ",
        "<<: ",
        "<<: *a\n",
        "<<: [1]\n",
        "? ",
    ),
    *(
        "---\n",
        "...\n",
        "%YAML 9.9\n",
        "# ",
        "'",
        '"',
        "|\n",
        ">\n",
        "\\",
        "\0",
        "\x07",
    ),
    *("\ufeff", "\ud7ff", "@", "`", "%", "2020-01-01", "0x10", "0o7", "1_000", "1:30"),
    *(".nan", ".inf", "~", "yes", "seed: 1\n", "\r", "\r\n", "  ", "\n", "a: b: c\n"),
]
PLAIN = yaml.safe_dump(CONFIG, sort_keys=False)  # with anchors


@st.composite
def misspelt(draw):
    """The text of a configuration with something put in, cut out or cut off."""
    text = PLAIN
    place = draw(st.integers(0, len(text)))
    start = draw(st.sampled_from([place, text.rfind("\n", 0, place) + 1]))
    kind = draw(st.sampled_from(["put", "put", "put", "cut", "end"]))
    if kind == "put":
        return text[:start] + draw(st.sampled_from(TEXTS)) + text[start:]
    if kind == "end":
        return text[:start]
    return text[:start] + text[start + draw(st.integers(1, 40)) :]


WHOLE_TEXTS = [
    *(
        "",
        " ",
        "\n",
        "null",
        "[]",
        "{}",
        "1",
        "seed",
        "- seed: 1",
        "seed: 1\nseed: 2\n",
    ),
    *(PLAIN + PLAIN, PLAIN + "---\n" + PLAIN, LAUGHS + PLAIN, "[" * 5000, "a: &a [*a]"),
    *("{a: " * 2000, "x: *nope", "? [a]\n: b\n", "{1: 2}\n" + PLAIN, PLAIN + "1: 2\n"),
    *(f"seed: !!{tag} x" for tag in ("bool", "int", "float", "timestamp", "binary")),
    *("seed: !!int ''", "seed: !!python/object:os.system {}", LAUGHS + "seed: *i\n"),
    *(PLAIN + "null: 2\n", PLAIN + "? [a, b]\n: 2\n", PLAIN + "ising: 3\n"),
]


def generated(strategy, count):
    """So many examples of a strategy, the same on every run."""
    found = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example):
        found.append(example)

    collect()
    return list(dict.fromkeys(found))
