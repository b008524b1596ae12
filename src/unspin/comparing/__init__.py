"""Marks of many documents → Comparison: where the accounts agree and where they part."""
