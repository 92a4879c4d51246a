"""The manifest as a YAML file."""

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

HEAD = "# Made by `rung manifest`; a test keeps it equal to the code. Paste it at api.slack.com/apps.\n"


def as_yaml(manifest: Mapping[str, Any]) -> str:
    """The text of manifest.yml."""
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 4096
    out = io.StringIO()
    yaml.dump(dict(manifest), out)
    return HEAD + out.getvalue()
