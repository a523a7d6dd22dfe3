"""The coach's own examples: better goals by subject, what makes a goal measurable by its doing word, first steps. Pure data; English.

Every goal here passes the coach's own rules (tests/goals). "%(date)s" is a day that is still to come.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


def _words(text):
    return frozenset(text.split())


@dataclass(frozen=True)
class Subject:
    """One field of work: the words that give it away, a goal in it, and why somebody might want that."""

    cues: frozenset
    goal: str
    why: str


# The first subject with a cue among the words is taken, so the narrow ones come first.
SUBJECTS = (
    Subject(
        _words("phone phones telephone call calls calling caller callers"),
        _("Take five phone calls with somebody beside me and then five alone, by %(date)s"),
        _("So that I can be left alone with the phone."),
    ),
    Subject(
        _words("mistake mistakes error errors accuracy accurate careless"),
        _("Check every piece of work against a list before I hand it in, for three weeks, until %(date)s"),
        _("So that my work is not done twice."),
    ),
    Subject(
        _words("typing keyboard wpm") | {"type faster", "type quicker"},
        _("Type for ten minutes every day for two weeks and note my words a minute, until %(date)s"),
        _("So that writing things up takes half the time."),
    ),
    Subject(
        _words("spreadsheet spreadsheets excel sheet sheets formula formulas pivot bookkeeping accounts accounting invoices"),
        _("Build a sheet that totals the week’s bookings, by %(date)s"),
        _("So that nobody has to add the numbers up by hand."),
    ),
    Subject(
        _words("python javascript java code coding programming software website websites web app apps html sql bug bugs"),
        _("Fix two small bugs from the list and show the result to a colleague, by %(date)s"),
        _("So that I can point to something I have changed myself."),
    ),
    Subject(
        _words("late lateness early earlier punctual punctuality timekeeping alarm bus oversleep oversleeping") | {"on time"},
        _("Be at my place ten minutes before the start every day for three weeks, until %(date)s"),
        _("So that others can rely on me."),
    ),
    Subject(
        _words("organised organisation organising organise routine diary planner priorities prioritise deadline deadlines time"),
        _("Write tomorrow’s three most important things down every evening for two weeks, until %(date)s"),
        _("So that nothing is forgotten when it gets busy."),
    ),
    Subject(
        _words("stress stressed pressure anxiety anxious panic panicking worry worrying nervous nerves calm cope coping"),
        _("Take a five-minute break every morning for two weeks and note what helps, until %(date)s"),
        _("So that I keep a clear head on busy days."),
    ),
    Subject(
        _words("career careers apprenticeship interview interviews cv networking network university degree employed hired jobs linkedin")
        | {"a job", "the job", "my future"},
        _("Ask three people here how they got into the trade and write down what I would need, by %(date)s"),
        _("So that I know what to apply for afterwards."),
    ),
    Subject(
        _words("grade grades exam exams coursework portfolio assignment assignments essay distinction merit"),
        _("Collect five pieces of work from here that count for my course, by %(date)s"),
        _("So that my placement counts towards my course."),
    ),
    Subject(
        _words("child children toddler toddlers nursery playground pupils reading storytime classroom"),
        _("Plan and lead one story time for six children and ask a colleague to watch, by %(date)s"),
        _("So that I find out whether working with children is for me."),
    ),
    Subject(
        _words("patient patients resident residents care caring nursing nurse ward hygiene first-aid carer"),
        _("Explain the hand-washing routine to two new starters, with my line manager watching, by %(date)s"),
        _("So that I am trusted on the ward."),
    ),
    Subject(
        _words("safety hazard hazards ppe risk risks lifting"),
        _("Walk through the workshop with my line manager and name five risks and what we do about each, by %(date)s"),
        _("So that nobody is hurt, and I can work without somebody beside me."),
    ),
    Subject(
        _words("barista coffee coffees latte espresso cappuccino"),
        _("Make ten coffees in a row that a colleague would serve, by %(date)s"),
        _("So that I can work at the machine on Saturdays."),
    ),
    Subject(
        _words("kitchen cook cooking chef menu food bake baking dish dishes restaurant waiting tables"),
        _("Prepare three dishes from the menu on my own and have each tasted by the chef, by %(date)s"),
        _("So that I can be put on a section."),
    ),
    Subject(
        _words("animal animals dog dogs horse horses calves cattle vet farm grooming"),
        _("Do the morning round with the animals on my own for one week, until %(date)s"),
        _("So that I am trusted with a round of my own."),
    ),
    Subject(
        _words("car cars tyre tyres engine engines brakes vehicle vehicles garage mechanic mechanics"),
        _("Change the brake pads on three cars, with a mechanic watching, by %(date)s"),
        _("So that I can be given a job from start to end."),
    ),
    Subject(
        _words("machine machines machining lathe weld welding drill cad drawings electronics wiring joinery bricklaying plastering"),
        _("Make three parts from the drawing that pass inspection, by %(date)s"),
        _("So that I can be given a drawing and left to it."),
    ),
    Subject(
        _words("stock stocktaking warehouse picking packing pallet pallets delivery deliveries inventory logistics"),
        _("Book in three deliveries on my own and have one checked by my line manager, by %(date)s"),
        _("So that deliveries do not wait for somebody else."),
    ),
    Subject(
        _words("lab laboratory experiment experiments sample samples titration microscope chemistry biology science"),
        _("Run the same test three times and get results that agree, by %(date)s"),
        _("So that my results can be used."),
    ),
    Subject(
        _words("photo photos photography photoshop camera film filming video videos editing poster posters design designing canva media"),
        _("Make one poster from the brief and change it after feedback from two people, by %(date)s"),
        _("So that I have a piece for my portfolio."),
    ),
    Subject(
        _words("polish french german spanish welsh english arabic urdu mandarin language languages fluent fluently"),
        _("Hold a five-minute talk with a colleague in the new language once a week for three weeks, until %(date)s"),
        _("So that I can speak with everybody here."),
    ),
    Subject(
        _words("customer customers client clients guest guests visitor visitors retail sales selling till shop reception"),
        _("Serve ten customers on my own and ask my line manager to watch two of them, by %(date)s"),
        _("So that I can run the front desk on my own on Fridays."),
    ),
    Subject(
        _words("email emails e-mail e-mails admin filing records minutes paperwork documentation"),
        _("Write the handover notes for four shifts and have one checked by my line manager, by %(date)s"),
        _("So that the next shift knows what we did."),
    ),
    Subject(
        _words("confidence confident shy shyness quiet speak speaking public presentation presentations presenting communication")
        | _words("communicate communicating talk talking voice opinion opinions outgoing assertive social meetings"),
        _("Say one idea of mine in every team meeting for three weeks, until %(date)s"),
        _("So that people here know what I think."),
    ),
    Subject(
        _words("listen listening listener empathy feedback criticism"),
        _("Ask two colleagues for feedback and write down what I will do with it, by %(date)s"),
        _("So that I hear what I do well before the end."),
    ),
    Subject(
        _words("lead leader leaders leadership leading delegate manage managing manager"),
        _("Lead the start-of-shift meeting twice and ask the team what to change, by %(date)s"),
        _("So that I can take on a small team of my own."),
    ),
    Subject(
        _words("team teams teamwork colleague colleagues teammate teammates cooperate cooperation collaborate collaboration friends"),
        _("Have a coffee with three colleagues from other teams and write down what each of them does, by %(date)s"),
        _("So that I know whom to ask."),
    ),
    Subject(
        _words("maths mathematics numeracy numbers percentages fractions arithmetic"),
        _("Work out ten prices or measures by hand and check each with a colleague, by %(date)s"),
        _("So that I trust my own numbers."),
    ),
    Subject(
        _words("data database databases figures statistics analytics"),
        _("Make one chart of this month’s figures and explain it to my team, by %(date)s"),
        _("So that people can see what the numbers say."),
    ),
    Subject(
        _words("names name"),
        _("Greet ten people here by their name, by %(date)s"),
        _("So that I belong here sooner."),
    ),
    Subject(
        _words("question questions curious"),
        _("Ask my line manager three questions every Friday for three weeks, until %(date)s"),
        _("So that I learn what nobody thinks of telling me."),
    ),
    Subject(
        _words("independent independently independence initiative"),
        _("Do one piece of work from start to end on my own and show it to my line manager, by %(date)s"),
        _("So that others need not look after me."),
    ),
    Subject(
        _words("money budget budgeting savings finances spending"),
        _("Write down what I spend each week for three weeks and compare it with what I earn, until %(date)s"),
        _("So that I know what the work is worth to me."),
    ),
)

# Where no subject is known.
ANY_GOAL = _("Finish one piece of work here that I would show at an interview, by %(date)s")
ANY_WHY = _("So that I can do it alone on a busy day.")

# A mentor's own goals are about being a mentor.
OF_MENTORS = (
    Subject(
        _words("listen listening listener patience patient quiet talk talking silence empathy"),
        _("Let my student speak first in three check-ins and note what I would have missed, by %(date)s"),
        _("So that I hear what is meant, not what I expect."),
    ),
    Subject(
        _words("feedback praise criticism honest honesty"),
        _("Say one thing that went well and one to try next time in every check-in, until %(date)s"),
        _("So that my student knows where they stand."),
    ),
    Subject(
        _words("question questions ask asking coach coaching advice"),
        _("Ask three open questions before I give any advice, in each of the next three check-ins, by %(date)s"),
        _("So that my student finds answers that are their own."),
    ),
    Subject(
        _words("time late punctual regular reliable organised prepare prepared available"),
        _("Put all check-ins into my calendar and keep each of the next three, by %(date)s"),
        _("So that my student can count on me."),
    ),
    Subject(
        _words("network networking contacts introduce introduction colleagues industry"),
        _("Introduce my student to two people in my trade, by %(date)s"),
        _("So that my student leaves with more than one name."),
    ),
    Subject(
        _words("culture generation young inclusive inclusion diversity understand background"),
        _("Ask my student what three things here were hard to understand at first and write them down, by %(date)s"),
        _("So that I remember what it is to be new."),
    ),
)
ANY_GOAL_OF_MENTORS = _("Try one new way to open a check-in three times and ask my student which worked, by %(date)s")
ANY_WHY_OF_MENTORS = _("So that my student gets more out of our time.")

# What the doing word tells of the sort of goal.
TELL_SOMETHING = _words("explain present demonstrate describe show pitch report introduce")
TELL_SOMEBODY = _words("teach train coach brief tell instruct")
LEARN = _words(
    "read study research visit observe shadow watch attend listen explore investigate compare review accompany meet interview see find ride join"
)
SPEAK = _words(
    "ask call phone ring contact answer serve greet welcome help support respond reply e-mail email sell invite talk speak thank host guide "
    "network"
)
MAKE = _words(
    "write build design create draw draft make plan prepare organise organize sort update edit finish complete develop fix code program "
    "film record paint sew knit compose produce outline sketch model map publish print tidy arrange repair restore clean revise rewrite"
)
HABIT = _words("arrive keep wear check follow wake stay bring wash")
HANDS_ON = _words(
    "use operate run drive handle change feed cook weld drill cut measure load unload milk mix bake pour solder wire scan sand plaster lay "
    "lift press pack pick stack fold iron fry slice open close set do try test calibrate assemble install fit connect crimp bend grind mill "
    "turn mend service lubricate inspect dress bathe groom plant prune dig tow swap configure deploy process sew book order stock count"
)
# Nothing that is added to these would say how others can see it: another goal is offered.
ENDS = _words("get gain win earn pass achieve reach have be become lose save stop avoid quit give know remember")

# doing words, what to add so that others can see it, and the first steps
_BY_VERB = (
    (TELL_SOMETHING, _("%(goal)s to two colleagues"), _("Write three bullet points. Try it on a friend. Do it for real.")),
    (TELL_SOMEBODY, _("%(goal)s and ask two people afterwards what was clear"), _("Write three bullet points. Try it on a friend. Do it for real.")),
    (LEARN, _("%(goal)s and write down three things I learnt"), _("Ask whom or what to see. Write down three questions. Go and find out.")),
    (SPEAK, _("%(goal)s, five times, and note what went well"), _("Listen in once. Do the first with somebody beside me. Do the next alone.")),
    (MAKE, _("%(goal)s and have the result checked by my line manager"), _("Ask what must be in it. Make a first version. Have it looked at.")),
    (HANDS_ON, _("%(goal)s three times, with my line manager watching one of them"), _("Watch it done once. Try it with help. Do it alone.")),
    (HABIT, _("%(goal)s every day for two weeks and keep a tick list"), _("Set a reminder. Try it for three days. See what got in the way.")),
    (ENDS, "", _("Find out what it takes. Put the dates in my calendar. Ask somebody who has done it.")),
)
_ANY_TAIL = _("%(goal)s, and tell my mentor every week how far I am")
_ANY_STEPS = _("Watch it done once. Try it with help. Do it alone.")


@dataclass(frozen=True)
class Book:
    """The examples for one side: goals and reasons by subject, and those for everything else."""

    subjects: tuple[Subject, ...]
    any_goal: str
    any_why: str
    is_mentors: bool = False

    def subject_of(self, text):
        """The Subject a text in lower case gives away, or None."""
        given = set(text.replace(",", " ").replace(".", " ").split())
        for subject in self.subjects:
            if subject.cues & given or any(" " in cue and f" {cue} " in f" {text} " for cue in subject.cues):
                return subject
        return None

    def measured(self, verb):
        """What to add to a goal with this doing word so that others can see it; "" where only another goal would do."""
        tail = next((tail for verbs, tail, _steps in _BY_VERB if verb in verbs), _ANY_TAIL)
        return _("%(goal)s in three check-ins and ask my student how it was") if tail and self.is_mentors else tail

    def first_steps(self, verb):
        """Three steps that fit a goal with this doing word."""
        if self.is_mentors:
            return _("Try it at the next check-in. Ask how it was. Change one thing.")
        return next((steps for verbs, _tail, steps in _BY_VERB if verb in verbs), _ANY_STEPS)


STUDENTS = Book(SUBJECTS, ANY_GOAL, ANY_WHY)
MENTORS = Book(OF_MENTORS, ANY_GOAL_OF_MENTORS, ANY_WHY_OF_MENTORS, is_mentors=True)
