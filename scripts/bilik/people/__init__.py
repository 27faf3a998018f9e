"""From files and tables of people to records, and what is wrong with them."""

from bilik.people.findings import Finding, find
from bilik.people.load import load_people
from bilik.people.records import Records

__all__ = ["Finding", "Records", "find", "load_people"]
