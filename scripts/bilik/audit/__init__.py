"""Rosters of any size: tables of people from many sources, audited by SQL."""
