"""Shorten Snakemake's messages on the terminal; its log file keeps all of them.

Snakemake's `quiet` would also silence the log file, which is needed at the end of a run
to find the logs of jobs, and it shows either all of a job or nothing. So the terminal's
handler has its own formatter and filter. A dry run is shown in full, with long lists of
files cut.
"""

import logging
from pathlib import Path

from snakemake.logging import DefaultFormatter, get_event, logger
from snakemake_interface_executor_plugins.settings import ExecMode
from snakemake_interface_logger_plugins.common import LogEvent

from pixelwalk.jobs import faults

# Names of files in a line, and characters of a reason, at most.
_NAMES, _REASON = 3, 300

# Messages without progress, failures or results.
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
# Snakemake's message when a script ends with status 1, hidden after the script's own
# line. Any other end, as by a signal, is reported nowhere else.
_ENDED = ("RuleException:\nCalledProcessError ", "returned non-zero exit status 1.")


def install(workflow):
    """Shorten messages on the terminal, and stop a run when the disk is full.

    Parameters
    ----------
    workflow : snakemake.workflow.Workflow
        With ``--verbose`` or ``--debug-dag``, or a logger plugin that writes to the
        terminal, all messages are shown.
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
    """Return whether a message is shown on the terminal."""
    text, event = str(record.msg), get_event(record)
    if event in _EVENTS or text.startswith(_TEXTS):
        return False
    if event in (LogEvent.JOB_ERROR, LogEvent.GROUP_ERROR):
        return not _skipped(getattr(record, "log", ()))
    begin, end = _ENDED
    return not (text.startswith(begin) and text.rstrip().endswith(end))


def some(names, most=_NAMES):
    """Return the first names, and a note of how many more."""
    more = len(names) - most
    return [*names[:most], *([f"and {more:,} more"] if more > 0 else [])]


class Short(DefaultFormatter):
    """Format a job as one line: its rule and its outputs."""

    def __init__(self, dryrun, quiet, show_failed_logs):
        super().__init__(quiet, show_failed_logs)
        self._dryrun = dryrun

    def format_run_info(self, msg):
        """Count the jobs to do; in a dry run by rule."""
        if self._dryrun:
            return super().format_run_info(msg)
        return f"{msg['stats']['total']} steps to do"

    def format_job_info(self, msg):
        """Name a job by its rule and outputs; in a dry run in full, with the reason."""
        if self._dryrun:
            return super().format_job_info(_shortened(msg))
        outputs = ", ".join(some(msg["output"]))
        return f"{msg['rule_name']}: {outputs}" if outputs else ""

    def format_job_error(self, msg):
        """Name a failed job by its rule and files."""
        short = _shortened(msg) | {"msg": msg["rule_msg"]}
        return "\n".join(self._format_job_error(short))


def _shortened(msg):
    """Shorten a message's lists of files, and its reason, which repeats them."""
    short = {key: some(msg[key]) for key in ("input", "output", "log")}
    reason = msg.get("reason")
    if reason and len(reason) > _REASON:
        short["reason"] = f"{reason[:_REASON]} ... ({len(reason):,} characters)"
    return msg | short


class StopAtDisk(logging.Handler):
    """Start no more jobs after an error if files can no longer be written.

    With `keep-going`, jobs that do not depend on a failed one go on; on a full disk all
    of them would fail.
    """

    def __init__(self, workflow):
        super().__init__()
        self._workflow = workflow

    def emit(self, record):
        """Check the disk when a job failed."""
        if get_event(record) in (LogEvent.JOB_ERROR, LogEvent.GROUP_ERROR):
            try:
                faults.check_writable("results")
            except OSError:
                self._workflow.scheduler.keepgoing = False


def _skipped(logs):
    """Return whether a job gave up because another one had failed, which was shown."""
    texts = [
        Path(log).read_text("utf-8", "replace") for log in logs if Path(log).is_file()
    ]
    return any("\nnot tried: " in text for text in texts)
