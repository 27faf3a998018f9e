"""``python -m bilik``."""

from bilik.cli import main

main()
