"""Makes the dossier of a case: gathers its parts in the prescribed order, has them bound, and says what was made."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.config import current_config
from saas.documents.form import Snapshot
from saas.documents.pages import count_pages
from saas.documents.queries import with_numbers
from saas.domain import get_domain
from saas.dossier import assemble, queries, sheaves
from saas.dossier.assemble import Cover, Volume
from saas.dossier.awake import awake
from saas.dossier.frame import Frame
from saas.dossier.gathering import DossierError, Shelf
from saas.dossier.history import History
from saas.dossier.pages import Notes, Pages
from saas.dossier.parts import Body, digest_of_path
from saas.dossier.sheaves import Pile
from saas.dossier.variants import FULL, Variant
from saas.dossier.volume import Place

NUMBER_FONT = "AppSong.ttf"
LONGEST_STATEMENT = 5  # pages tried until the statement tells its own length right
STEPS_BESIDES_PARTS = 4
TITLES = {"main": "正卷", "sub": "副卷"}

Progress = Callable[[str, int], None]
"""Told what is being done and how many steps there are in all."""


@dataclass(frozen=True)
class Made:
    """A dossier on the disk, not signed yet.

    Attributes:
        path: The file.
        content_digest: The SHA-256 of its bytes.
        pages: How many pages it has.
        size: How many bytes.
        obstacles: What keeps it from being PDF/A-3b, a sentence for each part; empty if nothing was found.
    """

    path: Path
    content_digest: str
    pages: int
    size: int
    obstacles: tuple[str, ...]


@dataclass(frozen=True)
class _Making:
    """What every step of the making needs."""

    case: Case
    shot: Snapshot
    places: Sequence[Place]
    pages: Pages
    shelf: Shelf
    pile: Pile
    told: Callable[[str], None]

    @property
    def has_sub(self) -> bool:
        """Whether there is anything for a second volume."""
        return any(place.item.part == "sub" and not place.is_empty for place in self.places)

    def frame(self, code: Literal["main", "sub"]) -> Frame:
        """The framing forms of a volume; its name stands on them only where there are two."""
        name = TITLES[code] if self.has_sub else ""
        return Frame(get_domain(self.case.domain), self.shot, self.pages.folder, name)


def make(case: Case, progress: Progress, *, out: Path, variant: Variant = FULL) -> Made:
    """Write the whole dossier to a path, beside which it keeps what it works with; the same rows give the same bytes.

    Raises:
        AppError: A part is missing, damaged or not printable; the message names it.
    """
    making = _begun(case, progress, out.parent, variant)
    bodies = {code: _laid(making, code) for code in _codes(making)}
    pile = making.pile.settled()
    obstacles = [obstacle.sentence for obstacle in making.pile.obstacles]
    making.told("制作封面、目录和备考表")
    past = variant.history(queries.read_history(case))
    volumes = [_volume(making, code, body, past, obstacles) for code, body in bodies.items()]
    making.told("制作办理过程和审计摘录")
    tail = making.pages.appendix(past)
    making.told("编页号、装订")
    cover = _cover(making, past, variant, obstacles)
    font = current_config().fonts_dir / NUMBER_FONT
    pages = awake(lambda: assemble.bind(pile, volumes, tail, cover, font, out))
    return Made(out, digest_of_path(out), pages, out.stat().st_size, tuple(obstacles))


def frozen_at(case: Case) -> datetime:
    """The moment every date in the file is taken from: when the case last changed."""
    return max([case.opened_at, *(step.happened_at for step in case.steps)])


def _begun(case: Case, progress: Progress, folder: Path, variant: Variant) -> _Making:
    shot = variant.shot(with_numbers(snapshot(case), case.id))
    places = queries.list_places(case)
    total = sum(len(place.documents) + len(place.files) for place in places) + STEPS_BESIDES_PARTS
    pages = Pages(case.number, shot.stored("title"), folder)
    return _Making(
        case, shot, places, pages, Shelf(folder, variant, pages), Pile(folder), lambda step: progress(step, total)
    )


def _codes(making: _Making) -> list[Literal["main", "sub"]]:
    return ["main", "sub"] if making.has_sub else ["main"]


def _laid(making: _Making, code: Literal["main", "sub"]) -> Body:
    """The numbered pages of a volume; the statement stands last in the main one."""
    places = [place for place in making.places if place.item.part == code]
    body = sheaves.lay(making.shelf.parts(places), making.pile, lambda title: making.told(f"放入{title}"))
    if code == "main":
        making.told("制作卷宗情况说明")
        _add_statement(body, making.frame(code), making.pile)
    return body


def _add_statement(body: Body, frame: Frame, pile: Pile) -> None:
    """The statement tells the pages of the whole volume, its own included, so its length is tried from one upwards."""
    for length in range(1, LONGEST_STATEMENT + 1):
        made = frame.statement(len(body.spans) + 1, body.pages + length)
        if not made:
            return
        if count_pages(made[0].path) == length:
            sheaves.add(body, made[0], pile)
            return
    raise DossierError("卷宗情况说明太长，请精简后再导出卷宗。")


def _volume(
    making: _Making, code: Literal["main", "sub"], body: Body, past: History, obstacles: Sequence[str]
) -> Volume:
    frame, main = making.frame(code), code == "main"
    counted = {"pieces": len(body.spans), "pages": body.pages}
    notes = Notes(
        frame.volume,
        len(body.spans),
        body.pages,
        compiled=frame.values("statement", counted),
        lacking=[place.item.title for place in making.places if place.is_missing and place.item.part == code],
        void=past.void if main else (),
        enclosed=[span.part.title for span in body.spans if span.part.filed.enclosed],
        obstacles=obstacles if main else (),
        main=main,
    )
    return Volume(code, TITLES[code], body, frame.front(body.spans), [making.pages.notes(notes), *frame.back()])


def _cover(making: _Making, past: History, variant: Variant, obstacles: Sequence[str]) -> Cover:
    told = {
        "variant": variant.code,
        "case": _facts(making.shot),
        "lacking": [place.item.title for place in making.places if place.is_missing],
        "archival": {"claimed": not obstacles, "obstacles": list(obstacles)},
        **past.told(),
    }
    number = making.case.number
    return Cover(number, f"卷宗 {number}", frozen_at(making.case), told, archival=not obstacles, mark=variant.mark)


def _facts(shot: Snapshot) -> dict[str, Any]:
    """The case as plain values, for machines that read the file later."""
    kept = asdict(replace(shot, extra={}, document={}, step=None))
    return {name: value for name, value in kept.items() if value}
