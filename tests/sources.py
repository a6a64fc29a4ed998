"""The rules as they are written, by their names."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
RULE = re.compile(r"^rule (\w+):\n(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
RULES = {
    name: body
    for path in sorted((ROOT / "workflow/rules").glob("*.smk"))
    for name, body in RULE.findall(path.read_text(encoding="utf-8"))
}
