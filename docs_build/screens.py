"""Pictures of the terminal, drawn from what the commands really print."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

COLUMNS = 100
SCREENS = {
    "check": ("check", "examples/week/3-wednesday-ring-me.post.md", "--color", "always", "--show-text"),
    "explain": ("explain", "marking/classification", "--color", "always"),
    "fix": ("fix", "examples/week/3-wednesday-ring-me.post.md", "--diff", "--unsafe-fixes"),
    "concise": ("check", "examples/week", "--trust-approvals", "--output-format", "concise", "--show-text"),
}
# As rich draws it, but with the reader's own typefaces: its own are fetched from elsewhere.
FORMAT = """\
<svg class="terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>{chrome_title}</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: {char_height}px;
  line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>{lines}</defs>
<rect fill="#0c0c0c" width="{width}" height="{height}" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def pictures(root: Path) -> dict[str, str]:
    """Run the commands in a checkout and return their pictures, by their places on the site."""
    return {f"assets/terminal-{name}.svg": picture(root, name) for name in SCREENS}


def picture(root: Path, name: str) -> str:
    """Run one command and return what it prints as an SVG."""
    command = SCREENS[name]
    plain = [word for word in command if word not in ("--color", "always")]
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    environment.pop("NO_COLOR", None)
    done = subprocess.run(
        [sys.executable, "-m", "wmp_postlint", *command],
        cwd=root, env=environment, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise RuntimeError(f"postlint {' '.join(plain)} ended with {done.returncode}: {done.stderr}")
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text(f"$ postlint {' '.join(plain)}", style="bold"))
    console.print(Text.from_ansi(done.stdout), soft_wrap=False)
    drawn = FORMAT.replace("{chrome_title}", f"postlint {plain[0]}")
    return console.export_svg(theme=MONOKAI, code_format=drawn, unique_id=f"t-{name}")
