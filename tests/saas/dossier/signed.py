"""A signed dossier and the register that knows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from saas.dossier.verify import Record, Successor
from saas.files.store import digest_of
from tests.saas.dossier import samples


@dataclass(frozen=True)
class Signed:
    """A dossier before and after it was signed, and the certificate, PEM."""

    content: bytes
    data: bytes
    trust: str

    @property
    def record(self) -> Record:
        """How the register lists it."""
        digest, content_digest = digest_of(self.data), digest_of(self.content)
        return Record(samples.NUMBER, 12, "王秀英", samples.FROZEN, digest=digest, content_digest=content_digest)

    def register(self, *, superseded: bool = False) -> Callable[[Sequence[str]], Record | None]:
        """A register that knows it, and perhaps a newer one."""
        newer = Successor("f" * 64, samples.FROZEN + timedelta(days=3)) if superseded else None
        known = replace(self.record, superseded_by=newer)

        def ask(digests: Sequence[str]) -> Record | None:
            return known if {known.digest, known.content_digest} & set(digests) else None

        return ask
