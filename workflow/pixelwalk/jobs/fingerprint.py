"""Fingerprints of the code that a rule runs, so that an edit reruns what it reaches.

Snakemake's own `code` trigger sees the text of a script, but not what it imports. Here
a script's fingerprint is made of the syntax trees of the script and of all modules of
the package that it imports, directly or not, without comments and docstrings; of what
else lies in the folders of these, such as the template of a page; and of the file that
pins the libraries for it.
"""

import ast
import functools
import hashlib
from pathlib import Path

WORKFLOW = Path(__file__).resolve().parents[2]
PACKAGES = ("pixelwalk", "studies")


def fingerprint(script, environment, *, workflow=WORKFLOW):
    """Fingerprint the code of a rule.

    Parameters
    ----------
    script : path-like
        The script.
    environment : path-like
        The file that pins its libraries.
    workflow : path-like, optional
        The folder with the packages, and with the script in or below it.

    Returns
    -------
    str
        Hexadecimal digits. Equal as long as the syntax of nothing that the script
        imports from the package changes, wherever the import stands, and no pin does.

    Raises
    ------
    ValueError
        If a file is no Python.
    """
    workflow = Path(workflow).resolve()
    digest = hashlib.sha256()
    modules = reached(Path(script).resolve(), workflow)
    for path in sorted(modules):
        digest.update(f"{path.relative_to(workflow)}\n{_read(path)[0]}\n".encode())
    for path in sorted(_beside(modules)):
        digest.update(f"{path.relative_to(workflow)}\n".encode() + path.read_bytes())
    pins = Path(environment).read_text(encoding="utf-8")
    digest.update(_without_comments(pins).encode())
    return digest.hexdigest()[:32]


def reached(path, workflow=WORKFLOW):
    """Find the file itself and those of the package that it imports.

    Parameters
    ----------
    path : Path
        A script or a module.
    workflow : Path, optional
        The folder with the package.

    Returns
    -------
    set of Path
    """
    found, waiting = set(), [path]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path, workflow)
    return found


def _beside(modules):
    """Files that packages among the modules carry along, of other kinds than Python."""
    for module in modules:
        if module.name == "__init__.py":
            for path in module.parent.iterdir():
                if path.suffix in (".html", ".css", ".js"):
                    yield path


@functools.cache
def _imported(path, workflow):
    """Files that are run when a file imports what it does of the package."""
    return {
        file for name in _imports(path, workflow) for file in _files(name, workflow)
    }


def _imports(path, workflow):
    """Names that may be modules: what a file imports of the package, and from it."""
    for module, level, names in _read(path)[1]:
        if level:
            here = path.relative_to(workflow).parts[:-level]
            module = ".".join([*here, *filter(None, [module])])
        yield module
        yield from (f"{module}.{name}" for name in names)


def _files(name, workflow):
    """Files that are run to import a name: of the module, and of what it is in."""
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        place = workflow.joinpath(*parts[:length])
        yield from filter(
            Path.is_file, (place / "__init__.py", place.with_suffix(".py"))
        )


@functools.cache
def _read(path):
    """Digest of the code of a file, and what of the package it imports."""
    try:
        return _parsed(path.read_bytes())
    except SyntaxError as error:
        raise ValueError(f"{path}, line {error.lineno}: {error.msg}") from None


@functools.cache
def _parsed(source):
    """Digest of code without docstrings and comments, and its imports."""
    tree = ast.parse(source)
    imports = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imports += [(alias.name, 0, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = tuple(alias.name for alias in node.names)
            imports.append((node.module, node.level, names))
        elif _has_docstring(node):
            del node.body[0]
    ours = [i for i in imports if i[1] or i[0].partition(".")[0] in PACKAGES]
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest(), ours


def _has_docstring(node):
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None


def _without_comments(text):
    lines = (line.partition("#")[0].rstrip() for line in text.splitlines())
    return "\n".join(filter(None, lines))
