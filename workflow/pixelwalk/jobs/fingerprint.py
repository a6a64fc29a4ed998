"""Fingerprints of the code of a rule, so that an edit reruns the rules it affects.

Snakemake's own `code` trigger sees the text of a script, but not the modules that it
imports. The fingerprint of a script covers its syntax tree and those of all modules of
this workflow that it imports, directly or not, without comments and docstrings; web
files in the folders of these packages, such as the template of a page; and the file
that pins its libraries.
"""

import ast
import functools
import hashlib
from pathlib import Path

WORKFLOW = Path(__file__).resolve().parents[2]
PACKAGES = ("pixelwalk", "studies")


def fingerprint(script, environment, *, workflow=WORKFLOW):
    """Compute the fingerprint of the code of a rule.

    Parameters
    ----------
    script : path-like
        The script.
    environment : path-like
        File that pins its libraries.
    workflow : path-like, optional
        Folder that contains the packages and the script.

    Returns
    -------
    str
        32 hexadecimal digits. They change with the syntax of any imported module of the
        packages, wherever the import stands, and with any pin.

    Raises
    ------
    ValueError
        If a file is not valid Python: its path, the line and the fault.
    """
    workflow = Path(workflow).resolve()
    digest = hashlib.sha256()
    modules = dependencies(Path(script).resolve(), workflow)
    for path in sorted(modules):
        digest.update(f"{path.relative_to(workflow)}\n{_read(path)[0]}\n".encode())
    for path in sorted(_web_files(modules)):
        digest.update(f"{path.relative_to(workflow)}\n".encode() + path.read_bytes())
    pins = Path(environment).read_text(encoding="utf-8")
    digest.update(_without_comments(pins).encode())
    return digest.hexdigest()[:32]


def dependencies(path, workflow=WORKFLOW):
    """Return a file and all files of the packages that it imports, directly or not.

    Parameters
    ----------
    path : Path
        Script or module.
    workflow : Path, optional
        Folder that contains the packages.

    Returns
    -------
    set of Path
    """
    files, waiting = set(), [path]
    while waiting:
        path = waiting.pop()
        if path not in files:
            files.add(path)
            waiting += _imported(path, workflow)
    return files


def _web_files(modules):
    """Yield the HTML, CSS and JavaScript files of the packages among the modules."""
    for module in modules:
        if module.name == "__init__.py":
            for path in module.parent.iterdir():
                if path.suffix in (".html", ".css", ".js"):
                    yield path


@functools.cache
def _imported(path, workflow):
    """Return the files of the packages that run when a file is imported."""
    return {
        file for name in _imports(path, workflow) for file in _files(name, workflow)
    }


def _imports(path, workflow):
    """Yield the names of possible modules that a file imports from the packages."""
    for module, level, names in _read(path)[1]:
        if level:
            here = path.relative_to(workflow).parts[:-level]
            module = ".".join([*here, *filter(None, [module])])
        yield module
        yield from (f"{module}.{name}" for name in names)


def _files(name, workflow):
    """Yield the files that run to import a name: its module and parent packages."""
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        place = workflow.joinpath(*parts[:length])
        yield from filter(
            Path.is_file, (place / "__init__.py", place.with_suffix(".py"))
        )


@functools.cache
def _read(path):
    """Return the digest of the code of a file, and its imports from the packages."""
    try:
        return _parsed(path.read_bytes())
    except SyntaxError as error:
        raise ValueError(f"{path}, line {error.lineno}: {error.msg}") from None


@functools.cache
def _parsed(source):
    """Return the digest of code without docstrings and comments, and its imports."""
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
