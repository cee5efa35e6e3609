"""The rules for many businesses at once: the condition tree as Polars expressions."""
