"""What a report says (view, routes, amounts), made of parts, and how it looks (terminal, json)."""
