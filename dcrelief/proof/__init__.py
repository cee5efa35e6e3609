"""The catalogue against its document: articles, hard facts, agreement, lint."""
