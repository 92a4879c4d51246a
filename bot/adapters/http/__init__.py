"""One ASGI server: health for operators, and Slack's endpoint in HTTP mode."""
