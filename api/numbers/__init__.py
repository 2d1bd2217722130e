"""Figures for staff and for the operator: how much, never who and never what was said."""
