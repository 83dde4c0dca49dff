"""The machine-readable copy inside a dossier: what it is of, and what each page looked like when it was bound.

Its form is published as dossier.schema.json, which stands beside this module.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf

from saas import clock
from saas.dossier.fingerprint import Fingerprints
from saas.dossier.parts import Place

FORMAT = "fengqiao-dossier/2"
SCHEMA = Path(__file__).with_name("dossier.schema.json")


def told(
    pdf: pikepdf.Pdf, about: Mapping[str, Any], places: Sequence[Place], *, number: str, title: str, frozen: datetime
) -> bytes:
    """The embedded data as JSON bytes, the same for the same file."""
    fingerprints = Fingerprints()
    whole = {
        **about,
        "format": FORMAT,
        "number": number,
        "title": title,
        "frozen_at": clock.local(frozen).isoformat(),
        "parts": [_part(pdf, place, fingerprints) for place in places],
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _part(pdf: pikepdf.Pdf, place: Place, fingerprints: Fingerprints) -> dict[str, Any]:
    filed = place.part.filed
    found = {
        "title": place.part.title,
        "kind": place.part.kind,
        "name": place.part.name,
        "media_type": filed.media_type,
        "digest": filed.digest,
        "volume": place.volume,
        "start": place.start,
        "number": place.number,
        "pages": [fingerprints.of(page) for page in pdf.pages[place.start : place.start + place.length]],
    }
    if filed.digest != place.part.digest:
        found["bound"] = {"media_type": place.part.media_type, "digest": place.part.digest}
    if filed.enclosed is not None:
        found["enclosed"] = enclosed_name(place)
    return found


def enclosed_name(place: Place) -> str:
    """Under which name a file that cannot be shown as pages travels inside the PDF; unlike any other's."""
    return f"{place.volume}-{place.number:04}-{place.part.name}"
