"""Square codes for telephones, drawn: of any text, and of a page's address."""

import io

import segno


def draw(text: str) -> str:
    """The code as SVG, black on white in every colour scheme, without an inline style."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return out.getvalue().decode()


def of_page(address: str) -> str:
    """The code of a release's page without its slug, which the portal puts back (301): short, for large squares."""
    return draw(address.rpartition("/")[0])
