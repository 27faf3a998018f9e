"""How much room words take, estimated from above: for the widest of the usual fonts, so that nothing runs over."""

from __future__ import annotations

#: Width in em → the letters that are at most so wide, in the widest of DejaVu Sans, Noto Sans and Liberation Sans.
_LETTERS = {
    0.35: "ijlI.,:;'·’ іІ",
    0.45: "()-/[\\]ftr!",
    0.55: 'cszJ"“”гзсэ',
    0.6: "kvxyL*?_`|–втухьғүұ",
    0.65: "abdeghnopquFTабеийклорчяёкқөәһҮҰГЗТУ$0123456789{}«»",
    0.7: "ABEKPSVXYZднпцңАБВЕРХЧЬЁҒҺ",
    0.75: "CRUъКСЭЯҚ",
    0.8: "&DGHNOQмыДИЙЛНОПЦҢӨӘ",
    0.85: "#+<=>^~wЪю",
    0.95: "MмжшщМФЫф",
}
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}

_WIDEST = 1.1
_BOLD = 1.12


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line, in the unit of its font size."""
    return sum(_WIDTHS.get(letter, _WIDEST) for letter in text) * size * (_BOLD if bold else 1)


def balanced(text: str, size: float, limit: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in as few lines as :func:`wrap` needs, about equally long."""
    lines = wrap(text, size, limit, bold=bold)
    longest = max((width(word, size, bold=bold) for word in text.split()), default=0.0)
    while len(lines) > 1 and limit - size > longest:
        limit -= size
        narrower = wrap(text, size, limit, bold=bold)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def wrap(text: str, size: float, limit: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines of at most that width; a word that is wider is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".lstrip()
        if width(longer, size, bold=bold) <= limit:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size, bold=bold) > limit and len(word) > 1:
            cuts = range(len(word) - 1, 0, -1)
            fitting = next((cut for cut in cuts if width(word[:cut], size, bold=bold) <= limit), 1)
            lines.append(word[:fitting])
            word = word[fitting:]
        line = word
    return (*lines, line) if line or not lines else tuple(lines)
