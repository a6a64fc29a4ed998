"""Constants that figures 7 and 8 share."""

#: Size of the font of titles.
TITLE = 16

#: Distances below this are rounding.
ROUNDING = 1e-8
