"""Workbooks of trainings."""
