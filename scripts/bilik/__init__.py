"""Bilik: a Kazakh order on the qualification of specialists as a graph that decides, explains and plans."""

__version__ = "0.1.0"
