"""Whole fonts for drawn pictures and PDF: the subsets that pages load lack letters.

Source Serif 4 and Be Vietnam Pro under the SIL Open Font License 1.1, from the npm registry
(`@expo-google-fonts/source-serif-4` and `@expo-google-fonts/be-vietnam-pro`, both 0.4.1).
"""

from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "fonts"

SERIF = FOLDER / "SourceSerif4_400Regular.ttf"
SERIF_ITALIC = FOLDER / "SourceSerif4_400Regular_Italic.ttf"
SERIF_SEMIBOLD = FOLDER / "SourceSerif4_600SemiBold.ttf"
SANS = FOLDER / "BeVietnamPro_400Regular.ttf"
SANS_SEMIBOLD = FOLDER / "BeVietnamPro_600SemiBold.ttf"
EVERY = (SERIF, SERIF_ITALIC, SERIF_SEMIBOLD, SANS, SANS_SEMIBOLD)
