"""Action plans to print in the tests: an ordinary one, a bare one, and one with too much of everything."""

from datetime import date, datetime

from documents import plans as p

ORDINARY = p.ActionPlan(
    organisation="Northfield College",
    programme="Autumn placements 2026",
    version=3,
    made_on=date(2026, 11, 22),
    student="Gwen Ørsted",
    mentors=("Dafydd Patel",),
    tutor="H. Okafor",
    placement=p.Placement(
        role="Marketing assistant",
        employer="Bell, Book & Co.",
        site="Leeds",
        start=date(2026, 10, 5),
        end=date(2026, 12, 18),
        hours_done=168,
        hours_planned=315,
        line_manager="Mateusz Silva",
    ),
    goals=(
        p.Goal(
            title="Brief two colleagues on the new booking form by 27 November",
            percent=50,
            on_track=True,
            steps=(
                p.Step("Brief someone who has never used it", "Gwen", date(2026, 11, 12), done=True),
                p.Step("Brief someone who needs an update", "Gwen", date(2026, 11, 26)),
            ),
            history=(p.ProgressPoint(date(2026, 10, 20), 10), p.ProgressPoint(date(2026, 11, 3), 30)),
        ),
        p.Goal(
            title="Build a sheet that totals the week’s bookings, by 4 December",
            percent=20,
            on_track=False,
            smart="SMRT",
            steps=(p.Step("Show the totals to Mateusz", "Gwen, Mateusz", date(2027, 1, 4)),),
        ),
    ),
    check_ins=(
        p.CheckIn(date(2026, 10, 6), "in person", 60, "Good", "Meet every second Tuesday"),
        p.CheckIn(date(2026, 11, 3), "video", 50, "A bit lost", "Three bullet points before the briefing"),
    ),
    next_dates=(
        p.NextDate(datetime(2026, 11, 24, 10, 0), "Check-in"),
        p.NextDate(date(2026, 11, 23), "Mid-point review opens"),
    ),
    signatures=(
        p.Signature("Gwen Ørsted", "student", date(2026, 10, 9)),
        p.Signature("H. Okafor", "tutor"),
    ),
)

BARE = p.ActionPlan("Northfield College", "Autumn placements 2026", 1, date(2026, 10, 1), "Siôn Ŵŷn")


def crowded(goals: int = 8, check_ins: int = 36) -> p.ActionPlan:
    """More than three pages can hold in full: 8 goals of 10 long steps, 36 check-ins with long notes."""
    steps = tuple(
        p.Step(
            f"Step {n} in many words, so that it needs two lines on a sheet of paper of this width, or more",
            "Gwen",
            done=n > 8,
        )
        for n in range(1, 11)
    )
    return p.ActionPlan(
        organisation="Northfield College",
        programme="Autumn placements 2026",
        version=12,
        made_on=date(2026, 12, 1),
        student="Gwen Ørsted",
        goals=tuple(
            p.Goal(f"Goal {n}: present the weekly figures to the team", n * 10, True, "SMART", steps)
            for n in range(1, goals + 1)
        ),
        check_ins=tuple(
            p.CheckIn(
                date(2026, 1 + n // 3, 1 + n % 3), "video", 50, "Good", f"Note {n}. " + "We agreed a great deal. " * 20
            )
            for n in range(check_ins)
        ),
    )
