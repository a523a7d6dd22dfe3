"""What a roster can say: the fields of the three kinds of file, the headers that mean them, what a row cannot do without."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

KINDS = ("students", "mentors", "placements")


class Need(Enum):
    """How much a field is needed."""

    ALWAYS = 1  # the file must have the column and every row must fill it
    IF_COLUMN = 2  # a file may lack the column; where it is there, every row must fill it
    OPTIONAL = 3


@dataclass(frozen=True)
class Field:
    """One thing a roster says.

    name: as in the row classes and in our template. what: completes "This cell is empty. It needs …".
    reader: a key of values.READERS. aliases: headers that mean it, folded as by columns.fold. longest: characters.
    """

    name: str
    label: str
    what: str
    reader: str = "text"
    need: Need = Need.OPTIONAL
    longest: int = 300
    aliases: frozenset[str] = frozenset()
    hint: str = ""


def _field(name, label, what, aliases="", **more):
    return Field(name, label, what, aliases=frozenset({name.replace("_", ""), *aliases.split()}), **more)


_LISTS = _("Several, with semicolons between them.")
_DATES = _("Year-month-day, such as 2026-09-14.")

_FIRST_NAME = _field("first_name", _("first name"), _("a first name"), "forename forenames givenname givennames first fname "
    "preferredname preferredfirstname studentfirstname mentorfirstname", reader="name", need=Need.ALWAYS)  # fmt: skip
_LAST_NAME = _field("last_name", _("last name"), _("a last name"), "surname familyname last lname studentlastname mentorlastname",
    reader="name")  # fmt: skip
_FULL_NAME = _field("full_name", _("whole name"), _("a name"), "name studentname learnername mentorname contactname", reader="name",
    longest=600)  # fmt: skip
_EMAIL = _field("email", _("e-mail address"), _("an e-mail address"), "emailaddress emailaddr mail emailid primaryemail studentemail "
    "studentemailaddress learneremail mentoremail collegeemail schoolemail universityemail institutionalemail workemail contactemail",
    reader="email", need=Need.ALWAYS, longest=254)  # fmt: skip
_STUDENT_ID = _field("student_id", _("student number"), _("the student's number"), "studentnumber studentno studentref "
    "studentreference studentidnumber learnerref learnerid learnernumber learnerno learnerreference learnerrefnumber uln upn sid id "
    "personid ref reference refno admissionnumber emplid campusid matriculationnumber", reader="code", need=Need.IF_COLUMN,
    longest=60)  # fmt: skip
_INDUSTRY = _field("industry", _("industry"), _("an industry"), "sector industrysector preferredindustry preferredsector careerarea "
    "occupationalarea", longest=100)  # fmt: skip
_TOWN = _field("town", _("town"), _("a town"), "city location hometown towncity", longest=100)
_AVAILABILITY = _field("availability", _("availability"), _("free times"), "freeperiods freetimes free available availabletimes "
    "timesavailable whenfree whenavailable", reader="slots", hint=_("Half days, such as Mon am; Thu pm."))  # fmt: skip
_LANGUAGES = _field("languages", _("languages"), _("a language"), "language languagesspoken spokenlanguages", reader="names",
    longest=100, hint=_LISTS)  # fmt: skip
_CHANNEL = _field("channel", _("preferred way to keep in touch"), _("a way to keep in touch"), "contactby contactmethod "
    "preferredcontact preferredchannel contactpreference preferredcontactmethod keepintouch meetingpreference", reader="channel",
    longest=40, hint=_("In person, video, phone or chat."))  # fmt: skip

STUDENTS = (
    _STUDENT_ID, _FIRST_NAME, _LAST_NAME, _FULL_NAME, _EMAIL,
    _field("date_of_birth", _("date of birth"), _("a date of birth"), "dob birthdt birthdate dateborn birthday", reader="birth",
        hint=_DATES),
    _field("course", _("course"), _("a course"), "coursename coursetitle learningaimtitle learningaim qualification program programme "
        "programmeofstudy major degree", longest=200),
    _INDUSTRY, _TOWN,
    _field("career_goal", _("career goal"), _("a career goal"), "careeraspiration careeraspirations careerambition aspiration "
        "aspirations ambition careeraim careerplan"),
    _field("wants_skills", _("skills to learn"), _("skills"), "skillstodevelop skillswanted skillstolearn wantstolearn skillsneeded "
        "skillssought developmentareas skills", reader="words", longest=100, hint=_LISTS),
    _AVAILABILITY, _LANGUAGES, _CHANNEL,
    _field("tutor_email", _("tutor's e-mail address"), _("an e-mail address"), "tutor personaltutor personaltutoremail tutoremailaddress "
        "advisor advisoremail adviser adviseremail teacheremail", reader="tutor", longest=254),
)  # fmt: skip

MENTORS = (
    _FIRST_NAME, _LAST_NAME, _FULL_NAME, _EMAIL,
    _field("employer", _("employer"), _("an employer"), "employername company companyname organisation organization organisationname "
        "worksat firm"),
    _field("job_title", _("job title"), _("a job title"), "position role jobrole occupation title"),
    _INDUSTRY, _TOWN,
    _field("skills", _("skills to offer"), _("skills"), "canhelpwith skillsoffered skillstooffer offers expertise areasofexpertise",
        reader="words", longest=100, hint=_LISTS),
    _AVAILABILITY,
    _field("capacity", _("students they can take"), _("how many students this mentor can take, 1 or more"), "cap maxlearners "
        "maxstudents maxmentees places numberofstudents studentlimit maxload maximumstudents maximumlearners", reader="capacity",
        need=Need.IF_COLUMN, hint=_("How many students the mentor can take, 1 or more.")),
    _LANGUAGES, _CHANNEL,
    _field("years_experience", _("years of experience"), _("a number of years"), "yrsexp yearsexp yearsofexperience experience "
        "experienceyears", reader="years"),
    _field("check_valid_until", _("background check valid until"), _("a date"), "checkexpiry checkexpires dbsexpiry dbsexpirydate "
        "dbsvaliduntil dbsexpires pvgexpiry clearanceexpiry backgroundcheckexpiry backgroundcheckvaliduntil checkvalidto",
        reader="date", hint=_DATES),
)  # fmt: skip

PLACEMENTS = (
    Field("student_id", _("student number"), _("the student's number"), "code", Need.ALWAYS, 60, _STUDENT_ID.aliases),
    _field("employer", _("employer"), _("an employer"), "employername company companyname organisation organization host hostemployer "
        "placementprovider", need=Need.ALWAYS),
    _field("site_town", _("town of the site"), _("a town"), "site workplace town city location placementlocation sitelocation",
        longest=100),
    _field("job_role", _("role"), _("what the student does there"), "role position jobtitle placementrole placementtitle",
        need=Need.ALWAYS, longest=200),
    _field("line_manager_name", _("line manager's name"), _("a name"), "linemanager supervisor supervisorname workplacesupervisor manager "
        "managername", reader="name"),
    _field("line_manager_email", _("line manager's e-mail address"), _("an e-mail address"), "supervisoremail linemanageremailaddress "
        "supervisoremailaddress manageremail", reader="email", longest=254),
    _field("start_date", _("first day"), _("the first day of the placement"), "start startdt startson starts placementstart begindate "
        "datefrom from", reader="date", need=Need.ALWAYS, hint=_DATES),
    _field("end_date", _("last day"), _("the last day of the placement"), "end enddt endson ends placementend finishdate dateto to",
        reader="date", need=Need.ALWAYS, hint=_DATES),
    _field("planned_hours", _("planned hours"), _("a number of hours"), "plannedhrs hours hrs totalhours placementhours", reader="hours"),
)  # fmt: skip

FIELDS = {"students": STUDENTS, "mentors": MENTORS, "placements": PLACEMENTS}
_BY_NAME = {kind: {field.name: field for field in fields} for kind, fields in FIELDS.items()}


def field_of(kind: str, name: str) -> Field:
    """Return the field; KeyError when the kind has none of this name."""
    return _BY_NAME[kind][name]


def template_headers(kind: str) -> list[str]:
    """Return the headers of our own template, in order."""
    return [field.name for field in FIELDS[kind] if field.name != "full_name"]
