"""From the data files to a Catalogue: their schema, building, translations, every problem with its place."""
