"""The letters of matching. Each is written in the transaction of the fact it tells."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from organisations.enums import Purpose, Role
from organisations.models import Membership
from organisations.services import links
from post.services.bulk import Draft, queue_letters
from post.services.outbox import label, queue_letter
from programmes.enums import Side

from .. import words

LINK_LIFE = timedelta(days=30)


def send_proposals(proposals):
    """To everybody asked: who, why, and until when to answer; a mentor of a group gets one letter for it. Two queries for all."""
    sizes = Counter(one.group for one in proposals if one.group is not None)
    asked = [(one, one.student) for one in proposals]
    asked += [(group[0], group[0].mentor) for group in _by_mentor(proposals).values()]
    tokens = links.make_links(
        [(Purpose.PROPOSAL, one.pk, person.membership, "") for one, person in asked], life=LINK_LIFE
    )
    now, groups = timezone.now(), _by_mentor(proposals)
    with override("en-gb"):
        drafts = []
        for (one, person), token in zip(asked, tokens, strict=True):
            if one.group is not None and person == one.mentor:
                drafts.append(_proposal_of_group(groups[one.group, one.mentor_id], person, token, now))
            else:
                drafts.append(_proposal(one, person, token, now, others=sizes[one.group] - 1 if one.group is not None else 0))
        queue_letters(drafts)


def _by_mentor(proposals) -> dict[tuple, list]:
    """(group, mentor) -> proposals; a pair that stands alone is one by itself."""
    found = defaultdict(list)
    for one in proposals:
        found[one.group if one.group is not None else f"pair {one.pk}", one.mentor_id].append(one)
    return found


def _proposal(proposal, person, token, due_at, *, others):
    other = other_of(proposal, person)
    context = _frame(person.membership, proposal.programme) | {
        "url": links.absolute(reverse("matching:answer_by_link", args=[token])),
        "other_name": other.name,
        "other_role": role_word(other.side),
        "reasons": words.reasons_as_sentences(proposal.reasons_for),
        "answer_by": proposal.answer_by,
        "in_group": proposal.group is not None,
        "others": others,
    }
    to = person.membership
    return Draft("proposal", to.email, to.name, context, f"proposal:{proposal.pk}:{person.pk}", due_at, label(proposal))


def _proposal_of_group(proposals, mentor, token, due_at):
    """About its run, so that one student's no does not take the mentor's letter back."""
    first, to = proposals[0], mentor.membership
    context = _frame(to, first.programme) | {
        "url": links.absolute(reverse("matching:answer_by_link", args=[token])),
        "students": [f"{one.student.name}, {one.student.course}" if one.student.course else one.student.name for one in proposals],
        "answer_by": first.answer_by,
    }
    return Draft("proposal_group", to.email, to.name, context, f"proposal:{first.pk}:{mentor.pk}", due_at, label(first.run))


def send_closed(proposal, person):
    """A suggestion that goes no further, whoever or whatever the cause: it names none."""
    other = other_of(proposal, person)
    return _send(
        "proposal_closed",
        person.membership,
        proposal.programme,
        about=proposal,
        key=f"proposal-closed:{proposal.pk}:{person.pk}",
        url=links.link_url(
            "matching:answer_by_link", Purpose.PROPOSAL, proposal.pk, membership=person.membership, life=LINK_LIFE
        ),
        other_name=other.name,
        other_role=role_word(other.side),
        group_stays=proposal.group is not None and person.side == Side.MENTOR,
    )


def send_lapsed(proposal, person, asked):
    """To somebody who did not answer in time: the suggestion is over, they are looked for again.

    asked: the proposals that their one answer would have been about; whichever of them lapses first, the letter is the same one.
    """
    other, in_group = other_of(proposal, person), proposal.group is not None and person.side == Side.MENTOR
    what = f"group:{proposal.run_id}:{proposal.group}:{proposal.answer_by}" if in_group else proposal.pk
    return _send(
        "proposal_lapsed",
        person.membership,
        proposal.programme,
        about=proposal.run if in_group else proposal,
        key=f"proposal-lapsed:{what}:{person.pk}",
        url=links.link_url(
            "matching:answer_by_link", Purpose.PROPOSAL, proposal.pk, membership=person.membership, life=LINK_LIFE
        ),
        other_name=words.listing(one.student.name for one in asked) if in_group else other.name,
        other_role=role_word(other.side),
        answer_by=proposal.answer_by,
        in_group=in_group,
    )


def send_lapsed_to_coordinators(programme, day, count):
    """To every coordinator, once a day and programme: how many proposals came back because nobody answered."""
    address = reverse("matching:out", args=[programme.organisation.slug, programme.pk])
    for coordinator in Membership.objects.present().with_role(Role.COORDINATOR):
        _send(
            "lapsed_coordinator",
            coordinator,
            programme,
            about=programme,
            key=f"lapsed:{programme.pk}:{day.isoformat()}:{coordinator.pk}",
            url=links.absolute(address) + "?state=lapsed",
            count=count,
        )


def send_declined(proposals, side):
    """To every coordinator: who said no, to whom: a mentor of a group to all of it. The reason stands on the page."""
    first = proposals[0]
    address = reverse("matching:student", args=[first.organisation.slug, first.programme_id, first.student_id])
    for coordinator in Membership.objects.present().with_role(Role.COORDINATOR):
        _send(
            "declined_coordinator",
            coordinator,
            first.programme,
            about=first,
            key=f"proposal-declined:{first.pk}:{coordinator.pk}",
            url=links.absolute(address),
            mentor_name=first.mentor.name,
            student_name=words.listing(one.student.name for one in proposals),
            declined_role=role_word(side),
        )


def send_started(mentorship, people, others=()):
    """To each of these: it begins, and by when to meet. others: who is in it already."""
    first_meeting_by = mentorship.started_on + timedelta(days=mentorship.programme.first_meeting_days)
    for person in people:
        _send(
            "mentorship_started",
            person.membership,
            mentorship.programme,
            about=mentorship,
            key=f"mentorship-started:{mentorship.pk}:{person.pk}",
            url=links.absolute(mentorship.get_absolute_url()),
            other_names=words.others(person, [*people, *others]),
            first_meeting_by=first_meeting_by,
            joins=bool(others),
        )


def send_group_changed(mentorship, participant, others, *, joined, at=None):
    """To those who are in a group: somebody joined it, or left. Says neither why nor who asked."""
    stamp = (at or timezone.now()).isoformat(timespec="seconds")
    for person in others:
        _send(
            "group_changed",
            person.membership,
            mentorship.programme,
            about=mentorship,
            key=f"group-changed:{mentorship.pk}:{participant.pk}:{joined}:{stamp}:{person.pk}",
            url=links.absolute(mentorship.get_absolute_url()),
            other_name=participant.name,
            other_role=role_word(participant.side),
            joined=joined,
        )


def change_link(mentorship, person):
    """The signed link to ask for a change, good until the mentorship is over."""
    life = max(LINK_LIFE, timedelta(days=(mentorship.ends_on - mentorship.started_on).days + 7))
    return links.link_url("matching:change_by_link", Purpose.CHANGE, mentorship.pk, membership=person.membership, life=life)


def send_over(mentorship, people, others=(), *, looks_again):
    """To each of these: for them it has come to its end. Says neither who asked nor why. others: for whom it goes on."""
    for person in people:
        _send(
            "mentorship_over",
            person.membership,
            mentorship.programme,
            about=mentorship,
            key=f"mentorship-over:{mentorship.pk}:{person.pk}",
            url=links.absolute(mentorship.get_absolute_url()),
            other_names=_across(person, [*people, *others]),
            looks_again=looks_again and person.side == Side.STUDENT,
        )


def send_done_early(mentorship, participant, waiting):
    """To the members who have not said it, and to every coordinator: somebody thinks that they are done."""
    names = words.listing(one.name for one in members_of(mentorship))
    told = {one.membership_id: (one.membership, mentorship.get_absolute_url(), False) for one in waiting}
    end = reverse("matching:end", args=[mentorship.organisation.slug, mentorship.pk])
    for coordinator in Membership.objects.present().with_role(Role.COORDINATOR):
        told.setdefault(coordinator.pk, (coordinator, end, True))
    for person, address, confirms in told.values():
        _send(
            "done_early",
            person,
            mentorship.programme,
            about=mentorship,
            key=f"done-early:{mentorship.pk}:{participant.pk}:{person.pk}",
            url=links.absolute(address),
            who=participant.name,
            names=names,
            confirms=confirms,
        )


def send_change_asked(request):
    """To every coordinator: somebody asks for a change. The reason stands on the page."""
    mentorship = request.mentorship
    for coordinator in Membership.objects.present().with_role(Role.COORDINATOR):
        _send(
            "change_asked",
            coordinator,
            mentorship.programme,
            about=request,
            key=f"change-asked:{request.pk}:{coordinator.pk}",
            url=links.absolute(reverse("matching:end", args=[mentorship.organisation.slug, mentorship.pk])),
            names=words.listing(one.name for one in members_of(mentorship)),
        )


def send_handed_over(old, new, old_mentor, new_mentor):
    """To the students, the mentor who stops and the one who carries on: who does what from now on, and thanks. No reasons."""
    people = members_of(new)
    students = words.listing(one.name for one in people if one.side == Side.STUDENT)
    for person in people:
        is_student = person.side == Side.STUDENT
        if person in (new_mentor, *(one for one in people if one.side == Side.STUDENT)):
            _send(
                "mentor_changed" if is_student else "mentor_takes_over",
                person.membership,
                new.programme,
                about=new,
                key=f"handed-over:{new.pk}:{person.pk}",
                url=links.absolute(new.get_absolute_url()),
                old_mentor=old_mentor.name,
                new_mentor=new_mentor.name,
                students=students,
            )
    _send(
        "mentor_thanked",
        old_mentor.membership,
        old.programme,
        about=old,
        key=f"mentor-thanked:{old.pk}:{old_mentor.pk}",
        url=links.absolute(old.get_absolute_url()),
        students=students,
    )


def members_of(mentorship) -> list:
    """The participants of a mentorship, students first."""
    seats = mentorship.members.select_related("participant__membership").order_by("-side", "pk")
    return [seat.participant for seat in seats]


def _across(person, people):
    return words.listing(one.name for one in people if one.side != person.side)


def send_agreement(agreement, people, others=()):
    """To each of these: read and sign, by signed link. others: who had theirs before."""
    for person in people:
        _send(
            "agreement_to_sign",
            person.membership,
            agreement.mentorship.programme,
            about=agreement,
            key=f"agreement:{agreement.pk}:{person.pk}",
            url=links.link_url(
                "matching:agreement_by_link", Purpose.AGREEMENT, agreement.pk, membership=person.membership, life=LINK_LIFE
            ),
            other_names=words.others(person, [*people, *others]),
        )


def send_agreement_changed(agreement, people):
    """To each member: there is a new version to read and sign, by signed link."""
    for person in people:
        _send(
            "agreement_changed",
            person.membership,
            agreement.mentorship.programme,
            about=agreement,
            key=f"agreement:{agreement.pk}:{agreement.number}:{person.pk}",
            url=links.link_url(
                "matching:agreement_by_link", Purpose.AGREEMENT, agreement.pk, membership=person.membership, life=LINK_LIFE
            ),
            other_names=words.listing(one.name for one in people if one != person),
        )


def other_of(proposal, person):
    """The other participant of a proposal."""
    return proposal.mentor if person.pk == proposal.student_id else proposal.student


def role_word(side):
    """ "mentor", "student": as a noun inside a sentence."""
    return _("mentor") if side == Side.MENTOR else _("student")


def _frame(membership, programme):
    """What every letter of matching holds."""
    return {"first_name": membership.first_name, "organisation": programme.organisation.name, "programme": programme.name}


def _send(name, membership, programme, *, about, key, **context):
    with override("en-gb"):
        return queue_letter(
            name,
            to_email=membership.email,
            to_name=membership.name,
            context=_frame(membership, programme) | context,
            dedupe_key=key,
            about=about,
        )
