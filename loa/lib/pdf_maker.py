"""The program that sets one PDF and ends: it reads its order from standard input and knows nothing of us.

It runs on its own so that a text which takes all memory or all day takes nothing from anybody else.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

LONGEST_SIDE = 1600  # pixels: 190 mm at some 210 dots an inch
MOST_MEMORY = 2 * 1024**3
MOST_MISSING = 100  # different characters; a text with more of them is in a script that we have no font for
ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')


def limit(seconds: int) -> None:
    """Bounds this process, where the system knows how."""
    try:
        import resource  # noqa: PLC0415 (Unix only)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def put_picture(source: Path, target: Path) -> None:
    """A picture as a JPEG of printing size: Typst would keep each pixel of a WebP, and knows no AVIF."""
    from PIL import Image  # noqa: PLC0415 (a text without pictures does without)

    with Image.open(source, formats=("JPEG", "PNG", "WEBP", "AVIF", "GIF")) as image:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        pixels = image.convert("RGBA")
        ground = Image.new("RGBA", pixels.size, "white")
        Image.alpha_composite(ground, pixels).convert("RGB").save(target, "JPEG", quality=84, optimize=True)


def named_in(diagnostic: str) -> set[str]:
    """The characters Typst says it has no letter for, as it writes them: some as "\\u{200b}"."""
    said = ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(MISSING.findall(diagnostic)))
    return {letter for letter in said if not letter.isascii()}


def without(data: Any, letters: set[str]) -> Any:
    """The same data without some characters."""
    if isinstance(data, str):
        return data.translate({ord(letter): None for letter in letters})
    if isinstance(data, list):
        return [without(one, letters) for one in data]
    return {name: without(one, letters) for name, one in data.items()} if isinstance(data, dict) else data


def make(order: dict[str, Any]) -> bytes:
    """The document, as PDF/UA-1 where the text allows it.

    Characters no font has (emoji) are left out rather than printed as empty boxes.
    """
    import typst  # noqa: PLC0415 (80 MB that only this program loads)

    root = Path(order["root"])
    known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    nowhere = root / "no-packages"
    options: dict[str, Any] = {
        "root": str(root), "font_paths": known, "ignore_system_fonts": True, "timestamp": order["made_at"],
        "package_path": str(nowhere), "package_cache_path": str(nowhere),
    }  # fmt: skip
    if order["form"] == "png":
        return stacked(typst.compile(str(root / "main.typ"), format="png", ppi=80, **options))
    try:
        return bytes(typst.compile(str(root / "main.typ"), format="pdf", pdf_standards=["ua-1"], **options))
    except typst.TypstError as error:
        missing = named_in(error.diagnostic)
        if len(missing) > MOST_MISSING:
            raise
    data = root / "data.json"
    bare = without(json.loads(data.read_text("utf-8")), missing)
    data.write_text(json.dumps(bare, ensure_ascii=False), "utf-8")
    return bytes(typst.compile(str(root / "main.typ"), format="pdf", **options))


def stacked(pages: Any) -> bytes:
    """Pages as one tall picture."""
    import io  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    images = [Image.open(io.BytesIO(page)).convert("RGB") for page in (pages if isinstance(pages, list) else [pages])]
    whole = Image.new("RGB", (max(i.width for i in images), sum(i.height + 8 for i in images)), "grey")
    top = 0
    for image in images:
        whole.paste(image, (0, top))
        top += image.height + 8
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def main() -> None:
    """One order, one document."""
    order = json.loads(sys.stdin.buffer.read())
    limit(order["seconds"])
    for name, source in order["pictures"].items():
        put_picture(Path(source), Path(order["root"]) / name)
    Path(order["out"]).write_bytes(make(order))


if __name__ == "__main__":
    main()
