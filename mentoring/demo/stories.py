"""What people in the demo do and say. Pure data; every sentence is invented."""

from dataclasses import dataclass

MISSED, OPEN = "missed", "open"  # of a past check-in: it did not happen; nobody has logged it


@dataclass(frozen=True)
class Story:
    """How one mentorship goes.

    past: one entry for each check-in due so far, oldest first: the student's mood (1 to 5), MISSED or OPEN.
    goals: how many; pace: their progress in per cent of what on-track would be. signed: sides whose names stand.
    started: days after the programme's first day (None: six days before the day of seeding).
    """

    key: str
    stage: str
    past: tuple = ()
    goals: int = 2
    pace: int = 100
    signed: tuple[str, ...] = ("student", "mentor")
    started: int | None = 0
    vague_goal: bool = False
    status: str = "active"


LIVELY = Story("lively", "progression", (3, 4, 5), goals=3)
STEADY = Story("steady", "progression", (3, 3, 4), pace=90, vague_goal=True)
SLOW = Story("slow", "progression", (3, MISSED, 3), pace=25)
DIRECTION = Story("direction", "direction", (3, 4, 4), goals=1, pace=60, vague_goal=True)
QUIET = Story("quiet", "direction", (4, OPEN, OPEN), goals=1, pace=15)
LOST = Story("lost", "progression", (4, 3, 2), pace=40)
STUCK = Story("stuck", "direction", (3, 2, 1), goals=1, pace=20, vague_goal=True)
TWICE_MISSED = Story("twice missed", "direction", (4, MISSED, MISSED), goals=1, pace=30)
NEW = Story("new", "rapport", (), goals=0, signed=("student",), started=None)
UNSIGNED = Story("unsigned", "rapport", (4, 4, OPEN), goals=1, pace=60, signed=("mentor",))
WINDING = Story("winding down", "winding_down", (4, 5, 5), goals=3, pace=170)
MOVING_ON = Story("moving on", "moving_on", (4, 4, 5), goals=2, pace=200)
ENDED_EARLY = Story("ended early", "moving_on", (4, 5), goals=2, pace=200, status="completed_early")
NO_SHOW = Story("no show", "rapport", (), goals=0, signed=(), status="no_show")

# Thirty-eight of Northfield's, besides the two of the demo's own mentor.
NORTHFIELD = (
    *[LIVELY] * 11, *[STEADY] * 6, *[SLOW] * 3, *[DIRECTION] * 4, *[QUIET] * 2, LOST, STUCK, TWICE_MISSED,
    *[NEW] * 3, UNSIGNED, *[WINDING] * 2, MOVING_ON, ENDED_EARLY, NO_SHOW,
)  # fmt: skip
RIVERSIDE = (LIVELY, STEADY, STEADY, SLOW, QUIET, NEW, WINDING)


@dataclass(frozen=True)
class GoalIdea:
    title: str
    measure: str
    why: str
    steps: tuple[str, ...]


GOALS = (
    GoalIdea(
        "Brief two colleagues on the new booking form",
        "Both fill it in without help",
        "The front desk loses time to wrong bookings",
        ("Write three bullet points", "Brief someone who has never used it", "Brief someone who needs an update"),
    ),
    GoalIdea(
        "Build a sheet that totals the week’s orders",
        "The totals match the till on three Fridays",
        "My line manager adds them up by hand today",
        ("Ask what must be in it", "Build a first version", "Show the totals to my line manager"),
    ),
    GoalIdea(
        "Present one finished piece of work to the team",
        "A five-minute talk at the Monday meeting",
        "I want to be able to show what I did here",
        ("Choose the piece of work", "Practise with my mentor", "Give the talk"),
    ),
    GoalIdea(
        "Shadow three people in other departments",
        "A half page of notes on each visit",
        "I would like to know which work suits me",
        ("List whom I want to meet", "Ask for a morning with each", "Write up what surprised me"),
    ),
    GoalIdea(
        "Answer ten customer calls by myself",
        "My line manager listens to two of them",
        "Speaking on the phone is what I find hardest",
        ("Listen in on five calls", "Write my own opening line", "Take the first call with someone beside me"),
    ),
    GoalIdea(
        "Write a checklist for closing up in the evening",
        "Two colleagues use it for one week",
        "New people forget the same two things",
        ("Watch three evenings", "Draft the checklist", "Try it with a colleague"),
    ),
    GoalIdea(
        "Read four drawings and explain each to my mentor",
        "My mentor asks five questions about each and I can answer them",
        "Site work starts with the drawing",
        ("Borrow two old drawings", "Explain the first one", "Explain the other three"),
    ),
    GoalIdea(
        "Complete the hand-hygiene and lifting courses",
        "Both certificates in my folder",
        "I may only work on the ward with them",
        ("Book both courses", "Do the reading", "Bring the certificates"),
    ),
    GoalIdea(
        "Test the sign-up page and report five faults",
        "Five reports that a developer can follow",
        "Testing is a way into the team’s work",
        ("Read two old reports", "Test on a phone and a laptop", "Write the reports"),
    ),
    GoalIdea(
        "Plan one reading session for six children",
        "The plan is used on a Thursday morning",
        "I want to know whether teaching is for me",
        ("Sit in on two sessions", "Choose the book", "Write the plan with the class teacher"),
    ),
)
VAGUE = ("Get better at spreadsheets", "Be more confident", "Learn about the company", "Improve my communication")

OBJECTIVES = (
    "Answer a customer’s question about an order",
    "Keep a simple set of figures and explain them",
    "Speak up in a team meeting",
    "Follow the safety rules of the site and say why they matter",
    "Plan a day’s work and keep to it",
    "Ask for feedback and do something with it",
    "Use the team’s main tools without help",
    "Know who does what in the organisation",
)
MENTORS_GOALS = (
    GoalIdea("Ask three open questions before I give any advice", "Gwen says which helped", "I answer too quickly", ("Managed two of three.",)),
    GoalIdea("Let the student speak first in the next three check-ins", "I note what I would have missed", "I would hear more", ("Hard!",)),
)

TOPICS = (
    "The first weeks", "Working with the line manager", "A talk to prepare", "Phone calls", "What went well", "Time and travel",
    "Next steps after college", "Feedback from the team",
)  # fmt: skip
PROGRESS = (
    "Settling in, knows who to ask.",
    "Did the first half alone and asked for help at the right moment.",
    "The team has started to give real tasks.",
    "Less sure than last time, but keeps at it.",
    "Ahead of the plan; we can aim higher.",
    "Talked through what to do when nobody has time.",
)
CHALLENGES = ("", "", "Mornings are long because of the bus.", "Two people give different instructions.", "")
ACTIONS = (
    "Write down three questions for the line manager",
    "Send the draft before the next check-in",
    "Ask to sit in on the team meeting",
    "Try the first call with someone beside you",
    "Look for a quiet place to work on Thursdays",
    "Send the link to the college course",
)
MISSED_BECAUSE = ("The mentor was on another site.", "The student was ill.", "A delivery came in at the same time.")

SETTLED = {
    "schedule": "Every second week for three quarters of an hour, mostly on Tuesdays.",
    "channels": "In person at the site; by video when one of us is elsewhere.",
    "reach_out": "Messages any time, answers within two working days. No calls after six.",
    "student_brings": "One question and one thing that went well, each time.",
    "mentor_brings": "An honest view of the trade, and people to talk to.",
}

CONCERN = (
    "A student told me that a colleague at the site keeps asking for their private number and waits by the bus stop. "
    "They asked me not to make a fuss. I said that I would have to tell someone."
)
WISH_FOR_A_CHANGE = "We get on, but our shifts never fit: three of our talks had to be moved. Could it be somebody who works days?"
HANDED_ON = "Works best with a list to tick off. We had begun to practise calls to suppliers; the next one is hers to lead."
NOTES = (
    ("mentorship", "Gwen would like to see how the accounts are closed at the end of the month. I will ask Mateusz."),
    ("coordinators", "Travel is a problem on Thursdays: the bus comes at ten past nine. Could the college help?"),
    ("only_me", "Remember to ask about her sister’s concert."),
)
REFLECTIONS = {
    "works": ("Having somebody who has time.", "Short and regular beats long and rare.", "Seeing how others began."),
    "change": ("A little more notice before visits.", "I would like to practise more in front of others.", ""),
}
