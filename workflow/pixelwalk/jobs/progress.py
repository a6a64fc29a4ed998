"""How far a long stage has come: lines in its log, a bar on a terminal."""

import logging
from contextlib import contextmanager

#: Lines of a log that tell how far a stage has come, at most.
MOST_LINES = 10

#: Loggers of the package, of studies, and of a study's stage that runs.
OURS = ("pixelwalk", "studies", "__main__")


def tell(log, done, total, unit, text="", *, step=1):
    """Say how far a stage has come.

    Parameters
    ----------
    log : logging.Logger
        That of the module.
    done, total : int
        How many of how many.
    unit : str
        Of what, in the plural: samples.
    text : str
        What is known by now. A line with such a text is always in the log; of others
        one for each tenth of the way.
    step : int
        How many more than when it was last told.
    """
    tenth = done * MOST_LINES // total > (done - step) * MOST_LINES // total
    level = logging.INFO if text or tenth else logging.DEBUG
    end = f": {text}" if text else ""
    way = {"way": (done, total, unit)}
    log.log(level, "%d of %d %s%s", done, total, unit, end, extra=way)


@contextmanager
def shown(terminal):
    """Draw what is told as a bar, as long as this lasts, if a stream is a terminal."""
    if not terminal.isatty():
        yield
        return
    bar, loggers = _Bar(terminal), [logging.getLogger(name) for name in OURS]
    for log in loggers:
        log.addHandler(bar)
        log.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for log in loggers:
            log.setLevel(logging.NOTSET)
            log.removeHandler(bar)
        bar.close()


class _Bar(logging.Handler):
    """Keep a bar of tqdm at the last that was told."""

    def __init__(self, terminal):
        super().__init__()
        self._terminal = terminal
        self._bar = None

    def emit(self, record):
        if not hasattr(record, "way"):
            return
        from tqdm import tqdm  # here, as most stages are shorter than its import

        done, total, unit = record.way
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
