"""Tables of businesses: read, assessed a batch at a time, written, compared; the same on a cluster."""
