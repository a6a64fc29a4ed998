"""Write docs/files.md, the reference of result files, from the classes of their kinds.

python docs/files.py
"""

import importlib
import inspect
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "workflow"))

from pixelwalk.storage.kind import Kind  # noqa: E402

HEAD = """# Files of numbers

Results lie in HDF5 files below `results/`. Each dataset has its unit and its meaning
as attributes; the README explains the attributes of files under "The files". N is the
number of pixels of an image, n of images; `...` stands for the dimensions of an image.
Written by `python docs/files.py` from the classes in
`workflow/pixelwalk/storage/kinds` and in the `kinds.py` of each study.
"""


def kinds():
    """Return the kinds of the core and of each study, by heading."""
    folder = ROOT / "workflow"
    names = {"Core": [], **{p.name: [] for p in sorted((folder / "studies").iterdir())}}
    modules = sorted((folder / "pixelwalk/storage/kinds").glob("[a-z]*.py"))
    for path in [*modules, *sorted((folder / "studies").glob("*/kinds.py"))]:
        module = importlib.import_module(
            ".".join(path.relative_to(folder).with_suffix("").parts)
        )
        heading = "Core" if "pixelwalk" in path.parts else path.parent.name
        classes = (item for _, item in inspect.getmembers(module, inspect.isclass))
        ours = (item for item in classes if item.__module__ == module.__name__)
        order = sorted(ours, key=lambda item: inspect.getsourcelines(item)[1])
        names[heading] += [item for item in order if issubclass(item, Kind)]
    return {heading: listed for heading, listed in names.items() if listed}


def page():
    """Return the page as Markdown."""
    lines = [HEAD]
    for heading, listed in kinds().items():
        title = heading if heading == "Core" else f"Study `{heading}`"
        lines += [f"## {title}", ""]
        for kind in listed:
            lines += [f"### `{kind.file}`", "", inspect.getdoc(kind), ""]
            lines += [
                "| dataset | shape | unit | meaning |",
                "| --- | --- | --- | --- |",
            ]
            lines += [
                f"| `{name}` | {shape} | {unit} | {meaning} |"
                for name, unit, shape, meaning in kind.datasets()
            ]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("files.md").write_text(page(), encoding="utf-8")
