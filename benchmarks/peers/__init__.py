"""What people use today, each used as its documentation advises.

A function imports its library itself, so that what is not installed is only missed
where it is asked for.
"""
