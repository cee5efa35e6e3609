"""Files in and out: the catalogue, answers, drafts."""
