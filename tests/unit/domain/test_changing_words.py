"""What people read when somebody changed what an issue is about."""
