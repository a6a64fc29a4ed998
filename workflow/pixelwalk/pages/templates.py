"""HTML pages from Jinja2 templates with automatic escaping."""

from importlib import resources

import jinja2
from jinja2.utils import htmlsafe_json_dumps


def render(package, **values):
    """Render the template page.html of a package.

    Parameters
    ----------
    package : str
        Such as ``pixelwalk.pages.summary``; its file page.css is the value `style`.
    **values
        Values of the template's variables, escaped unless the template says ``| safe``.

    Returns
    -------
    str
        HTML.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(package, ""),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page = environment.get_template("page.html")
    return page.render(style=read(package, "page.css"), **values)


def read(package, name):
    """Return a file of a package as text."""
    return resources.files(package).joinpath(name).read_text("utf-8")


def json_text(value):
    """Return JSON that is safe inside an HTML element."""
    return htmlsafe_json_dumps(value, separators=(",", ":"))
