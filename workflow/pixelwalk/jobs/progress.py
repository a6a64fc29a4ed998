"""Progress of long stages: lines in the log, a bar on a terminal."""

import logging
from contextlib import contextmanager

#: Most lines on progress in a log.
MOST_LINES = 10

#: Loggers of the package, of the studies, and of the stage of a study that runs.
OURS = ("pixelwalk", "studies", "__main__")


def report(log, done, total, unit, text="", *, step=1):
    """Report the progress of a stage.

    Parameters
    ----------
    log : logging.Logger
        Logger of the module.
    done, total : int
        Number of units done, and of all.
    unit : str
        What is counted, in the plural: samples.
    text : str
        Results so far. A line with a text is always logged; of others, one for each
        tenth of the total.
    step : int
        Units done since the last report.
    """
    tenth = done * MOST_LINES // total > (done - step) * MOST_LINES // total
    level = logging.INFO if text or tenth else logging.DEBUG
    end = f": {text}" if text else ""
    extra = {"progress": (done, total, unit)}
    log.log(level, "%d of %d %s%s", done, total, unit, end, extra=extra)


@contextmanager
def bar(terminal):
    """Draw reported progress as a bar within the body, if a stream is a terminal."""
    if not terminal.isatty():
        yield
        return
    handler, loggers = _Bar(terminal), [logging.getLogger(name) for name in OURS]
    for log in loggers:
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for log in loggers:
            log.setLevel(logging.NOTSET)
            log.removeHandler(handler)
        handler.close()


class _Bar(logging.Handler):
    """Handler that draws the last reported progress as a bar of tqdm."""

    def __init__(self, terminal):
        super().__init__()
        self._terminal = terminal
        self._bar = None

    def emit(self, record):
        if not hasattr(record, "progress"):
            return
        from tqdm import tqdm  # here, since its import is longer than most stages

        done, total, unit = record.progress
        if self._bar is None or (self._bar.total, self._bar.desc) != (total, unit):
            self._clear()
            self._bar = tqdm(total=total, desc=unit, file=self._terminal, leave=False)
        self._bar.update(done - self._bar.n)

    def close(self):
        self._clear()
        super().close()

    def _clear(self):
        if self._bar is not None:
            self._bar.close()
        self._bar = None
