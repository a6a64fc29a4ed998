"""What Snakemake says on the terminal: what people read. Its log file keeps the rest.

Its own `quiet` would silence the log file as well, in which the end of a run looks up
the logs of the jobs, and has nothing between all of a job and none of it. So the
terminal's handler gets a formatter and a filter of its own. A dry run is told in full,
but for the names of thousands of files.
"""

import logging
from pathlib import Path

from snakemake.logging import DefaultFormatter, get_event, logger
from snakemake_interface_executor_plugins.settings import ExecMode
from snakemake_interface_logger_plugins.common import LogEvent

from pixelwalk.jobs import faults

# Names of files in a line, and characters of a reason, at most.
_NAMES, _REASON = 3, 300

# What says nothing of how far a run is, what failed and what was made.
_EVENTS = {
    LogEvent.WORKFLOW_STARTED,
    LogEvent.RESOURCES_INFO,
    LogEvent.JOB_STARTED,
    LogEvent.JOB_FINISHED,
}
_TEXTS = (
    "Using shell: ",
    "Conda environments: ignored",
    "Select jobs to execute...",
    "Shutting down, this might take some time.",
    "Removing output files of failed job",
)
# How Snakemake reports that a stage ended with status 1, after its one line. Any other
# end, as by a signal, is told nowhere else.
_ENDED = ("RuleException:\nCalledProcessError ", "returned non-zero exit status 1.")


def install(workflow):
    """Let the terminal show less, and a run that goes on after errors stop at some.

    Parameters
    ----------
    workflow : snakemake.workflow.Workflow
        Where it was started with ``--verbose`` or ``--debug-dag``, or with a logger
        plugin that writes to the terminal, that shows all it did.
    """
    for handler in logger.handlers:
        if isinstance(handler, logging.FileHandler) and handler.stream:
            # A folder whose name is not UTF-8 would else be an error of the log.
            handler.stream.reconfigure(errors="backslashreplace")
    settings = workflow.output_settings
    if workflow.exec_mode != ExecMode.DEFAULT:
        return
    if not (settings.verbose or settings.debug_dag):
        for handler in logger.handlers:
            if handler.name == "DefaultStreamHandler":
                handler.addFilter(shown)
                handler.setFormatter(
                    Short(settings.dryrun, settings.quiet, settings.show_failed_logs)
                )
    logger.addHandler(StopAtDisk(workflow))


def shown(record):
    """Tell whether a message is for people."""
    text, event = str(record.msg), get_event(record)
    if event in _EVENTS or text.startswith(_TEXTS):
        return False
    if event in (LogEvent.JOB_ERROR, LogEvent.GROUP_ERROR):
        return not _not_tried(getattr(record, "log", ()))
    begin, end = _ENDED
    return not (text.startswith(begin) and text.rstrip().endswith(end))


def some(names, most=_NAMES):
    """Give a list of names that fits into a line: the first, and how many more."""
    more = len(names) - most
    return [*names[:most], *([f"and {more:,} more"] if more > 0 else [])]


class Short(DefaultFormatter):
    """Format a job as a line: its rule, and what it makes."""

    def __init__(self, dryrun, quiet, show_failed_logs):
        super().__init__(quiet, show_failed_logs)
        self._dryrun = dryrun

    def format_run_info(self, msg):
        """Count what is to do; in a dry run by rule."""
        if self._dryrun:
            return super().format_run_info(msg)
        return f"{msg['stats']['total']} steps to do"

    def format_job_info(self, msg):
        """Name a job by its rule and files; in a dry run with all that leads to it."""
        if self._dryrun:
            return super().format_job_info(_shortened(msg))
        made = ", ".join(some(msg["output"]))
        return f"{msg['rule_name']}: {made}" if made else ""

    def format_job_error(self, msg):
        """Name a job that failed by its rule and files."""
        told = _shortened(msg) | {"msg": msg["rule_msg"]}
        return "\n".join(self._format_job_error(told))


def _shortened(msg):
    """Shorten the lists of files of a message, and its reason, which names them too."""
    short = {key: some(msg[key]) for key in ("input", "output", "log")}
    reason = msg.get("reason")
    if reason and len(reason) > _REASON:
        short["reason"] = f"{reason[:_REASON]} ... ({len(reason):,} characters)"
    return msg | short


class StopAtDisk(logging.Handler):
    """Let nothing new begin after an error if the disk takes no files any more.

    What is independent of a failed job goes on (`keep-going`); but no job can be.
    """

    def __init__(self, workflow):
        super().__init__()
        self._workflow = workflow

    def emit(self, record):
        """Look at the disk if a job failed."""
        if get_event(record) in (LogEvent.JOB_ERROR, LogEvent.GROUP_ERROR):
            try:
                faults.check_writable("results")
            except OSError:
                self._workflow.scheduler.keepgoing = False


def _not_tried(logs):
    """Tell whether a job gave up at once, as another one had failed, which was told."""
    texts = [
        Path(log).read_text("utf-8", "replace") for log in logs if Path(log).is_file()
    ]
    return any("\nnot tried: " in text for text in texts)
