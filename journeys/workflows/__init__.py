"""Workflows: what happens after a visitor has done something, step by step, in the worker."""
