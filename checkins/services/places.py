"""Where people meet when one of them is under 18, and who is near: asked for and held to only where the programme says so."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from matching.models import MentorshipMember
from programmes.enums import Side
from programmes.services.guardians import rules_of, young_in

from ..enums import Venue, Way
from ..models import MeetingPlace


@dataclass(frozen=True)
class Asked:
    """What a mentorship with a young member is held to. is_one_to_one: one mentor with one student."""

    supervised_only: bool
    one_to_one_video: bool
    is_one_to_one: bool = True

    @property
    def watches_video(self):
        return self.is_one_to_one and not self.one_to_one_video


def asked_of(mentorship) -> Asked | None:
    """The rules for this mentorship; None where nothing is asked. One query for a programme without young people."""
    rules = rules_of(mentorship.programme)
    if not rules.for_under_18:
        return None
    seats = list(MentorshipMember.objects.filter(mentorship=mentorship).values_list("participant", "side"))
    if not young_in(mentorship.programme, only=[participant for participant, _side in seats]):
        return None
    sides = [side for _participant, side in seats]
    one_to_one = sides.count(Side.STUDENT) <= 1 and sides.count(Side.MENTOR) <= 1
    return Asked(rules.supervised_only, rules.one_to_one_video, one_to_one)


def problem_of(asked, *, way="", venue="", supervised_by="") -> tuple[str, str]:
    """(field, words) of what the rules do not allow; ("", "") where all is well. way: "" while it is only planned."""
    is_online = venue == Venue.ONLINE if not way else way != Way.IN_PERSON
    is_video = is_online and way in ("", Way.VIDEO)
    if is_video and asked.watches_video and not supervised_by:
        words = _("Video calls of just the two of you are not allowed here, because one of you is under 18. Say who else is in the call or near.")
        return "supervised_by", words
    if is_online:
        return "", ""
    if not venue or (venue == Venue.ONLINE and way):
        return "venue", _("Say where you meet. It must not be anybody’s home.")
    if asked.supervised_only and not supervised_by:
        return "supervised_by", _("Say which responsible adult is near, such as a tutor or the line manager.")
    return "", ""


def keep_place(*, check_in, venue, supervised_by) -> MeetingPlace:
    """Note where it is or was, in place of what was noted before."""
    values = {"venue": venue or Venue.ONLINE, "supervised_by": supervised_by.strip()}
    row, _made = MeetingPlace.objects.update_or_create(
        check_in=check_in, organisation_id=check_in.organisation_id, defaults=values
    )
    return row


def place_of(check_in) -> MeetingPlace | None:
    """What is noted, or None."""
    return MeetingPlace.objects.filter(check_in=check_in).first()
