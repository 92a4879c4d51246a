"""The loops that make rows take effect, and APScheduler, which only rings their bell."""
