"""What the matrix of strangers lets through, each by name and with its reason."""

# Operations that need no account.
PUBLIC = {
    "enterprise.show_authority": "whoever registers asks where his application goes",
    "enterprise.show_registration_form": "the empty form",
    "enterprise.verify_licence": "anybody may check a permit whose number and holder he has before him",
    "enterprise.list_regions": "reference data",
    "enterprise.list_industries": "reference data",
    "enterprise.show_catalogue": "reference data",
    "risk.show_risk_catalogue": "reference data",
    "risk.read_public_card": "whoever stands before a risk notice board may read it; its token cannot be guessed",
    "enforcement.verify_document": "whoever holds a document may check that it is genuine; its token cannot be guessed",
    "notice.list_public_notices": "what was published for everybody",
    "notice.show_public_notice": "what was published for everybody; another is not found",
    "gateway.ask_applicant_code": "asked before the way in, behind a captcha; its answer is always the same",
    "gateway.create_applicant": "the way in, by a code that reached the applicant's mobile, or behind a captcha where none is sent",
    "gateway.sign_in": "the way in",
    "gateway.get_captcha": "asked before the way in",
    "gateway.get_captcha_audio": "the same, read aloud",
    "gateway.ask_recovery_code": "the way back in, behind a captcha; its answer tells nothing of the account",
    "gateway.recover_password": "the way back in, by a code that reached the account's owner",
    "gateway.issue_token": "the way in for other systems",
}
# Operations that every account may use, since they concern the account itself or decide by the thing's owner.
SIGNED_IN = {
    "gateway.change_password": "his own",
    "gateway.get_me": "himself",
    "gateway.change_own_pictures": "his own",
    "gateway.keep_shortcuts": "his own",
    "gateway.ask_contact_code": "for his own account, with its password",
    "gateway.change_contact": "for his own account, by a code sent for it",
    "gateway.sign_out": "his own session",
    "gateway.refresh_session": "his own session",
    "gateway.list_sessions": "his own sessions",
    "gateway.end_session": "his own sessions; another's is not found",
    "gateway.upload_file": "for his own enterprise or authority",
    "gateway.get_file": "files within his scope",
}
# Parts of paths that are nobody's thing.
NOBODYS = {"name": "a catalogue", "year": "a calendar", "layer": "a layer of the map"}
# A stranger's refusal that is neither 403 nor 404, with its code.
REFUSED_OTHERWISE = {
    "gateway.change_role": (422, "role.elsewhere"),  # Roles are known to all administrators, and kept by those of their place.
    "gateway.delete_role": (422, "role.elsewhere"),
}
# Lists that name things of another side.
TELLING = {
    "gateway.list_departments": "which authorities there are is public; an enterprise's people have no place to narrow it by",
    "gateway.list_roles": "roles are known to all administrators",
}
# Commands that a stranger may carry out although they mention another side's things: nothing of those is touched or told.
HARMLESS = {"risk.delete_risk_points": "refuses each point by itself, another's as one that there is not"}
# Answers in which one comes to know things that his relation hides, by decision.
KNOWN_TO_COLLEAGUES = {"stats.list_risk_point_figures": "figures are the whole enterprise's, for all its people"}
KNOWN_TO_OTHER_INDUSTRIES = {
    "gateway.list_accounts": "accounts are kept by place, and name the enterprise they belong to",
    "gateway.get_account": "accounts are kept by place, and name the enterprise they belong to",
    "gateway.preview_account_scope": "accounts are kept by place; of enterprises it tells what the asker himself may see",
}
# Filters that no request of the matrix comes to, by the function they stand in.
OUT_OF_REACH = {
    "services/hazard/repository/references.py:point": "asked by a registration, which a stranger is refused before",
    "services/notice/queries/receipts.py:_receipts_of": "asked only for whoever is bound to industries, whom the stage has none of",
    "services/notice/receivers.py:_departments_in_scope": "asked by commands about one's own notice alone",
    "services/notice/receivers.py:departments": "asked by commands about one's own notice alone",
    "services/notice/receivers.py:enterprises": "asked by commands about one's own notice alone",
    "services/notice/receivers.py:require_known": "asked by commands about one's own notice alone",
    "services/notice/repository.py:published_by": "of its two scopes one is for the platform itself, which no stranger is",
    "services/risk/repository/tasks.py:find_check_by": "asked by a repeat of one's own check",
}
