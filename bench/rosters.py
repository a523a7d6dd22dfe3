"""Large invented rosters for measuring: students, mentors and placements that belong together, as CSV bytes."""

import csv
import io
import random

FIRST = ("Amara", "Łukasz", "Zoë", "Mateusz", "Siân", "Öykü", "Nguyễn", "Hannah", "Yusuf", "D’Arcy", "Ines", "Tomasz", "Bronagh", "Kofi")
LAST = ("Obi", "Yılmaz", "O’Brien", "Kowalska", "Ørsted", "Hughes", "Trần", "Chowdhury", "de Vries", "Petrov", "Mensah", "Silva")
INDUSTRIES = ("digital", "construction", "education", "engineering", "health", "business", "media")
SKILLS = ("teamwork", "planning", "presenting", "spreadsheets", "first aid", "drawings", "python", "customer care", "surveying", "editing")
TOWNS = ("Leeds", "York", "Hull", "Bradford", "Sheffield", "Wakefield", "Halifax", "Online only")
SLOTS = tuple(f"{day} {half}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for half in ("am", "pm"))
GOALS = ("go to university", "get an apprenticeship", "work in the trade", "start my own business", "find out what suits me")


def rosters(students=5000, mentors=2000, seed=7) -> dict[str, bytes]:
    """The three files by kind, the same for the same seed; one placement for each student."""
    pick = random.Random(seed)
    return {
        "students": _csv([_student(pick, number) for number in range(students)]),
        "mentors": _csv([_mentor(pick, number) for number in range(mentors)]),
        "placements": _csv([_placement(pick, number) for number in range(students)]),
    }


def _csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _several(pick, words, most=5):
    return ";".join(pick.sample(words, pick.randint(1, most)))


def _person(pick, address):
    return {
        "first_name": pick.choice(FIRST),
        "last_name": pick.choice(LAST),
        "email": address,
        "industry": pick.choice(INDUSTRIES),
        "town": pick.choice(TOWNS),
        "availability": _several(pick, SLOTS),
        "languages": pick.choice(("English", "English;Polish", "English;Welsh")),
        "channel": pick.choice(("video", "phone", "chat", "in person")),
    }


def _student(pick, number):
    return _person(pick, f"student{number}@large.example") | {
        "student_id": f"N{240000 + number}",
        "date_of_birth": f"{pick.randint(2004, 2009)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}",
        "course": f"T Level {pick.choice(INDUSTRIES).title()}",
        "career_goal": pick.choice(GOALS),
        "wants_skills": _several(pick, SKILLS),
        "tutor_email": f"tutor{pick.randint(1, 60)}@large.example",
    }


def _mentor(pick, number):
    return _person(pick, f"mentor{number}@employers.example") | {
        "employer": f"Employer {pick.randint(1, 400)}",
        "job_title": pick.choice(("Engineer", "Team lead", "Nurse", "Designer")),
        "skills": _several(pick, SKILLS),
        "capacity": pick.randint(1, 4),
        "years_experience": pick.randint(0, 35),
        "check_valid_until": f"{pick.randint(2030, 2034)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}",
    }


def _placement(pick, number):
    employer = pick.randint(1, 400)
    manager = employer * 10 + pick.randint(0, 3)
    return {
        "student_id": f"N{240000 + number}",
        "employer": f"Employer {employer}",
        "site_town": pick.choice(TOWNS[:7]),
        "job_role": pick.choice(("Junior developer", "Ward assistant", "Fitter", "Classroom assistant")),
        "line_manager_name": f"{FIRST[manager % len(FIRST)]} {LAST[manager % len(LAST)]}",
        "line_manager_email": f"manager{manager}@employers.example",
        "start_date": f"2026-10-{pick.randint(1, 28):02}",
        "end_date": f"2027-05-{pick.randint(1, 28):02}",
        "planned_hours": pick.choice((315, 350, 420, 750)),
    }
