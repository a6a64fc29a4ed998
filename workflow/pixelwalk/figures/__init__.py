"""Style, panels and data of figures; this room and studies' figures use matplotlib."""
