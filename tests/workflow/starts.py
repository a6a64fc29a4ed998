"""What a start says of a configuration, in this process.

The steps and their order are those of the Snakefile, and each is the function that is
called there; test_config_errors.py holds that the command ends with the same line.
"""

import copy
from pathlib import Path

from snakemake.common.configfile import load_configfile
from snakemake.settings.types import ConfigSettings
from snakemake.utils import update_config

from pixelwalk.config import schema, settings, text
from places import STUDIES

ROOT = Path(__file__).parents[2]
SCHEMA = schema.load(STUDIES)


def read(*configfiles, **given):
    """Read config.yaml of this folder, and what the command line puts over it."""
    over = ConfigSettings(config=given, configfiles=list(map(Path, configfiles)))
    for path in [*over.configfiles, "config.yaml"]:
        text.check(path)
    config = copy.deepcopy(over.overwrite_config)
    update_config(config, load_configfile("config.yaml"))
    update_config(config, over.overwrite_config)
    return config


def check(config, mirrors=None, files=()):
    """Make a configuration ready for a run."""
    settings.start(config, SCHEMA, mirrors, files)
    return config


def line_of(start):
    """Call what starts, and give the line with which the command ends, or nothing."""
    try:
        start()
    except ValueError as error:
        return f"error in the configuration: {error}"
    return ""
