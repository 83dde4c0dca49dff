"""What it costs to bind a dossier, beside merging the same stored files and nothing else; and many of them at once.

``python -m tests.benchmarks.binding make SCHEMA NUMBER TURNS`` binds in a process of its own, whose memory is told;
``… floor …`` only merges.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import pikepdf
from pikepdf import Dictionary, Name, Stream
from PIL import Image
from sqlalchemy import func, select

import blueprints
import tenants
from saas import web
from saas.app import create_app
from saas.cases.models import Case
from saas.config import Config
from saas.db.session import db
from saas.documents import render
from saas.documents.queries import list_documents
from saas.dossier import binding, jobs, keeping, preparing, queries, services
from saas.dossier.awake import awake
from saas.dossier.models import DossierExport
from saas.embedded import ROOT
from saas.files.queries import list_files
from saas.identity.actor import SYSTEM
from saas.jobs.perform import ENTER
from tenants import context
from tests import queues
from tests.benchmarks import proving
from tests.benchmarks.city import Bench
from tests.benchmarks.deployment import Deployment
from tests.benchmarks.measures import Row, seconds
from tests.saas.dossier import large

WORKERS = 2
ROUNDS = 2  # how often the two processes take turns
KILOBYTES = 1024
PATIENCE = 1800  # seconds
LIMITS = "<= 4 x merging, <= 300 MB"


@dataclass(frozen=True)
class Size:
    """The papers of the large case, the pixels of its pictures, turns of binding it, and how many small dossiers."""

    papers: large.Size = large.LARGE
    picture: tuple[int, int] = (1500, 2120)
    turns: int = 3
    dossiers: int = 60


SMALL = Size(large.Size(documents=5, pictures=5, prints=2, pages=3), (160, 220), turns=1, dossiers=6)


def measure(here: Deployment, bench: Bench, size: Size) -> Iterator[Row]:
    """One large dossier, the same again without a change, and many small ones; what is bound is printed before."""
    queues.forget(here.app)
    with context.transaction(bench.app, bench.city):
        number = large.make(size.papers, size.picture).number
    with context.transaction(bench.app, bench.city):
        preparing.prepare(_case(number).id)
    yield _one(here, bench, number, size.turns)
    yield _again(bench, number, size.turns * 3)
    with tempfile.TemporaryDirectory() as folder:
        yield proving.measure(bench, number, Path(folder), size.turns)
    yield _many(here, bench, size.dossiers)


def _one(here: Deployment, bench: Bench, number: str, turns: int) -> Row:
    ours, least = [], []
    for _ in range(ROUNDS):
        ours.append(_apart(here, "make", bench.city.schema, number, turns))
        least.append(_apart(here, "floor", bench.city.schema, number, turns))
    value, floor = (median(one for told in each for one in told["took"]) for each in (ours, least))
    equal = all(told["pages"] == ours[0]["pages"] for told in (*ours, *least))
    return Row(
        "dossier_300",
        round(value, 3),
        "s",
        round(floor, 3),
        round(value / floor, 2),
        ROUNDS * turns,
        equal=equal,
        target=LIMITS,
        kilobytes=max(told["kilobytes"] for told in ours),
        megabytes=max(told["megabytes"] for told in ours),
    )


def _again(bench: Bench, number: str, turns: int) -> Row:
    """An export of an unchanged case, from asking to having its file, beside looking up the export by what it is of."""
    with context.transaction(bench.app, bench.city):
        export_id = services.request_export(_case(number), by=SYSTEM).id
        jobs.build({"export": str(export_id)})
    with context.transaction(bench.app, bench.city):
        first = queries.get_export(export_id)
        took, least, found = [], [], []
        for _ in range(turns):
            db.session.expire_all()
            took.append(seconds(lambda: found.append(services.request_export(_case(number), by=SYSTEM))))
            least.append(seconds(lambda: queries.find_made(first.case_id, "full", str(first.source_digest))))
        equal = all((one.state, one.digest) == ("ready", first.digest) for one in found)
    return Row.beside("dossier_again", took, least, equal=equal, target="<= 300 ms")


def _many(here: Deployment, bench: Bench, count: int) -> Row:
    """Small dossiers each second by two workers, beside those by one; and the most memory a worker took."""
    with context.entered(bench.app, bench.city):
        told = select(Case.id).where(~Case.number.regexp_match("C[0-9]{4}$")).order_by(Case.number).limit(count * 2)
        cases = list(db.session.scalars(told))
        for case in cases:
            preparing.prepare(case)
    half = len(cases) // 2
    alone, _, whole = _worked(here, bench, cases[:half], 1)
    together, most, all_whole = _worked(here, bench, cases[half:], WORKERS)
    return Row(
        "dossiers_two_workers",
        round(together, 2),
        "dossiers/s",
        round(alone, 2),
        round(together / alone, 2),
        len(cases) - half,
        equal=whole and all_whole,
        target=">= 1.5 x one worker",
        megabytes=most,
    )


def _worked(here: Deployment, bench: Bench, cases: Sequence[UUID], workers: int) -> tuple[float, float, bool]:
    """Dossiers each second, the most megabytes of a worker, and whether all were made."""
    with context.transaction(bench.app, bench.city):
        found = db.session.scalars(select(Case).where(Case.id.in_(cases))).all()
        ids = [services.request_export(case, by=SYSTEM).id for case in found]
    with ExitStack() as stack:
        processes = [stack.enter_context(_worker(here)) for _ in range(workers)]
        most = _watched(processes)
    with context.entered(bench.app, bench.city):
        made = select(func.count(), func.min(DossierExport.finished_at), func.max(DossierExport.finished_at))
        done = made.where(DossierExport.id.in_(ids), DossierExport.state == "ready")
        count, first, last = db.session.execute(done).one()
    assert first is not None
    assert last is not None
    return (count - 1) / (last - first).total_seconds(), most, count == len(ids)


def _watched(processes: "Sequence[subprocess.Popen[bytes]]") -> float:
    """Wait for the workers; the most megabytes one of them took."""
    most, end = 0.0, time.monotonic() + PATIENCE
    while any(process.poll() is None for process in processes):
        assert time.monotonic() < end, "the workers do not end"
        most = max(most, *(_megabytes(process.pid) for process in processes))
        time.sleep(0.1)
    assert all(process.returncode == 0 for process in processes), "a worker ended early"
    return round(most, 1)


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / KILOBYTES for line in lines if line.startswith("VmHWM")), 0.0)


def _environment(here: Deployment) -> dict[str, str]:
    return os.environ | here.environment() | {"FENGQIAO_MASTER_KEY": here.config.master_key or ""}


def _worker(here: Deployment) -> "subprocess.Popen[bytes]":
    """A worker of its own that ends when nothing is left to do."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work", "--once"]
    return subprocess.Popen(command, cwd=ROOT, env=_environment(here), stdout=subprocess.DEVNULL)


def _apart(here: Deployment, what: str, schema: str, number: str, turns: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.binding", what, schema, number, str(turns)]
    done = subprocess.run(command, cwd=ROOT, env=_environment(here), stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _case(number: str) -> Case:
    found = queries.find_case(number)
    assert found is not None
    return found


def _main(what: str, schema: str, number: str, turns: str) -> None:
    """Do one of the two, so often; tells times, pages and the most memory."""
    app = create_app(Config.from_env(), blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    work: Callable[[Case, Path], int] = {"make": _make, "floor": _merge}[what]
    with app.extensions[ENTER](schema), tempfile.TemporaryDirectory() as name:
        case, folder, took, pages = _case(number), Path(name), [], 0
        render.pdf('<html lang="zh-CN"><head><title>甲</title></head><body>甲</body></html>', "table")
        for turn in range(int(turns)):
            room = folder / str(turn)
            room.mkdir()
            begun = time.perf_counter()
            pages = work(case, room)
            took.append(time.perf_counter() - begun)
            kilobytes = round((room / "out.pdf").stat().st_size / KILOBYTES)
    # Not what getrusage tells: that counts the memory of the process this one was begun from.
    told = {"took": took, "pages": pages, "kilobytes": kilobytes, "megabytes": round(_megabytes(os.getpid()), 1)}
    sys.stdout.write(json.dumps(told))


def _make(case: Case, room: Path) -> int:
    """The dossier; how many of its numbered pages were stored before."""
    made = binding.make(case, lambda *_: None, out=room / "out.pdf")
    with pikepdf.open(made.path) as pdf:
        told = json.loads(pdf.attachments["case.json"].get_file().read_bytes())
    return sum(len(part["pages"]) for part in told["parts"] if part["kind"] in {"document", "file"})


def _merge(case: Case, room: Path) -> int:
    """The stored files of a case one after another, pictures as they are."""
    keys = [(str(one.storage_key), "application/pdf") for one in list_documents(case.id)]
    keys += [(file.storage_key, file.media_type) for file in list_files(case.id)]
    with ExitStack() as stack, pikepdf.new() as merged:
        for number, (key, media_type) in enumerate(keys):
            path = keeping.fetch(key, room / str(number))
            if media_type == "image/jpeg":
                _draw(merged, path.read_bytes())
            else:
                merged.pages.extend(stack.enter_context(pikepdf.open(path)).pages)
        generate = pikepdf.ObjectStreamMode.generate
        awake(lambda: merged.save(room / "out.pdf", object_stream_mode=generate))
        return len(merged.pages)


def _draw(pdf: pikepdf.Pdf, data: bytes) -> None:
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    drawn = Stream(pdf, data)
    drawn.Type, drawn.Subtype, drawn.ColorSpace, drawn.Filter = Name.XObject, Name.Image, Name.DeviceRGB, Name.DCTDecode
    drawn.Width, drawn.Height, drawn.BitsPerComponent = width, height, 8
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    page.Resources = Dictionary(XObject=Dictionary(D=pdf.make_indirect(drawn)))
    page.Contents = Stream(pdf, b"q 540 0 0 780 20 20 cm /D Do Q")


if __name__ == "__main__":
    _main(*sys.argv[1:])
