"""What a report says (view) and how it looks (terminal, json)."""
