"""Runs ruff, mypy and import-linter, all of them even when one complains, and fails if any did."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS = [
    ["ruff", "check", "--quiet", "."],
    ["ruff", "format", "--check", "--quiet", "."],
    ["mypy", "--no-error-summary"],
    ["lint-imports", "--no-logo"],
]


def main() -> int:
    """Return 0 when every check passes; each check prints its own complaints."""
    failed = []
    for name, *arguments in CHECKS:
        done = subprocess.run([str(BIN / name), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        print(f"{name} {' '.join(arguments)}: {'ok' if done.returncode == 0 else 'FAILED'}")
        if done.returncode:
            print(done.stdout + done.stderr)
            failed.append(name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
