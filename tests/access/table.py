"""Who may open what: one line for every address under /o/<slug>/, for reading (GET) and for sending (POST).

A set names the roles for whom the page works on their own organisation's own object. Everybody else who belongs to the
organisation gets 403; outsiders 404; who is not signed in is sent to sign in. None: the method does not exist there.
``other``: who it works for when the object is somebody else's in the same organisation (default: those whose right
spans the organisation). An address without a line here fails the test, and so does a line without an address.
"""

from dataclasses import dataclass, field

INSIDERS = frozenset({"owner", "coordinator", "mentor", "student", "tutor", "lead", "bystander"})
SPAN = frozenset({"owner", "coordinator", "lead"})  # their rights do not depend on whose object it is

ALL = INSIDERS
COORDINATOR = frozenset({"coordinator"})
PEOPLE = frozenset({"owner", "coordinator"})
OWNER = frozenset({"owner"})
LEAD = frozenset({"lead"})
MENTORS = frozenset({"mentor", "bystander"})
WORKS = frozenset({"coordinator", "mentor", "student"})
SEES = WORKS | {"tutor"}
RAISES = INSIDERS - {"lead"}


@dataclass(frozen=True)
class Line:
    """``get``, ``post``: role names, or None where the method is refused."""

    get: frozenset | None
    post: frozenset | None = None
    other: frozenset | None = field(default=None)

    def allowed(self, method, *, other):
        found = self.get if method == "GET" else self.post
        if found is None or not other:
            return found
        return found & (SPAN if self.other is None else self.other)


TABLE = {
    "home:today": Line(ALL),
    "home:my_mentorships": Line(ALL),
    "home:mentorship": Line(SEES),
    "home:note_add": Line(None, WORKS),
    "home:note_share": Line(None, frozenset({"mentor"})),  # the note is the mentor’s own, for the lead
    "home:hand_over": Line(COORDINATOR, COORDINATOR),
    "home:mentorships": Line(COORDINATOR),
    "documents:plan_ask": Line(None, WORKS),
    "documents:download": Line(SEES),
    "documents:programme": Line(COORDINATOR),
    "documents:batch_ask": Line(None, COORDINATOR),
    "documents:batch_download": Line(COORDINATOR),
    "evaluation:programme": Line(COORDINATOR),
    "evaluation:make": Line(None, COORDINATOR),
    "evaluation:survey": Line(COORDINATOR),
    "evaluation:survey_open": Line(None, COORDINATOR),
    "evaluation:survey_dates": Line(COORDINATOR, COORDINATOR),
    "evaluation:survey_nudge": Line(None, COORDINATOR),
    "evaluation:mentorship": Line(SEES),
    "evaluation:mentorship_open": Line(None, COORDINATOR),
    "evaluation:answer": Line(frozenset({"student"}), frozenset({"student"})),
    "evaluation:answer_draft": Line(None, frozenset({"student"})),
    "evaluation:report": Line(PEOPLE),
    "evaluation:report_download": Line(PEOPLE),
    "checkins:plan": Line(SEES, WORKS),
    "checkins:detail": Line(SEES),
    "checkins:log": Line(WORKS, WORKS),
    "checkins:log_draft": Line(None, WORKS),
    "checkins:move": Line(WORKS, WORKS),
    "checkins:drop": Line(None, WORKS),
    "checkins:feedback": Line(frozenset({"student"}), frozenset({"student"})),
    "checkins:action_tick": Line(None, WORKS),
    "checkins:reminders_preview": Line(COORDINATOR),
    "checkins:concerns": Line(LEAD),
    "checkins:concern_letter_again": Line(None, LEAD),
    "checkins:concern_raise": Line(RAISES, RAISES),
    "checkins:concern_raise(mentorship_id)": Line(SEES, SEES),
    "checkins:my_concerns": Line(ALL),
    "checkins:concern": Line(LEAD, LEAD),
    "checkins:shared_concern": Line(LEAD),
    "checkins:share_stop": Line(None, LEAD),
    "checkins:lead_note": Line(LEAD),
    "goals:create": Line(WORKS, WORKS),
    "goals:coach": Line(None, WORKS),
    "goals:detail": Line(SEES),
    "goals:edit": Line(WORKS, WORKS),
    "goals:progress": Line(None, WORKS),
    "goals:step_add": Line(None, WORKS),
    "goals:settle": Line(None, WORKS),
    "goals:step": Line(None, WORKS),
    "matching:programme": Line(COORDINATOR),
    "matching:run": Line(None, COORDINATOR),
    "matching:so_far": Line(COORDINATOR),
    "matching:rules": Line(COORDINATOR, COORDINATOR),
    "matching:publish": Line(COORDINATOR, COORDINATOR),
    "matching:unmatched": Line(COORDINATOR),
    "matching:student": Line(COORDINATOR),
    "matching:pair": Line(COORDINATOR, COORDINATOR),
    "matching:pair_cost": Line(COORDINATOR),
    "matching:pair_undo": Line(None, COORDINATOR),
    "matching:exclusions": Line(COORDINATOR, COORDINATOR),
    "matching:exclusion_lift": Line(None, COORDINATOR),
    "matching:answer": Line(WORKS, frozenset({"mentor", "student"})),
    "matching:lock": Line(None, COORDINATOR),
    "matching:unlock": Line(None, COORDINATOR),
    "matching:remove": Line(None, COORDINATOR),
    "matching:put_back": Line(None, COORDINATOR),
    "matching:allow": Line(None, COORDINATOR),
    "matching:withdraw": Line(None, COORDINATOR),
    "matching:agreement": Line(SEES, frozenset({"mentor", "student"})),
    "matching:stage": Line(None, WORKS),
    "matching:change": Line(WORKS, WORKS),
    "matching:change_keep": Line(None, COORDINATOR),
    "matching:end": Line(COORDINATOR, COORDINATOR),
    "matching:questionnaire": Line(COORDINATOR),
    "matching:questionnaire_people": Line(COORDINATOR),
    "matching:questionnaire_person": Line(COORDINATOR),
    "matching:questionnaire_ask": Line(COORDINATOR, COORDINATOR),
    "matching:questionnaire_nudge": Line(None, COORDINATOR),
    "matching:questionnaire_build": Line(COORDINATOR),
    "matching:questionnaire_start": Line(None, COORDINATOR),
    "matching:questionnaire_preview": Line(COORDINATOR),
    "matching:questionnaire_publish": Line(COORDINATOR, COORDINATOR),
    "matching:questionnaire_drop": Line(None, COORDINATOR),
    "matching:questionnaire_offer": Line(None, COORDINATOR),
    "matching:question_add": Line(COORDINATOR, COORDINATOR),
    "matching:question": Line(COORDINATOR, COORDINATOR),
    "matching:question_move": Line(None, COORDINATOR),
    "matching:question_remove": Line(COORDINATOR, COORDINATOR),
    "matching:question_ask_too": Line(None, COORDINATOR),
    "matching:questionnaire_answer": Line(frozenset({"mentor"}), frozenset({"mentor"}), other=frozenset()),
    "matching:questionnaire_draft": Line(None, frozenset({"mentor"}), other=frozenset()),
    "matching:questionnaire_background": Line(frozenset({"mentor"}), frozenset({"mentor"}), other=frozenset()),
    "matching:journeys": Line(COORDINATOR, COORDINATOR),
    "matching:journey_remove": Line(None, COORDINATOR),
    "training:my_training": Line(MENTORS),
    "training:checklist": Line(frozenset({"mentor"}), frozenset({"mentor"})),
    "training:answer": Line(None, frozenset({"mentor"})),
    "training:code": Line(frozenset({"mentor"}), frozenset({"mentor"})),
    "training:override": Line(COORDINATOR, COORDINATOR),
    "training:resources": Line(ALL),
    "training:resource": Line(ALL, ALL, other=ALL),
    "training:programme": Line(COORDINATOR),
    "training:events": Line(COORDINATOR),
    "training:event_add": Line(COORDINATOR, COORDINATOR),
    "training:event": Line(COORDINATOR),
    "training:event_change": Line(COORDINATOR, COORDINATOR),
    "training:event_guests": Line(COORDINATOR, COORDINATOR),
    "training:event_invite": Line(None, COORDINATOR),
    "training:event_cancel": Line(COORDINATOR, COORDINATOR),
    "training:event_attendance": Line(COORDINATOR, COORDINATOR),
    "training:event_everybody": Line(None, COORDINATOR),
    "training:guest_attended": Line(None, COORDINATOR),
    "training:event_code": Line(COORDINATOR),
    "training:my_events": Line(MENTORS),
    "training:my_event": Line(frozenset({"mentor"}), frozenset({"mentor"})),
    "training:event_calendar": Line(frozenset({"mentor"})),
    "training:here": Line(MENTORS, MENTORS),
    "training:invite": Line(None, COORDINATOR),
    "training:export": Line(COORDINATOR),
    "programmes:list": Line(COORDINATOR),
    "programmes:create": Line(COORDINATOR, COORDINATOR),
    "programmes:detail": Line(COORDINATOR),
    "programmes:edit": Line(COORDINATOR, COORDINATOR),
    "programmes:close": Line(COORDINATOR, COORDINATOR),
    "programmes:reminders": Line(COORDINATOR, COORDINATOR),
    "programmes:checklist_toggle": Line(None, COORDINATOR),
    "programmes:participants": Line(COORDINATOR),
    "programmes:participant_add": Line(COORDINATOR, COORDINATOR),
    "programmes:participants_invite": Line(None, COORDINATOR),
    "programmes:participant": Line(COORDINATOR),
    "programmes:participant_edit": Line(COORDINATOR, COORDINATOR),
    "programmes:participant_withdraw": Line(COORDINATOR, COORDINATOR),
    "programmes:placement_add": Line(COORDINATOR, COORDINATOR),
    "programmes:placement": Line(COORDINATOR, COORDINATOR),
    "programmes:import": Line(COORDINATOR, COORDINATOR),
    "programmes:import_preview": Line(COORDINATOR, COORDINATOR),
    "programmes:import_confirm": Line(None, COORDINATOR),
    "programmes:import_read_again": Line(None, COORDINATOR),
    "programmes:import_drop": Line(None, COORDINATOR),
    "programmes:import_refused": Line(COORDINATOR),
    "programmes:template": Line(COORDINATOR),
    "programmes:sample": Line(COORDINATOR),
    "programmes:employers": Line(COORDINATOR),
    "programmes:employer_add": Line(COORDINATOR, COORDINATOR),
    "programmes:employer": Line(COORDINATOR),
    "programmes:employer_edit": Line(COORDINATOR, COORDINATOR),
    "programmes:site_add": Line(None, COORDINATOR),
    "programmes:line_manager_add": Line(None, COORDINATOR),
    "organisations:roles": Line(ALL),
    "organisations:me": Line(ALL, ALL),
    "organisations:people": Line(PEOPLE),
    "organisations:person_add": Line(PEOPLE, PEOPLE),
    "organisations:invite_waiting": Line(PEOPLE, PEOPLE),
    "organisations:person": Line(PEOPLE),
    "organisations:person_edit": Line(PEOPLE, PEOPLE),
    "organisations:person_invite": Line(None, PEOPLE),
    "organisations:person_uninvite": Line(None, PEOPLE),
    "organisations:person_leave": Line(PEOPLE, PEOPLE),
    "organisations:person_return": Line(None, PEOPLE),
    "organisations:settings": Line(OWNER, OWNER),
    "organisations:history": Line(OWNER),
    "organisations:readings": Line(OWNER),
    "organisations:letters": Line(COORDINATOR),
    "organisations:letter": Line(COORDINATOR),
    "organisations:letter_retry": Line(None, COORDINATOR),
    "organisations:draft": Line(None, ALL),
    "organisations:job": Line(WORKS - {"student"}),
    "organisations:job_cancel": Line(None, WORKS - {"student"}),
}
