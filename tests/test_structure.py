"""The structure read from the order: counts taken by reading the text, item boundaries, tiling, amendments, errors."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
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
    exclusions = ORDER.structure.of_kind("exclusion")
    assert [piece.position for piece in exclusions] == ["laboratory-assistant", "psychologist"]
    for piece in ORDER.structure.pieces:
        in_section = piece.provision.startswith(("order-775-sec-", "order-775-cl-")) and piece.kind != "clause-text"
        assert (piece.position is not None) == in_section


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
    for tile, following in pairwise(tiles):
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


# -- a text that does not read -------------------------------------------------------------------------------------


def refusal(raw: str) -> str:
    """The message with which an edited text is refused."""
    source = read_source(raw, ORDER.registry.look_alikes, ORDER.registry.slips)
    with pytest.raises(SourceError) as caught:
        read_structure(source, ORDER.registry)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("      2. Бiлуге тиiс:", "      2. Жаңа тақырып:", 85, "clause 2 has an unknown heading: 'Жаңа тақырып'"),
        ("      4. Лауазымдық", "      Лауазымдық", 110, "an item outside any list: 'Лауазымдық міндеттері:'"),
        ("      16. Білуге тиіс:", "      Білуге тиіс:", 494, "clause 17 follows clause 15"),
        ("      8. Бiлуге тиiс:", "      18. Бiлуге тиiс:", 230, "clause 18 follows clause 7"),
        ("      4. Осы бұйрықтың", "      6. Осы бұйрықтың", 44, "point 6 follows point 3"),
        ("\n5-параграф.", "\nБөтен жол.\n5-параграф.", 402, "neither heading nor declared block: 'Бөтен жол.'"),
        ("\n5-параграф.", "\n      Бөтен жол.\n5-параграф.", 402, "an item outside any list: 'Бөтен жол.'"),
        ("5-параграф. Заңгер", "5-параграф. Төреші", 402, "section 5 'Төреші' is not what the registry has"),
        ("5-параграф. Заңгер", "7-параграф. Заңгер", 402, "section 7 'Заңгер' is not what the registry has"),
        ("5-параграф. Заңгер", "Заңгер", 402, "neither heading nor declared block: 'Заңгер'"),
        ("Психолог\n(педагог-психологтан басқа)", "Психолог", 881, "'педагог-психологтан басқа' is missing"),
        ("Психолог\n(педагог-психологтан", "Психолог\n(бәрінен", 882, "exclusion 'бәрінен басқа' is not"),
        ("3. Барлық атаудағы инженер 6", "3. Барлық инженерлер 6", 1155, "index row '3. Барлық инженерлер 6'"),
        ("3. Барлық атаудағы инженер 6", "4. Барлық атаудағы инженер 6", 1155, "index row '4. Барлық атаудағы"),
        ("р/c№ Мамандар", "р/c№ Қызметшілер", 1149, "neither heading nor declared block: 'р/с№ Қызметшілер"),
        ("Ескерту. 13-тармақ", "Ескерту. 12-тармақ", 365, "a note on clause 12 stands under clause 13"),
        ("Ескерту. 43-тармақ жаңа", "Ескерту. 43-тармақ ескі", 1087, "a note of unknown form: 'Ескерту. 43"),
        ("2-тараумен", "3-тараумен", 1121, "a note on order-775-chapter-3 stands under order-775-chapter-2"),
        ("қосымшамен", "2-тараумен", 1146, "a note on order-775-chapter-2 stands under order-775-annex"),
    ],
    ids=str,
)
def test_a_text_of_another_structure_is_refused(old: str, new: str, line: int, problem: str) -> None:
    assert RAW.count(old) == 1
    message = refusal(RAW.replace(old, new))
    assert message.startswith(f"order-775.kk.txt line {line}: ")
    assert problem in message


def test_a_note_of_an_act_that_the_registry_lacks_is_refused() -> None:
    assert "the registry names no act No. 28 of 2021-02-04" in refusal(RAW.replace("№ 27 (алғашқы", "№ 28 (алғашқы"))


def test_a_missing_row_or_section_is_refused() -> None:
    assert "13 sections and 12 index rows, the registry has 13" in refusal(RAW.replace("13. Экономист 24", ""))
    last = RAW[RAW.index("13-параграф.") : RAW.index("2-тарау.")]
    assert "clause 45 follows clause 40" in refusal(RAW.replace(last, ""))
