"""What Slack refuses of blocks and views: tables of limits, and the walk that reports what breaks them."""
