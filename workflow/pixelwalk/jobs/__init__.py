"""What every job needs around its work: log, errors, progress, fingerprints, stamps."""
