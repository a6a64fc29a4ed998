"""The experiments of the default workflow as one script, as one writes it in a week.

Plain numpy, scikit-learn, Keras and matplotlib; nothing of the package. It goes through
the same settings, images, networks, graphs, walks, repetitions and figures, one after
the other, and writes the numbers to one JSON file. It has no exact samples (but the
heat bath from a random start), no diagnostics, no exact references, and no files
between its steps.

    python -m benchmarks.naive config.yaml FOLDER_WITH_MNIST FOLDER_FOR_RESULTS
"""
