"""Checks of the text of a configuration that a schema cannot make."""

from pathlib import Path

import yaml

from pixelwalk.sources.mnist import without_password

# A configuration has a few hundred nodes, five deep; expanded aliases may be far more.
_MOST_NODES = 100_000
_DEEPEST = 50

# With this key Snakemake runs a configuration as a template with Python code.
_CODE = "__use_yte__"

# With this key Snakemake replaces parts of paths, and its own errors are unclear.
_PATHS = "pathvars"

_LONGEST = 1000  # characters of an error


def check(path):
    """Check that a file is a YAML mapping of reasonable size without code.

    Parameters
    ----------
    path : path-like
        The file.

    Raises
    ------
    ValueError
        If it is not, or if a key is repeated in a mapping: in one line, the file, the
        line and the fault.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise ValueError("expected YAML with keys at its top level")
        if any(key.value == _CODE for key, _ in node.value):
            raise ValueError(
                f"expected no '{_CODE}', with which a configuration could run code; "
                "write what it computes"
            )
        if any(key.value == _PATHS for key, _ in node.value):
            raise ValueError(f"unknown key '{_PATHS}'")
        _measure(node, {}, 0)
        loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or error
        fault = f"{line}: expected YAML, but {problem}"
    except RecursionError:
        fault = f": {_too('deep')}"
    except (AttributeError, LookupError, TypeError):  # PyYAML, of such as `!!bool 3`
        fault = ": a value does not fit its tag"
    except OSError as error:
        fault = f": cannot be read: {error.strerror}"
    except ValueError as error:  # also of a text that is not UTF-8, or a date in May 32
        fault = f": {error}"
    else:
        return
    raise ValueError(one_line(f"{path}{fault}"))


def holders(paths, keys):
    """Return the files that contain a key.

    Parameters
    ----------
    paths : sequence of path-like
        Files that `check` has accepted; missing ones are skipped.
    keys : sequence
        Path of the key: names of nested keys from the top level down.

    Returns
    -------
    list of str
    """
    files, absent = [], object()
    for path in filter(Path.is_file, map(Path, paths)):
        part = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key in keys:
            part = part.get(key, absent) if isinstance(part, dict) else absent
        if part is not absent:
            files.append(str(path))
    return list(dict.fromkeys(files))


def one_line(error):
    """Return an error as one printable line of at most 1,000 characters."""
    line = " ".join(str(error).split())
    line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)
    return line if len(line) <= _LONGEST else f"{line[:500]} ... {line[-495:]}"


def _measure(node, sizes, depth):
    """Count the nodes below a node, itself included, with aliases expanded."""
    if sizes.get(id(node)) == 0 or depth > _DEEPEST:
        raise ValueError(_too("deep"))
    if id(node) not in sizes:
        sizes[id(node)] = 0  # if met again below itself, the aliases form a cycle
        parts = node.value if isinstance(node, yaml.CollectionNode) else ()
        if isinstance(node, yaml.MappingNode):
            _check_keys(node)
            parts = [part for pair in parts for part in pair]
        sizes[id(node)] = 1 + sum(_measure(part, sizes, depth + 1) for part in parts)
    if sizes[id(node)] > _MOST_NODES:
        raise ValueError(_too("large"))
    return sizes[id(node)]


def _check_keys(node):
    keys = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value != "<<":
            if (key.tag, key.value) in keys:
                line = key.start_mark.line + 1
                name = without_password(key.value)
                raise ValueError(f"the key '{name}' stands twice (line {line})")
            keys.add((key.tag, key.value))


def _too(much):
    return f"expected a configuration, but it is too {much} to be one"
