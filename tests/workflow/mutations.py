"""Mistakes in a configuration, made from the schema and in the text itself.

For each key: what lies on, beside and beyond its bounds, of other types, missing,
misspelt, twice, or hostile.
"""

import copy

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starts import SCHEMA

from laughs import LAUGHS
from pixelwalk.config.settings import check

HOSTILE = [
    *("", " ", "\n", "a\nb", "\t", "\0", "\x1b[31m", "\u2028", "\ud7ff", "é" * 70),
    *("../x", "..", ".", "/", "/etc/passwd", "./", "~/x", "a/../../b", "./none"),
    *("a/{b}/c", "none/./x", "-n", "--help", "; rm -rf .", "$(touch pwned)"),
    *("`touch pwned`", "| cat", "&& true", "$HOME", "{wildcard}", "{name}", "{{name}}"),
    *("{", "}", "{0}", "%s", "*", "{config[seed]}", "[a-z]", "(a+)+$", "\\", "'", '"'),
    *("#", "x" * 5000, "b" + "aa" * 10, "null", "true", "1e5", "nan", "at-1e-3"),
    *("at--0.1", "at-0.1.2", "at-1.5", "top-", "knn-0", "knn-1.5", "AT-0.1", "at-0.1 "),
    *("knn-999999999", "top-0.0", "half ", f"at-0.{'0' * 23}1", f"at-0.{'0' * 20}"),
    *("ftp://x/", "http://", "https:///x", "file:///", "file:///dev/zero"),
    *("http://a b/", "__class__", "constructor", "digits", "mnist", "pathvars", "..."),
    *("a..", "..a", "a/b", "a\\b", "CON", "-", "_", ".a", "0", "á", "a b", "a.b-c_d"),
    *("a" * 64, "abcd" * 16, "abcde" * 13, "ab" * 18),
]
NUMBERS = [
    *(0, -0.0, 1, -1, 2, 0.5, 1e-300, 1e300, -1e300, float("inf"), float("-inf")),
    *(float("nan"), 2**31, 2**32 - 1, 2**32, 2**63, 2**64, 10**30, 10**400, -(10**400)),
    *(4.0, 20.0, 0.9999, 0.99999, 1.0000001, 5e-324),
]
OTHERS = [None, True, False, [], {}, [[]], [{}], [None], {"a": {}}, {"": 0}, {1: 2}]
OTHERS += [{None: 1}, {"half": "half"}, [1, "a", None], {"rows": 1}, ["at-0"] * 2]

#: Entries that are read from files of the user's, which `put_files` puts in a folder.
OWN = {
    "ising": {
        "read": {
            **{"source": "./spins.npy", "lattice": "./edges.txt", "training": 9},
            **{"rows": 4, "columns": 4},
        }
    },
    "images": {
        "pictures": {"source": "./pictures", "label": "a", "size": [8, 8]},
        "arrays": {"source": "./i.npy", "labels": "./l.npy", "range": [0, 9]},
    },
    "transitions": {"critical": {"graphs": ["periodic"]}},
}


def full(config):
    """Write out every default of a configuration, with entries of every kind."""
    config = copy.deepcopy(config)
    for section, entries in OWN.items():
        config[section] = config.get(section, {}) | copy.deepcopy(entries)
    check(config, SCHEMA)
    return config


def put_files(folder):
    """Make the files that a full configuration names; nobody reads what is in them."""
    (folder / "pictures" / "a").mkdir(parents=True)
    for name in ("spins.npy", "edges.txt", "i.npy", "l.npy", "pictures/a/1.png"):
        (folder / name).touch()


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


def places(part, here=()):
    """Every place in a configuration: mappings, lists and what they hold."""
    items = part.items() if isinstance(part, dict) else ()
    items = enumerate(part) if isinstance(part, list) else items
    for key, value in items:
        yield (*here, key)
        yield from places(value, (*here, key))


def at(config, path):
    for key in path:
        config = config[key]
    return config


def rule_of(path):
    """What the schema says of a place."""
    schema = SCHEMA.document
    for key in path:
        named = schema.get("properties", {}).get(key)
        other = schema.get("additionalProperties") or None
        schema = schema.get("items", {}) if isinstance(key, int) else named or other
        if "$ref" in schema:
            shared = SCHEMA.document["$defs"]
            schema = schema | shared[schema["$ref"].rpartition("/")[2]]
    return schema


def beside(schema):
    """Values on the bounds of what the schema allows, and beyond them."""
    found = [x for part in schema.get("anyOf", ()) for x in beside(part)]
    for bound in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        if bound in schema:
            found += [schema[bound] + step for step in (-1, -1e-9, 0, 1e-9, 1)]
            found += [str(schema[bound])]
    for choice in schema.get("enum", ()):
        found += [choice, f"{choice} ", choice.upper(), [choice], choice[:-1]]
    return found


@st.composite
def changed(draw, base):
    """A configuration with one mistake, or two; and where, and of what kind."""
    config, touched = copy.deepcopy(base), []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        path = draw(st.sampled_from(list(places(base))))
        try:
            kind = alter(draw, at(config, path[:-1]), path[-1], rule_of(path))
            touched.append((path[0], path[-1], kind))
        except (KeyError, IndexError, TypeError, AttributeError):
            pass  # the first mistake took away the place of the second
    return config, tuple(touched)


def alter(draw, room, key, rule):
    """Make a mistake in the place of a key; give its kind."""
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
        names = ["half", "standard", "periodic", "fives", "training", "read", "arrays"]
        room[key] = draw(st.sampled_from(names))
    else:
        room[key] = draw(values)
    return kind


#: What is put into a text, each at any place or at the start of a line.
TEXTS = [
    *("\t", "- ", ": ", "{", "}", "[", "]", "&a ", "*a", "*nope", "!!str "),
    *("!!binary ", "!!set ", "!!omap ", "!!timestamp ", "!x ", "<<: ", "<<: *a\n"),
    *("<<: [1]\n", "? ", "---\n", "...\n", "%YAML 9.9\n", "# ", "'", '"', "|\n"),
    *(">\n", "\\", "\0", "\x07", "\ufeff", "\ud7ff", "@", "`", "%", "2020-01-01"),
    *("0x10", "0o7", "1_000", "1:30", ".nan", ".inf", "~", "yes", "seed: 1\n", "\r"),
    *("\r\n", "  ", "\n", "a: b: c\n", "!!python/name:os.system "),
    "!!python/object/apply:os.system ['touch pwned']",
]


@st.composite
def misspelt(draw, texts):
    """One of some texts with something put in, cut out or cut off."""
    text = draw(st.sampled_from(texts))
    place = draw(st.integers(0, len(text)))
    start = draw(st.sampled_from([place, text.rfind("\n", 0, place) + 1]))
    kind = draw(st.sampled_from(["put", "put", "put", "cut", "end"]))
    if kind == "put":
        return text[:start] + draw(st.sampled_from(TEXTS)) + text[start:]
    if kind == "end":
        return text[:start]
    return text[:start] + text[start + draw(st.integers(1, 40)) :]


def odd_texts(text):
    """Texts that are no configuration, or begin or end as none does."""
    return [
        *("", " ", "\n", "null", "[]", "{}", "1", "seed", "- seed: 1", "a: &a [*a]"),
        *("seed: 1\nseed: 2\n", text + text, f"{text}---\n{text}", LAUGHS + text),
        *("[" * 5000, "{a: " * 2000, "x: *nope", "? [a]\n: b\n", "{1: 2}\n" + text),
        *(f"seed: !!{tag} x" for tag in ("bool", "int", "float", "timestamp")),
        *("seed: !!binary x", "seed: !!int ''", "seed: !!python/object:os.system {}"),
        *(LAUGHS + "seed: *i\n", text + "1: 2\n", text + "null: 2\n"),
        *(text + "? [a, b]\n: 2\n", text + "ising: 3\n", text + "pathvars: 3\n"),
    ]


def generated(strategy, count, seed):
    """So many examples of a strategy, the same on every run."""
    found = []

    @hypothesis.seed(seed)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        deadline=None,
    )
    @given(strategy)
    def collect(example):
        found.append(example)

    collect()
    return found
