"""How many images a set has, how large they are, and what reading them takes."""

import math

from pixelwalk import sources, storage
from pixelwalk.config import fits

_PICTURE = 21  # bytes a pixel: what Pillow holds, its colours, and shades of grey
_NARROW = 8  # bytes: of a number while an image is made smaller


def extent(settings, files):
    """Count the images of a set and their pixels, at most, by what the headers say.

    Parameters
    ----------
    settings : dict
        Of the set, as the configuration has them.
    files : mapping
        Paths of the files, as `sources.files_of` names them; what is downloaded need
        not be there.

    Returns
    -------
    tuple of int
        Images, rows, columns; all images of a source where a label chooses some.

    Raises
    ------
    ValueError, OSError
        If a file is broken or cannot be opened.
    """
    if known := fits.extent(settings):
        return known
    count, shape, _ = _source(settings, files)
    return fits.chosen(settings, count, shape)


def loading_bytes(settings, files):
    """Estimate what it takes to load a set, in bytes.

    Parameters
    ----------
    settings, files
        As of `extent`.

    Returns
    -------
    int
        The chosen images twice, a block of the file, and the largest image of all while
        it is made smaller.
    """
    count, rows, columns = extent(settings, files)
    largest, reading = (0, 0), 3 * storage.BLOCK
    if not fits.extent(settings):
        _, largest, reading = _source(settings, files)
    narrow = 0 if settings["size"] == "as-is" else _NARROW * largest[0] * columns
    return 2 * count * rows * columns + reading + narrow


def _source(settings, files):
    """Images of a source, rows and columns of the largest, and bytes to read it."""
    kind = sources.kind_of(settings["source"])
    if kind == "pictures":
        from pixelwalk.images.pictures import size_of

        paths = files["images"]
        largest = max(map(size_of, paths), key=math.prod)
        return len(paths), largest, _PICTURE * math.prod(largest)
    kind = "idx" if kind == "archive" else kind
    shape, reading = storage.extent(files["images"], kind, "images")
    item = math.prod(shape[1:])
    return shape[0], shape[1:3], reading + 8 * item
