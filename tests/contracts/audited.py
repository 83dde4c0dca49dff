"""What each route writes into the city's record, or why it writes nothing; a route that is not here fails the tests."""

SHELL = "the shell: no content of a case, nothing is changed"
OWN_LIST = "a list of numbers and titles in the reader's own units; opening one is recorded"
OWN_FORM = "what a visitor types himself and nobody has been sent yet; sending it is recorded"
OPENED = "shows what the code opened in this browser; opening it is recorded"
QUESTION = "an empty form"
PLATFORM = "of the platform's host: operators are in the platform's own record, a file sent in is kept nowhere"

AUDITED: dict[str, frozenset[str]] = {
    "auditor.list_cases": frozenset({"auditor.cases.searched"}),
    "auditor.show_case": frozenset({"auditor.case.read"}),
    "auditor.list_events": frozenset({"auditor.events.searched"}),
    "auditor.export_events": frozenset({"auditor.events.exported"}),
    "auditor.verify_file": frozenset({"auditor.file.verified"}),
    "auditor.verify_record": frozenset({"audit.verified", "audit.verification_failed"}),
    "auditor.show_person": frozenset({"audit.person_asked"}),
    "dossiers.request_export": frozenset({"dossier.requested"}),
    "dossiers.download_export": frozenset({"dossier.downloaded"}),
    "portal.submit": frozenset({"case.opened"}),
    "portal.query": frozenset({"case.queried"}),
    "portal.act": frozenset({"case.acted"}),
    "portal.add_material": frozenset({"file.added"}),
    "portal.download": frozenset({"document.read"}),
    "staff.export_cases": frozenset({"case.exported"}),
    "staff.show_case": frozenset({"case.read"}),
    "staff.show_action": frozenset({"case.read"}),
    "staff.act": frozenset({"case.acted"}),
    "staff.take_case": frozenset({"case.taken"}),
    "staff.open_case": frozenset({"case.opened"}),
    "staff.add_files": frozenset({"file.added"}),
    "staff.download_file": frozenset({"file.read"}),
    "staff.download_document": frozenset({"document.read"}),
    "staff.preview_form": frozenset({"document.read"}),
    "web.enter": frozenset({"identity.user.signed_in"}),
    "web.sign_out": frozenset({"identity.user.signed_out"}),
}
"""By endpoint: the call leaves at least one of these."""

SILENT: dict[str, str] = {
    "static": SHELL,
    "web.health": SHELL,
    "web.home": "the reader's own inbox and menu",
    "web.read_message": "a note in the reader's own inbox",
    "web.set_text_size": SHELL,
    "web.sign_in": QUESTION,
    "auditor.verify_form": QUESTION,
    "auditor.ask_person": QUESTION,
    "auditor.show_verification": "what verifications found; no content of a case",
    "dossiers.list_exports": OWN_LIST,
    "dossiers.show_export": "how far an export is; asking for it and downloading it are recorded",
    "staff.show_work": OWN_LIST,
    "staff.list_cases": OWN_LIST,
    "staff.choose_way": QUESTION,
    "staff.open_form": QUESTION,
    "staff.show_statistics": "figures without persons",
    "portal.home": SHELL,
    "portal.guide": SHELL,
    "portal.start": OWN_FORM,
    "portal.show_page": OWN_FORM,
    "portal.save_page": OWN_FORM,
    "portal.check": OWN_FORM,
    "portal.set_aside": OWN_FORM,
    "portal.give_code": OWN_FORM,
    "portal.go_on": OWN_FORM,
    "portal.resume": QUESTION,
    "portal.reopen": OWN_FORM,
    "portal.forget": OWN_FORM,
    "portal.done": OPENED,
    "portal.progress_code": OPENED,
    "portal.progress": QUESTION,
    "portal.show_progress": OPENED,
    "portal.ask": OPENED,
    "platform.choose_city": PLATFORM,
    "platform.list_cities": PLATFORM,
    "platform.sign_in": PLATFORM,
    "platform.enter": PLATFORM,
    "platform.leave": PLATFORM,
    "platform.verify_form": PLATFORM,
    "platform.verify_file": PLATFORM,
}
"""By endpoint: why a call leaves no event."""
