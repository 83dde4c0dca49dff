"""x."""


def plan(site, cases, rng):  # type: ignore[no-untyped-def]
    return iter(())
