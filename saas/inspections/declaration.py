"""A kind of inspection as a line of work declares it."""

from dataclasses import dataclass

FAILED = "failed"
PASSED_OR_FAILED = (("passed", "合格"), (FAILED, "不合格"))


@dataclass(frozen=True)
class InspectionKind:
    """What is inspected, by whom, against what, and who plans and publishes it.

    With criteria the grade follows from the points; without criteria it is chosen among the grades, whose points then
    mean nothing; without either a result is ``passed`` or ``failed``. Points below the last grade are ``failed``.

    Attributes:
        key: ``<line>.<name>``.
        title: In words.
        objects: What may be drawn: ``cases:<process>`` for closed cases, or what another source offers
            (:mod:`saas.inspections.sources`), such as ``register:<key>``.
        inspectors: The code of the role whose holders may be drawn; empty where they are named by hand.
        criteria: Code, title and most points of each.
        grades: Code, title and from how many points, the best first.
        per_object: How many inspectors each object gets.
        plan: The permission to plan, freeze, draw, keep out and close.
        work: The permission that inspectors hold.
        publish: The permission to publish.
        law: What all of it rests on.
        publish_days: In how many calendar days after the last result it is to be published.
        failing: The grades that want findings and a day by which things are put right.
        public: Whether the published results are open to everybody.
    """

    key: str
    title: str
    objects: str
    inspectors: str
    criteria: tuple[tuple[str, str, int], ...] = ()
    grades: tuple[tuple[str, str, int], ...] = ()
    per_object: int = 2
    plan: str = ""
    work: str = ""
    publish: str = ""
    law: str = ""
    publish_days: int = 5
    failing: tuple[str, ...] = (FAILED,)
    public: bool = True

    @property
    def most(self) -> int:
        """The most points there are in all."""
        return sum(most for _, _, most in self.criteria)

    @property
    def outcomes(self) -> tuple[tuple[str, str], ...]:
        """Every grade a result can have with its title, the best first."""
        declared = tuple((code, title) for code, title, _ in self.grades)
        if not declared:
            return PASSED_OR_FAILED
        fallen = self.criteria and self.grades[-1][2] > 0
        return (*declared, PASSED_OR_FAILED[1]) if fallen else declared

    @property
    def permissions(self) -> tuple[str, str, str]:
        """Those by which somebody has a part in it."""
        return (self.plan, self.work, self.publish)
