"""A small picture of an attachment's first page, made when somebody first looks and kept."""

from saas.db.session import current_tenant, db
from saas.errors import NotFoundError
from saas.files import derivatives, probing, store
from saas.files.downloads import Download, prepare
from saas.files.kinds import IMAGE, PNG
from saas.files.models import File, FileDerivative

LONGEST = 400  # pixels
HAVE = frozenset({"pdf", IMAGE})


def preview(file: File) -> Download:
    """The picture as a browser is sent it.

    Raises:
        NotFoundError: There is none of this kind of file, or the page cannot be drawn.
    """
    row = db.session.get(FileDerivative, file.id)
    key = row.preview_key if row else None
    if key is None:
        key = _make(file)
        if current_tenant().takes_entries:  # Whose tables are held still shows it, and draws it anew each time.
            derivatives.locked(file).preview_key = key
    return prepare(f"{file.name}.png", PNG, key, inline=True)


def _make(file: File) -> str:
    source = file.storage_key if file.kind in HAVE else _sheets_key(file)
    if source is None:
        raise NotFoundError
    with store.open_stream(source) as stream:
        drawn = probing.picture(stream, LONGEST)
    if drawn is None:
        raise NotFoundError
    return store.put(drawn, tenant=current_tenant())


def _sheets_key(file: File) -> str | None:
    row = db.session.get(FileDerivative, file.id)
    return row.storage_key if row else None
