"""What a report, a contact sheet or a change says, and how it looks as text, page, calendar, card."""
