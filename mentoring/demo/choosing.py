"""The next programme of Northfield: they have met for ten minutes each, and now put each other in order; most have."""

from datetime import timedelta

from matching.models import ChoiceSheet
from matching.run_rules import RunRules
from matching.services import choosing, choosing_sheets
from programmes.enums import Side

from .times import at

MET_DAYS_AGO, OPEN_DAYS = 2, 4
EVERY = 3  # one in so many has not chosen yet


def choose(programme, *, by, today, waiting=()):
    """Begin a round that opened after the meetings, and let most choose. waiting: memberships of those who are still to choose."""
    met = at(today - timedelta(days=MET_DAYS_AGO), 16)
    plan = choosing.Plan(
        sides="both", per_person=3, closes_on=today + timedelta(days=OPEN_DAYS), meets_at=met, meeting_minutes=10, place="Old Library, Room 4"
    )
    rules = RunRules(require_background_check=False)
    choosing.make_round(programme=programme, plan=plan, rules=rules, by=by, at=met - timedelta(days=5))
    sheets = ChoiceSheet.objects.filter(person__programme=programme).select_related("person__membership").order_by("pk")
    for number, sheet in enumerate(sheets):
        if number % EVERY and sheet.person.membership not in waiting:
            _fill(sheet, number, met + timedelta(hours=20))


def _fill(sheet, number, chosen_at):
    """Somebody else than we thought comes first; now and then one is not for them."""
    order, _noes = choosing_sheets.candidates_of(sheet)
    if len(order) > 1 and number % 2:
        sheet = choosing_sheets.move(sheet=sheet, candidate_id=order[1].pk, step=-1, seen=sheet.version, at=chosen_at)
    if len(order) > 2 and number % 4 == 0 and sheet.person.side == Side.STUDENT:
        sheet = choosing_sheets.rule_out(sheet=sheet, candidate_id=order[-1].pk, is_no=True, seen=sheet.version, at=chosen_at)
    choosing_sheets.finish(sheet=sheet, seen=sheet.version, by=sheet.person.membership, at=chosen_at)
