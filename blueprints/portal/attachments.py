"""Which kind of attachment a file field collects."""

from saas.domain import Domain


def category_of(domain: Domain, field_id: str) -> str:
    """The kind of attachment a file field collects: ``identity_files`` the kind ``identity``, others the last."""
    codes = [category.code for category in domain.file_categories]
    wanted = field_id.removesuffix("_files")
    return wanted if wanted in codes else codes[-1]


def is_evidence(domain: Domain, code: str) -> bool:
    """Whether files of this kind keep their original bytes."""
    return any(category.code == code and category.evidence for category in domain.file_categories)
