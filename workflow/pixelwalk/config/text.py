"""The text of a configuration: mistakes that no schema sees, told with their line."""

from pathlib import Path

import yaml

from pixelwalk.sources.mnist import without_password

# A configuration has a few hundred nodes, five deep; its aliases may stand for more.
_MOST_NODES = 100_000
_DEEPEST = 50

# With this key Snakemake takes a configuration for a template with Python in it.
_CODE = "__use_yte__"

# With this key Snakemake changes paths, and ends with an error of its own if it cannot.
_PATHS = "pathvars"

_LONGEST = 1000  # characters of an error


def look(path):
    """See whether a file is YAML, a mapping, and of a sensible size.

    Parameters
    ----------
    path : path-like
        The file.

    Raises
    ------
    ValueError
        If not, if a key stands twice in a mapping, or if it holds code that Snakemake
        would run: in one line, the file, the line and the fault.
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
    """Name the files in which a key stands.

    Parameters
    ----------
    paths : sequence of path-like
        Files that `look` has passed; those that are not there are skipped.
    keys : sequence
        The keys from the top level down, as the whole configuration has them.

    Returns
    -------
    list of str
    """
    found = []
    for path in filter(Path.is_file, map(Path, paths)):
        part = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key in keys:
            part = part.get(key, found) if isinstance(part, dict) else found
        if part is not found:
            found.append(str(path))
    return list(dict.fromkeys(found))


def one_line(error):
    """Put an error in one line that is not too long; a key may hold anything."""
    line = " ".join(str(error).split())
    line = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)
    return line if len(line) <= _LONGEST else f"{line[:500]} ... {line[-495:]}"


def _measure(node, sizes, depth):
    """Count the nodes that a node stands for, all aliases written out."""
    if sizes.get(id(node)) == 0 or depth > _DEEPEST:
        raise ValueError(_too("deep"))
    if id(node) not in sizes:
        sizes[id(node)] = 0  # to meet it below itself would be a circle
        parts = node.value if isinstance(node, yaml.CollectionNode) else ()
        if isinstance(node, yaml.MappingNode):
            _check_keys(node)
            parts = [part for pair in parts for part in pair]
        sizes[id(node)] = 1 + sum(_measure(part, sizes, depth + 1) for part in parts)
    if sizes[id(node)] > _MOST_NODES:
        raise ValueError(_too("large"))
    return sizes[id(node)]


def _check_keys(node):
    seen = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value != "<<":
            if (key.tag, key.value) in seen:
                line = key.start_mark.line + 1
                name = without_password(key.value)
                raise ValueError(f"the key '{name}' stands twice (line {line})")
            seen.add((key.tag, key.value))


def _too(much):
    return f"expected a configuration, but it is too {much} to be one"
