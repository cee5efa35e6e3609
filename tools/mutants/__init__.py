"""Small spoilings of the code and of the catalogue, one at a time: the tests of its room must find each."""
