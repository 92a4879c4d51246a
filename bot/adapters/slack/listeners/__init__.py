"""What people do in Slack: one file per feature, each with `register(doors, here)`."""
