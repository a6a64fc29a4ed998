"""The kinds of files of the core, a module a room."""
