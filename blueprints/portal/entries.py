"""What citizens can apply for in this city: a guide, the way into its process, and the form of that way."""

from dataclasses import dataclass, replace

from blueprints.portal import queries
from saas.cases.context import entries, field_context
from saas.domain import Domain, Guide, all_domains, form_for
from saas.errors import NotFoundError
from saas.fields.context import FieldContext
from saas.fields.definition import FormDefinition
from saas.identity.actor import CITIZEN_ROLE
from saas.workflow.process import Definition, Way
from saas.workflow.queries import current_version, get_definition

CITIZEN = frozenset({CITIZEN_ROLE})
NOT_OFFERED = "本市没有开通这项网上申请，请拨打 12348 咨询。"


@dataclass(frozen=True)
class Entry:
    """One thing to apply for; ``key`` names it in the browser's session."""

    domain: Domain
    guide: Guide
    form: FormDefinition

    @property
    def process(self) -> str:
        """The key of the process."""
        return self.guide.process

    @property
    def way(self) -> str:
        """The id of the way in."""
        return self.guide.way

    @property
    def key(self) -> str:
        """Process and way in one word."""
        return f"{self.process}/{self.way}"


def list_guides() -> list[Guide]:
    """The guides to whatever this city has opened, in the order of the lines of work."""
    opened = queries.published_processes()
    return [guide for line in all_domains() for guide in line.guides if guide.process in opened]


def get_entry(process: str, way: str) -> Entry:
    """What stands behind a guide.

    Raises:
        NotFoundError: no line of work offers it, the city has not opened it, or it is not for citizens.
    """
    for line in all_domains():
        for guide in line.guides:
            if (guide.process, guide.way) == (process, way):
                definition = get_definition(current_version(process).id)
                return Entry(line, guide, form_for(definition, _way(definition, way).form))
    raise NotFoundError(NOT_OFFERED)


def context_of(entry: Entry, page: str | None = None) -> FieldContext:
    """What the checks of the entry's fields may ask; places to choose from only for a page that asks for one."""
    chosen = entries(entry.form, "", CITIZEN)
    context = replace(field_context(entry.domain.name, roles=CITIZEN), entries=chosen)
    if page is None or all(field.type != "area" for field in entry.form.on(page)):
        return context
    return replace(context, area_options=queries.list_towns(entry.domain.body_types))


def _way(definition: Definition, way: str) -> Way:
    found = definition.find_way(way)
    if found is None or CITIZEN_ROLE not in found.by:
        raise NotFoundError(NOT_OFFERED)
    return found
