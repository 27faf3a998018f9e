"""Reading the source file: its bytes, look-alike letters, listed slips, and where normalised characters stand."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.build import read_order
from bilik.errors import SourceError
from bilik.extract.registry import read_registry
from bilik.extract.text import SourceText, read_source

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "data" / "source" / "order-775.kk.txt"
REGISTRY: Final = read_registry(ROOT / "data" / "registry", "order-775")
RAW: Final = SOURCE.read_bytes().decode("utf-8")
TEXT: Final = read_source(RAW, REGISTRY.look_alikes, REGISTRY.slips)

DIGEST: Final = "47b0c875e96619240dbb3805e4a97b6ae0110053e8080dc717b400cf13425e79"
LOOK_ALIKES: Final = {"a": "а", "c": "с", "i": "і", "y": "у"}


def small(raw: str, slips: Mapping[str, str] | None = None) -> SourceText:
    """A short text read like the order."""
    return read_source(raw, LOOK_ALIKES, slips or {})


def normal(raw: str, slips: Mapping[str, str] | None = None) -> str:
    """The words of a short text, normalised."""
    return small(raw, slips).normalise(0, len(raw)).text


# -- the file ------------------------------------------------------------------------------------------------------


def test_source_is_the_file_as_published() -> None:
    content = SOURCE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == DIGEST
    assert SOURCE.with_name(f"{SOURCE.name}.sha256").read_text(encoding="ascii").split() == [DIGEST, SOURCE.name]
    assert len(content.split(b"\n")) == 1176
    assert b"\r" not in content


def test_positions_are_code_points_of_the_file() -> None:
    order = read_order(ROOT)
    assert order.source.raw == RAW
    assert len(order.source.mapped) == len(RAW)


@pytest.mark.parametrize("edit", [b" ", b"\n", "қ".encode()])
def test_an_edited_text_is_refused(tmp_path: Path, edit: bytes) -> None:
    for folder in ("data/registry", "data/source", "ontology/vocab"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    copy = tmp_path / "data" / "source" / SOURCE.name
    copy.write_bytes(copy.read_bytes() + edit)
    with pytest.raises(SourceError, match=r"order-775\.kk\.txt: the text differs from its recorded sha256"):
        read_order(tmp_path)


# -- look-alikes and slips -----------------------------------------------------------------------------------------


def test_look_alikes_are_mapped_and_nothing_else_is() -> None:
    assert dict(REGISTRY.look_alikes) == LOOK_ALIKES
    for before, after in zip(TEXT.raw, TEXT.mapped, strict=True):
        assert after == LOOK_ALIKES.get(before, before)


@pytest.mark.parametrize("letter", ["o", "e", "p", "A", "I", "x"])
def test_a_latin_letter_not_listed_stops_the_reading(letter: str) -> None:
    with pytest.raises(SourceError, match=f"line 3: Latin letter '{letter}' is no look-alike"):
        small(f"бірінші\nекінші\nүш{letter}нші\nтөртінші\n")


def test_a_latin_letter_in_the_order_stops_the_reading() -> None:
    line = TEXT.line(RAW.index("1-параграф"))
    with pytest.raises(SourceError, match=f"line {line}: Latin letter 'p'"):
        read_source(RAW.replace("1-параграф", "1-паpаграф", 1), REGISTRY.look_alikes, REGISTRY.slips)


def test_a_slip_that_the_text_does_not_contain_stops_the_reading() -> None:
    with pytest.raises(SourceError, match="letter slips that the text does not contain: кітап, қалам"):
        small("жене", {"жене": "және", "қалам": "калам", "кітап": "китап"})


def test_every_listed_slip_is_corrected_wherever_it_stands() -> None:
    words = set(re.findall(r"\w+", TEXT.normalise(0, len(RAW)).text.lower()))
    assert len(REGISTRY.slips) == 50
    assert not set(REGISTRY.slips) & words
    assert set(REGISTRY.slips.values()) <= words


@pytest.mark.parametrize(
    ("raw", "slips", "expected"),
    [
        ("жене", {"жене": "және"}, "және"),
        ("Лауазымдык", {"лауазымдык": "лауазымдық"}, "Лауазымдық"),
        ("Қазакстан", {"қазакстан": "қазақстан"}, "Қазақстан"),
        ("Кабiлеттiлiгiн", {"кабілеттілігін": "қабілеттілігін"}, "Қабілеттілігін"),
        ("есптеу", {"есптеу": "есептеу"}, "есептеу"),
        ("переспективаларын", {"переспективаларын": "перспективаларын"}, "перспективаларын"),
        ("женелер жене", {"жене": "және"}, "женелер және"),
    ],
)
def test_a_slip_is_corrected_as_a_whole_word_and_keeps_its_capital(
    raw: str, slips: Mapping[str, str], expected: str
) -> None:
    assert normal(raw, slips) == expected


@pytest.mark.parametrize(("wrong", "right"), [("есптеу", "есептеу"), ("переспективаларын", "перспективаларын")])
def test_a_corrected_word_spans_the_word_found(wrong: str, right: str) -> None:
    raw = f"(бір {wrong}, екі)"
    found = small(raw, {wrong: right}).normalise(0, len(raw))
    at = found.text.index(right)
    start, end = found.span(at, at + len(right))
    assert raw[start:end] == wrong


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  бір \n\n\n екі\t үш \n", "бір екі үш"),
        ("мамандық (\nбіліктілік) бойынша", "мамандық (біліктілік) бойынша"),
        ("есеп айырысу\n) жүргізу", "есеп айырысу) жүргізу"),
        ("жүргізеді\n, сондай", "жүргізеді, сондай"),
        ("жасайды\n;", "жасайды;"),
        ("маман :\n", "маман:"),
        ("қаржы - экономикалық", "қаржы - экономикалық"),
        ("бiр", "бір"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_white_space_is_folded(raw: str, expected: str) -> None:
    assert normal(raw) == expected


# -- where normalised characters stand -----------------------------------------------------------------------------


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int]:
    """(start, end) of a stretch of the order's text, not empty."""
    start = draw(st.integers(0, len(RAW) - 1))
    return start, draw(st.integers(start + 1, min(start + 400, len(RAW))))


@given(stretches(), st.data())
def test_normalised_characters_stand_inside_the_stretch_in_order(stretch: tuple[int, int], data: st.DataObject) -> None:
    start, end = stretch
    found = TEXT.normalise(start, end)
    assert len(found.origins) == len(found.text)
    assert found.end == end
    assert list(found.origins) == sorted(found.origins)
    assert all(start <= origin < end for origin in found.origins)
    if found.text:
        first = data.draw(st.integers(0, len(found.text) - 1))
        behind = data.draw(st.integers(first + 1, len(found.text)))
        left, right = found.span(first, behind)
        assert start <= left < right <= end


@given(stretches())
def test_letters_are_those_of_the_source_but_for_slips(stretch: tuple[int, int]) -> None:
    start, end = stretch
    source = SourceText(RAW, TEXT.mapped, {})
    found = source.normalise(start, end)
    assert "".join(found.text.split()) == "".join(TEXT.mapped[start:end].split())
    for char, origin in zip(found.text, found.origins, strict=True):
        assert char == TEXT.mapped[origin] or (char == " " and RAW[origin].isspace())


SLIPS: Final = {"есптеу": "есептеу", "переспективаларын": "перспективаларын", "лауазымдык": "лауазымдық"}
FRAGMENTS: Final = ["есптеу", "Переспективаларын", "Лауазымдык", "бiр", " ", "\n\n", "(", ")", ",", ";", ":", "-"]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30))
def test_normalising_holds_its_rules_on_any_mix(fragments: list[str]) -> None:
    raw = "".join(fragments)
    # Slips that the mix lacks are no matter here: the text is made directly.
    found = SourceText(raw, raw.replace("i", "і"), SLIPS).normalise(0, len(raw))
    assert list(found.origins) == sorted(found.origins)
    assert len(found.origins) == len(found.text)
    assert not any(bad in found.text for bad in ("  ", "( ", " )", " ,", " ;", " :", "\n"))
    assert found.text == found.text.strip()
    if found.text:
        left, right = found.span(0, len(found.text))
        assert raw[left:right] == raw.strip()
