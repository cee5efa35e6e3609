"""Files in and out: answers, drafts, CSV, whole or not at all; and the browser that prints."""
