"""The rule core: pure functions from a catalogue, answers and a date to verdicts; no clock, no files, no language."""
