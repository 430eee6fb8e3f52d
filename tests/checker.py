"""The Nu checker of HTML (npm `vnu-jar`), which `bin/setup-test.sh` gets where Java and npm are."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

JAR = Path(os.environ.get("VNU_JAR") or Path(__file__).resolve().parents[1] / ".venv" / "share" / "vnu.jar")
needs_the_checker = pytest.mark.skipif(
    not (JAR.is_file() and shutil.which("java")), reason="no Java, or no vnu.jar (VNU_JAR, or npm in the set-up)"
)


def complaints(pages: Iterable[tuple[str, str]], folder: Path) -> str:
    """What the checker says of pages given by name and markup, a line each; nothing when all are valid."""
    names = {}
    for number, (name, page) in enumerate(pages):
        (folder / f"{number}.html").write_text(page)
        names[f"{number}.html"] = name
    command = ["java", "-jar", str(JAR), "--format", "gnu", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line.rpartition("/")[2] for line in run.stderr.splitlines()]
    return "\n".join(f"{names.get(line.partition(chr(34))[0])}: {line}" for line in said)
