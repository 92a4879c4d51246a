"""A strict local Slack: Web API, Socket Mode, signed HTTP and people to play, in one process and in memory.

`rung demo` and the tests run the real bot against it. It is never kinder than Slack: what Slack refuses is
refused here with Slack's own error. Start at `server.Sandbox`; `config.SandboxConfig` says what is in the workspace.
"""
