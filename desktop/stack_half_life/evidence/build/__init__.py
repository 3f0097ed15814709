"""Build the project's own fact tables (`data/`) from a folder of collected facts.

Nothing here knows which technologies are in the folder: rules place every one, and the
hand-made `curation.toml` corrects and joins those it names. Rebuilding gives the same bytes.
"""
