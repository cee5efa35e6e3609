"""Ratios that `make bench` measures, and the client lists that it measures them with."""
