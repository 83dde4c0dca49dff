"""What tests of the dress of documents share: seals, drafts in a city, a day of an administrator at one."""

import io
import re
from typing import Any

from PIL import Image, ImageDraw

from saas.documents.designs import changing, queries, reviewing
from saas.documents.designs.body import EMPTY
from saas.documents.designs.models import DocumentDesign
from tests.browsers import Browser
from tests.mediation import factory
from tests.portal.applying import picture
from tests.saas.web.staff.sending import send

DRESS = "/admin/documents"
FORM = "mediation.termination"
HEAD = "雁城市司法局文件"
BODY = re.compile(r'<option value="([0-9a-f-]{36})"[^>]*>([^<]+)<')
REVISION = re.compile(r'name="cursor" value="(\d+)"')
ADMIN, SECOND = "wanghy", "qianfang"


def seal(side: int = 500, colour: str = "#d4002a", mode: str = "RGBA", height: int | None = None) -> bytes:
    """A round seal on nothing."""
    image = Image.new("RGBA", (side, height or side), (255, 255, 255, 0))
    ImageDraw.Draw(image).ellipse((8, 8, side - 8, (height or side) - 8), outline=colour, width=40)
    ImageDraw.Draw(image).rectangle((side // 3, side // 3, side // 2, side // 2), fill=colour)
    out = io.BytesIO()
    image.convert(mode).save(out, "PNG")
    return out.getvalue()


def drafted(**parts: Any) -> DocumentDesign:  # noqa: ANN401 - whatever a design has
    """A new draft with these parts and nothing else of the city's own; one that was open is given up."""
    give_up()
    design = changing.begin(by=factory.actor(ADMIN))
    return changing.change(design, {**EMPTY, **parts}, seen=0, what=[], by=factory.actor(ADMIN))


def published(**parts: Any) -> DocumentDesign:  # noqa: ANN401 - as above
    """A version with these parts, in force; the same twice is not published again."""
    design = drafted(**parts)
    in_force = queries.find_version(queries.version_in_force())
    if in_force and in_force.body == design.body:
        give_up()
        return in_force
    reviewing.submit(design, by=factory.actor(ADMIN))
    return reviewing.publish(design, seen=design.revision, by=factory.actor(SECOND))


def give_up() -> None:
    """Give the open draft up, if there is one."""
    opened = queries.find_open()
    if opened is None:
        return
    if opened.state == "in_review":
        reviewing.recall(opened, by=factory.actor(ADMIN))
    changing.discard(opened, by=factory.actor(ADMIN))


def sent(browser: Browser, page: str, fields: dict[str, Any], action: str | None = None) -> Any:  # noqa: ANN401 - an answer
    """Send a form of a draft with the revision its page was drawn from."""
    found = REVISION.findall(browser.get(page).get_data(as_text=True))
    return send(browser, page, fields | {"cursor": found[0] if found else ""}, action)


def spend_a_day(admin: Browser, security: Browser, mediator: Browser, number: str) -> None:
    """Shape a draft in every way, have it looked over, and give it up."""
    for address in ("", "/history"):
        admin.get(f"{DRESS}{address}")
    page = str(send(admin, DRESS, {}).location)
    admin.get(page)
    head, words, order = f"{page}/letterhead", f"{page}/forms/{FORM}", f"{page}/volumes/mediation"
    sent(admin, head, {"letterhead": HEAD, "footer": ""})
    unit, _ = BODY.findall(admin.get(head).get_data(as_text=True))[0]
    sent(admin, head, {"body": unit, "seal": picture("seal.png", seal())}, f"{page}/seals")
    for address in (
        f"{page}/seals/{unit}.png",
        f"{page}/samples/{FORM}.png",
        f"{page}/samples/{FORM}.pdf",
        f"{page}/volumes",
    ):
        admin.get(address)
    sent(admin, head, {}, f"{page}/seals/{unit}/remove")
    pattern = {"number": "{series}{kind}〔{year}〕{n}号"}
    sent(admin, words, pattern, f"{words}/number")
    sent(admin, words, pattern)
    sent(admin, order, {"move": "down 0"})
    sent(admin, order, {}, f"{order}/default")
    mediator.get(f"{page}/cases/{FORM}?number={number}")
    mediator.get(f"{page}/cases/{FORM}/{number}.png")
    review = f"{page}/review"
    for verb in ("submit", "recall", "submit"):
        send(admin, review, {}, f"{page}/{verb}")
    send(security, review, {"reason": "请写明依据"}, f"{page}/send-back")
    send(admin, review, {}, f"{page}/discard")
