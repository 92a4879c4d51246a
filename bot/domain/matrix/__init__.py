"""The escalation matrix: the whole document as one frozen value."""
