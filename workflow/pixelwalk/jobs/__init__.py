"""Logs, errors, progress, fingerprints and stamps of jobs."""
