"""What is done to an application before it is sent: begun, filled in, put aside, taken up again."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete

from blueprints.portal import filling as fill
from blueprints.portal.attachments import category_of, is_evidence
from blueprints.portal.entries import Entry, context_of
from blueprints.portal.filling import Attempt, Filling, KeptFile
from blueprints.portal.tries import count_try
from saas import clock
from saas.cases import queries as cases
from saas.cases.models import Draft
from saas.cases.services import CODE_ALPHABET
from saas.config import current_config
from saas.db.ids import new_id
from saas.db.session import current_tenant, db
from saas.domain import Domain
from saas.errors import InvalidInputError
from saas.files import checks, room, store
from saas.files.names import clean_name
from saas.identity.actor import Actor

CODE_LENGTH = 8
TAIL_LENGTH = 4
MOST_FILES = 20
KEPT_FOR = timedelta(days=30)
WRONG_CODE = "没有找到这份申请。请核对续填码和手机号码后四位；保存超过三十天的申请需要重新填写。"
TOO_MANY_FILES = f"最多上传 {MOST_FILES} 个文件，更多的材料可以在办理时当面提交"

Upload = tuple[str, str, bytes]
"""A field's id, the file's name and its bytes."""


def begin(entry: Entry) -> Draft:
    """A new draft of an application; those kept for too long go. Flushes, because the browser keeps the id."""
    now = clock.now()
    db.session.execute(delete(Draft).where(Draft.updated_at < now - KEPT_FOR))
    draft = Draft(
        process_key=entry.process,
        way=entry.way,
        page=entry.form.pages[0].id,
        data=Filling().to_data(),
        created_at=now,
        updated_at=now,
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def save_page(
    draft: Draft, entry: Entry, page: str, raw: fill.Raw, on_page: Sequence[str], uploads: Sequence[Upload]
) -> bool:
    """Keep what was sent from a page, right or wrong; whether the page is taken.

    Args:
        draft: The draft, locked.
        entry: What is applied for.
        page: Id of the page.
        raw: The texts by field.
        on_page: The ids of the fields that the person saw: others cannot be called missing yet.
        uploads: The files chosen.
    """
    filling, faults = _keep_uploads(Filling.from_data(draft.data), entry.domain, uploads)
    texts = fill.with_files(entry.form, filling, page, raw)
    unseen = {one.id for one in fill.asked(entry.form, filling, page, texts)} - set(on_page)
    if unseen or faults:
        return _write(draft, page, fill.refuse(filling, page, Attempt(dict(raw), faults, more=not faults)), taken=False)
    try:
        taken = fill.take(entry.form, filling, page, texts, context_of(entry, page))
    except InvalidInputError:
        return _write(draft, page, fill.refuse(filling, page, Attempt(dict(raw))), taken=False)
    return _write(draft, page, taken, taken=True)


def keep_page(draft: Draft, entry: Entry, page: str, raw: fill.Raw, uploads: Sequence[Upload]) -> bool:
    """Keep what was sent from a page without judging it, except for its files; whether those were all kept."""
    filling, faults = _keep_uploads(Filling.from_data(draft.data), entry.domain, uploads)
    _write(draft, page, fill.refuse(filling, page, Attempt(dict(raw), faults, more=not faults)), taken=False)
    return not faults


def remove_file(draft: Draft, page: str, file_id: str) -> None:
    """Take a file out of a draft; its bytes stay in the store until that is swept."""
    _write(draft, page, fill.drop_file(Filling.from_data(draft.data), file_id), taken=False)


def _write(draft: Draft, page: str, filling: Filling, *, taken: bool) -> bool:
    draft.data, draft.page, draft.updated_at = filling.to_data(), page, clock.now()
    return taken


def _keep_uploads(filling: Filling, domain: Domain, uploads: Sequence[Upload]) -> tuple[Filling, dict[str, str]]:
    """The filling with every acceptable file, and one sentence for each field that got another."""
    faults: dict[str, str] = {}
    for field_id, name, data in uploads:
        try:
            filling = fill.add_file(filling, field_id, _keep_upload(filling, domain, field_id, name, data))
        except InvalidInputError as error:
            sentence = f"“{clean_name(name)}”没有上传：{'；'.join(error.fields.values())}"
            faults[field_id] = "".join((faults.get(field_id, ""), sentence))
    return filling, faults


def _keep_upload(filling: Filling, domain: Domain, field_id: str, name: str, data: bytes) -> KeptFile:
    if filling.count_files >= MOST_FILES:
        raise InvalidInputError({field_id: TOO_MANY_FILES})
    shown, evidence = clean_name(name), is_evidence(domain, category_of(domain, field_id))
    checked = checks.inspect(shown, data, evidence=evidence, most_bytes=current_config().max_upload_bytes)
    room.check(len(checked.data))
    return KeptFile(str(new_id()), shown, len(checked.data), store.put(checked.data, tenant=current_tenant()))


def set_aside(draft: Draft, tail: str) -> str:
    """Give out a code that opens the draft elsewhere, together with the phone's last digits; any earlier code ends."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    draft.resume_hash, draft.phone_tail, draft.updated_at = _digest(code), tail, clock.now()
    return code


def resume(code: str, tail: str, *, by: Actor) -> Draft:
    """The draft that a code opens.

    Raises:
        TooManyTriesError: too many tries from this network.
        InvalidInputError: no draft answers to the pair, or it is too old.
    """
    count_try("portal.resume", by)
    draft = cases.find_draft(_digest(code), tail)
    if draft is None or draft.updated_at < clock.now() - KEPT_FOR:
        raise InvalidInputError({"code": WRONG_CODE}, WRONG_CODE)
    return draft


def _digest(code: str) -> str:
    return hmac.new(current_config().secret_key.encode(), b"portal.resume:" + code.encode(), hashlib.sha256).hexdigest()


def phone_tail(draft: Draft, entry: Entry) -> str | None:
    """The last digits of the applicant's phone, if it was given already."""
    phone = fill.party_value(entry.form, Filling.from_data(draft.data).values, "phone")
    return phone[-TAIL_LENGTH:] if phone else None
