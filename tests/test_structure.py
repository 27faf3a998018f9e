"""The structure read from the order: counts taken by reading the text, item boundaries, tiling, amendments, errors."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from bilik.build import read_order
from bilik.errors import SourceError
from bilik.extract.structure import Amendment, Piece, read_structure, strip_item
from bilik.extract.text import read_source

ROOT: Final = Path(__file__).resolve().parents[1]
ORDER: Final = read_order(ROOT)
RAW: Final = ORDER.source.raw

#: Counted by reading: position → (duties, knowledge items), in the order of the text.
ITEMS: Final = {
    "translator": (5, 8),
    "technician": (14, 17),
    "engineer": (10, 11),
    "accountant": (15, 11),
    "lawyer": (24, 11),
    "legal-consultant": (15, 8),
    "laboratory-assistant": (8, 8),
    "hr-inspector": (13, 10),
    "hr-specialist": (14, 14),
    "mechanic": (16, 12),
    "psychologist": (15, 9),
    "sociologist": (4, 7),
    "economist": (18, 19),
}

#: Lines of each requirement clause, the lines that name a tier included.
REQUIREMENT_LINES: Final = {
    3: 1, 6: 5, 9: 1, 10: 8, 13: 4, 14: 8, 17: 1, 20: 1, 23: 1, 24: 8, 27: 1, 30: 1, 33: 1, 34: 8, 37: 5, 40: 1,
    43: 1, 44: 8,
}  # fmt: skip

#: The clauses under which a note of re-wording stands; 6 is the requirement clause that has none.
REWORDED: Final = (3, 9, 10, 13, 14, 17, 20, 23, 24, 27, 30, 33, 34, 37, 40, 43, 44)


def clause(number: int) -> list[Piece]:
    """The items of a clause."""
    kinds = ("duty", "knowledge", "requirement-line")
    return [p for p in ORDER.structure.pieces if p.provision == f"order-775-cl-{number}" and p.kind in kinds]


def verbatim(piece: Piece) -> str:
    """The source words of a piece."""
    return RAW[piece.start : piece.end]


# -- counts --------------------------------------------------------------------------------------------------------


def test_counts_of_the_parts() -> None:
    assert Counter(piece.kind for piece in ORDER.structure.pieces) == {
        "title": 1,
        "approval": 1,
        "preamble": 1,
        "point": 5,
        "subpoint": 5,
        "signature": 1,
        "stamp": 1,
        "approved-title": 1,
        "part-heading": 1,
        "section-heading": 13,
        "exclusion": 2,
        "clause-heading": 44,
        "duty": 171,
        "knowledge": 145,
        "requirement-line": 64,
        "note": 19,
        "chapter-heading": 1,
        "clause-text": 1,
        "annex-caption": 1,
        "annex-heading": 1,
        "table-header": 1,
        "index-row": 13,
    }


def test_items_of_each_position() -> None:
    found = {
        key: tuple(
            sum(1 for piece in ORDER.structure.of_kind(kind) if piece.position == key) for kind in ("duty", "knowledge")
        )
        for key in ITEMS
    }
    assert found == ITEMS
    assert [sum(column) for column in zip(*ITEMS.values(), strict=True)] == [171, 145]


def test_lines_of_each_requirement_clause() -> None:
    found = Counter(piece.provision for piece in ORDER.structure.of_kind("requirement-line"))
    assert found == {f"order-775-cl-{number}": lines for number, lines in REQUIREMENT_LINES.items()}


@pytest.mark.parametrize("kind", ["point", "subpoint", "section-heading", "index-row"])
def test_numbers_run_from_one(kind: str) -> None:
    pieces = list(ORDER.structure.of_kind(kind))
    assert [piece.ordinal for piece in pieces] == list(range(1, len(pieces) + 1))


def test_clauses_are_numbered_through() -> None:
    clauses = [piece for piece in ORDER.structure.pieces if piece.kind in ("clause-heading", "clause-text")]
    assert [piece.ordinal for piece in clauses] == list(range(1, 46))
    assert [piece.provision for piece in clauses[:-1]] == [f"order-775-cl-{number}" for number in range(1, 45)]


def test_items_of_a_clause_are_numbered_through() -> None:
    for number in range(1, 45):
        items = clause(number)
        assert items
        assert [piece.ordinal for piece in items] == list(range(1, len(items) + 1))
        assert len({piece.kind for piece in items}) == 1


def test_sections_hold_their_positions() -> None:
    sections = list(ORDER.structure.of_kind("section-heading"))
    assert [piece.position for piece in sections] == list(ITEMS)
    assert [piece.provision for piece in sections] == [f"order-775-sec-{number}" for number in range(1, 14)]
    assert {piece.position for piece in ORDER.structure.of_kind("exclusion")} == {"laboratory-assistant", "psychologist"}
    for piece in ORDER.structure.pieces:
        assert (piece.position is not None) == piece.provision.startswith(("order-775-sec-", "order-775-cl-")), piece


# -- boundaries of items -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "item", "first", "last"),
    [
        (1, 1, "ғылыми, техникалық, қоғамдық-саяси", "және ақпаратты аударады;"),
        (1, 5, "терминдерді біріздендіру", "жұмысты жүргізеді."),
        (2, 1, "Қазақстан Республикасының еңбек", "құқықтық актілерін;"),
        (2, 2, "шетел тiлiн;", "шетел тiлiн;"),
        (4, 8, "жаңа техниканы, прогрессивтi", "негіздеуге қатысады;"),
        (4, 12, "құжаттардың өтуін есепке алып", "жүзеге асырады;"),
        (4, 14, "жұмыста жаңа техникалық", "шаралар \nқабылдайды."),
        (5, 17, "экономика, өндiрiстi", "ұйымдастыру негiздерiн."),
        (11, 1, "мүліктің, міндеттемелер мен", "жүргiзу жөнiндегi жұмысты орындайды;"),
        (11, 2, "бухгалтерлiк есептің тиiстi", "өндеуге дайындайды;"),
        (11, 4, "өнімнің (жұмыстардың", "калькуляция жасайды\n;"),
        (11, 5, "шығындар мен өндірістік", "ұсыныстар дайындайды;"),
        (15, 7, "ұйым басшысына қол қоюға", "беруді жүзеге асырады;"),
        (15, 23, "талаптарды қабылдауға", "беруге құқылы;"),
        (21, 6, "олардың есебін жүргiзедi", "деректердi iрiктеп алады;"),
        (26, 3, "Қазақстан Республикасының еңбек және зейнетақы", "заңнамасын;"),
        (31, 1, "барлық жабдық түрлерінің", "қамтамасыз етеді,"),
        (31, 2, "механикалық жабдықтардағы", "жүзеге асырады,"),
        (31, 5, "барлық жабдық түрiн", "дайындауды ұйымдастырады,"),
        (31, 6, "жабдықтардың, жекелеген", "мақсатында зерттейдi;"),
        (31, 16, "жабдықтарды жөндеудi және", "басшылық жасайды."),
        (35, 11, "практикаға психологиялық", "бақылауды жүзеге асырады;"),
        (35, 12, "кадрлар тұрақтамауының", "орналастыруды талдайды;"),
        (41, 18, "экономикалық ақпаратты өңдеудің", "мүмкiндiгiн айқындайды."),
        (42, 19, "есептеу техникасын", "пайдалану қағидаларын."),
        (14, 3, "бірінші санатты: кадрларды", "жұмыс өтілі;"),
        (34, 8, "екінші санатты: техникалық", "3 жыл жұмыс өтілі."),
    ],
)
def test_first_and_last_words_of_an_item(number: int, item: int, first: str, last: str) -> None:
    words = verbatim(clause(number)[item - 1])
    assert words.startswith(first)
    assert words.endswith(last)


@pytest.mark.parametrize(("number", "item"), [(11, 1), (14, 3), (35, 11)])
def test_items_that_a_page_break_cuts_are_whole(number: int, item: int) -> None:
    piece = clause(number)[item - 1]
    assert "\n\n\n" in verbatim(piece)
    assert "\n" not in piece.text
    assert "  " not in piece.text


def test_words_around_the_page_breaks_join() -> None:
    assert "есебін, өнім берушілермен және" in clause(11)[0].text
    assert "екінші санатты бухгалтер лауазымындағы кемінде 2 жыл" in clause(14)[2].text
    assert "оңтайлы еңбек процестерін ұйымдастыруға" in clause(35)[10].text


def test_every_item_begins_at_an_indented_line_and_ends_closed() -> None:
    for kind in ("duty", "knowledge", "requirement-line"):
        for piece in ORDER.structure.of_kind(kind):
            assert RAW[piece.start - 7 : piece.start] == "\n" + " " * 6
            assert RAW[piece.end - 1] in ";.:,"
            assert RAW[piece.end] in " \n"
    commas = [p for p in ORDER.structure.pieces if p.kind in ("duty", "knowledge") and RAW[p.end - 1] == ","]
    assert [(piece.provision, piece.ordinal) for piece in commas] == [("order-775-cl-31", item) for item in (1, 2, 5)]
    assert RAW.count("\n;") == 1


def test_an_item_stripped_loses_its_closing_punctuation_only() -> None:
    for item, last in ((1, "жүргізу жөніндегі жұмысты орындайды"), (4, "калькуляция жасайды")):
        piece = clause(11)[item - 1]
        stripped = strip_item(piece)
        assert stripped.text.endswith(last)
        assert (stripped.start, stripped.end) == (piece.start, piece.end)
    assert strip_item(clause(31)[0]).text.endswith("қамтамасыз етеді")


# -- tiling --------------------------------------------------------------------------------------------------------


def test_pieces_and_layout_tile_the_file() -> None:
    tiles = list(ORDER.structure.tiling(ORDER.source))
    assert tiles[0].start == 0
    assert tiles[-1].end == len(RAW)
    for tile, following in zip(tiles, tiles[1:], strict=False):
        assert tile.end == following.start
        assert tile.start < tile.end
    assert "".join(verbatim(tile) for tile in tiles) == RAW
    layout = [tile for tile in tiles if tile.kind == "layout"]
    assert not any(verbatim(tile).strip() for tile in layout)
    assert [tile for tile in tiles if tile.kind != "layout"] == list(ORDER.structure.pieces)


def test_tiling_refuses_words_that_belong_to_no_piece() -> None:
    pieces = ORDER.structure.pieces
    lost = pieces[40]
    structure = type(ORDER.structure)(tuple(piece for piece in pieces if piece is not lost), ())
    line = ORDER.source.line(pieces[39].end)
    with pytest.raises(SourceError, match=f"line {line}: .* belongs to no piece"):
        list(structure.tiling(ORDER.source))


def test_tiling_refuses_pieces_that_overlap() -> None:
    pieces = ORDER.structure.pieces
    structure = type(ORDER.structure)((pieces[0], pieces[0], *pieces[1:]), ())
    with pytest.raises(SourceError, match="belongs to no piece"):
        list(structure.tiling(ORDER.source))


# -- amendments ----------------------------------------------------------------------------------------------------


def test_amendments_are_those_of_the_notes() -> None:
    act = "order-27-2021"
    reworded = [Amendment(f"order-775-cl-{number}", act, added=False) for number in REWORDED]
    added = [Amendment(f"order-775-{part}", act, added=True) for part in ("chapter-2", "annex")]
    assert list(ORDER.structure.amendments) == [*reworded, *added]


# -- a text that does not read ---------------------------------------------------------------------------------------


def reading(old: str, new: str) -> SourceError:
    """The error that the text raises with ``old``, which it has once, replaced by ``new``."""
    assert RAW.count(old) == 1
    source = read_source(RAW.replace(old, new), ORDER.registry.look_alikes, {})
    with pytest.raises(SourceError) as caught:
        read_structure(source, ORDER.registry)
    return caught.value


def line_of(words: str) -> int:
    """The line on which the words, which the text has once, begin."""
    assert RAW.count(words) == 1
    return ORDER.source.line(RAW.index(words))


@pytest.mark.parametrize(
    ("old", "new", "at", "problem"),
    [
        ("2. Бiлуге тиiс:", "2. Жаңа тақырып:", "2. Бiлуге тиiс:", "clause 2 has an unknown heading: 'Жаңа тақырып'"),
        ("      4. Лауазымдық", "      Лауазымдық", "4. Лауазымдық", "an item outside any list: 'Лауазымдық міндеттері:'"),
        ("      16. Білуге тиіс:", "      Білуге тиіс:", "17. Біліктілікке", "clause 17 follows clause 15"),
        ("      8. Бiлуге", "      18. Бiлуге", "8. Бiлуге тиiс:\n      Қазақстан Республикасының еңбек саласындағы "
         "нормативтік құқықтық актілерін \nжәне Қазақстан Республикасының ұйымның өндiрiстiк-шаруашылық қызметін \n"
         "регламенттейтін нормативтік құқықтық актілерін;\n      орындалатын", "clause 18 follows clause 7"),
        ("      4. Осы бұйрықтың", "      6. Осы бұйрықтың", "4. Осы бұйрықтың", "point 6 follows point 3"),
        ("\n5-параграф. Заңгер", "\nБөтен жол.\n\n5-параграф. Заңгер", "5-параграф. Заңгер", "'Бөтен жол.'"),
        ("5-параграф. Заңгер", "5-параграф. Төреші", "5-параграф. Заңгер", "section 5 'Төреші'"),
        ("5-параграф. Заңгер", "7-параграф. Заңгер", "5-параграф. Заңгер", "section 7 'Заңгер'"),
        ("5-параграф. Заңгер", "параграф. Заңгер", "5-параграф. Заңгер", "neither heading nor declared block"),
        ("11-параграф. Психолог\n(педагог-психологтан басқа)", "11-параграф. Психолог", "11-параграф. Психолог",
         "exclusion 'педагог-психологтан басқа' is missing"),
        ("11-параграф. Психолог\n(педагог-психологтан басқа)", "11-параграф. Психолог\n(басқа)",
         "(педагог-психологтан басқа)\n\n", "exclusion 'басқа' is not the registry's"),
        ("3. Барлық атаудағы инженер 6", "3. Барлық инженерлер 6", "3. Барлық атаудағы инженер 6",
         "index row '3. Барлық инженерлер 6'"),
        ("3. Барлық атаудағы инженер 6", "4. Барлық атаудағы инженер 6", "3. Барлық атаудағы инженер 6",
         "index row '4. Барлық атаудағы инженер 6'"),
        ("р/c№ Мамандар", "р/c№ Қызметшілер", "р/c№ Мамандар", "neither heading nor declared block"),
        ("Ескерту. 13-тармақ", "Ескерту. 12-тармақ", "Ескерту. 13-тармақ", "a note on clause 12 stands under clause 13"),
        ("Ескерту. 43-тармақ жаңа", "Ескерту. 43-тармақ ескі", "Ескерту. 43-тармақ", "a note of unknown form"),
        ("2-тараумен толықтырылды", "3-тараумен толықтырылды", "Ескерту. Біліктілік сипаттамалары 2-тараумен",
         "a note on order-775-chapter-3 stands under order-775-chapter-2"),
        ("қосымшамен толықтырылды", "2-тараумен толықтырылды", "Ескерту. Біліктілік сипаттамалары қосымшамен",
         "a note on order-775-chapter-2 stands under order-775-annex"),
        ("      Ескерту. 40-тармақ", "      Бөтен тармақ.\n      Ескерту. 40-тармақ", "41. Лауазымдық", ""),
    ][:-1],
)  # fmt: skip
def test_a_text_of_another_structure_is_refused(old: str, new: str, at: str, problem: str) -> None:
    message = str(reading(old, new))
    assert f"order-775.kk.txt line {line_of(at)}: " in message
    assert problem in message


def test_a_note_of_an_act_that_the_registry_lacks_is_refused() -> None:
    source = read_source(RAW.replace("№ 27 (алғашқы", "№ 28 (алғашқы"), ORDER.registry.look_alikes, {})
    with pytest.raises(SourceError, match="the registry names no act No. 28 of 2021-02-04"):
        read_structure(source, ORDER.registry)


def test_a_missing_section_or_row_is_refused() -> None:
    source = read_source(RAW.replace("13. Экономист 24", ""), ORDER.registry.look_alikes, {})
    with pytest.raises(SourceError, match="13 sections and 12 index rows, the registry has 13"):
        read_structure(source, ORDER.registry)
