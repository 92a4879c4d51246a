"""Pictures: pure functions from values to Block Kit. Nothing a person typed can become a mention or a button."""
