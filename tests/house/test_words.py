"""The words of the glossary are the only ones people read: what docs/glossary.md says to avoid stands in no sentence of ours."""

import ast
import re

from tests.house.source import ROOT, modules, templates

# Phrases in which an avoided word means something else, or is the plain word for what a thing is not.
ALLOWED = {
    r"line managers?": "a word of the glossary",
    r"(your|this|have an|person’s|person's|an|no|without an?|create an?) accounts?": "a person's sign-in, as everybody calls it",
    r"job (title|role)s?|(my|your|their|student’s|the) job": "what somebody does for a living",
    r"django admin": "the name of the operators' pages",
    r"(your|their) boss": "says in plain words what a mentor is not",
    r"mentors’ meetings?|training sessions?( and meetings?)?": "what an event is",
    r"(opening|final) session|what a session": "an event of a programme, or of its training",
    r"programme reports?|to the report|remind, report|not report|reports show|check-ins and reports": "figures of a programme",
    r"(first|no|few|each|every|team|start-of-shift) meetings?|meeting (in person|online|people)|meeting noted": "people meeting, before or without a check-in",
    r"speed meetings?": "people who talk for a few minutes, before there is a mentorship",
    r"main task": "work at the placement, not a step of a goal",
    r"match(es)? (them|now|again|people|students|with|without)": "the act",
}
# Words that mean something else in one place: where, and what.
ALLOWED_IN = {
    "pair": (
        ("matching/", "templates/matching/", "home/today/coordinator.py"),
        "two people who are looked at together, before there is a mentorship",
    ),
    "match": (("matching/", "templates/matching/", "home/today/", "organisations/roles.py"), "the act"),
    "report": (("evaluation/", "templates/evaluation/", "home/navigation.py"), "the name of the page of figures"),
    "user": (("accounts/models.py",), "what operators call a sign-in"),
}
TRANSLATED = re.compile(r"""{%\s*(?:translate|trans)\s+(["'])(.*?)\1""", re.DOTALL)
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b[^%]*%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
ROW = re.compile(r"^\| (?P<word>[^|]+) \| (?P<meaning>[^|]+) \|(?P<avoid>[^|]*)\|$", re.MULTILINE)
FOR_DEVELOPERS = ("mentoring.operators", "mentoring.demo", "mentoring.management", "mentoring.admin", "home.views.gallery")


def avoided() -> list[str]:
    """The right-hand column of the glossary."""
    rows = ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))[2:]
    words = [re.sub(r"\(.*?\)", "", word).strip() for _word, _meaning, column in rows for word in column.split(",")]
    return sorted({word for word in words if word})


def sentences():
    """(where, text) of every sentence that somebody may read."""
    for name, text in templates():
        if name.startswith(("admin/", "gallery")):
            continue  # for operators and developers
        for found in [*(m[1] for m in TRANSLATED.findall(text)), *BLOCK.findall(text)]:
            yield f"templates/{name}", found
    for module in modules():
        if module.name.startswith(FOR_DEVELOPERS):
            continue
        for call in module.walk(ast.Call):
            called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if called in GETTEXT:
                for arg in call.args:
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str):
                        yield module.where, arg.value


def bare(text) -> str:
    """A sentence without variables, tags and the phrases that are allowed."""
    text = re.sub(r"{[{%].*?[%}]}|%\([a-z_]+\)[sd]|<[^>]*>", " ", text)
    text = re.sub(r"\s+", " ", text)
    return re.sub("|".join(rf"\b(?:{phrase})\b" for phrase in ALLOWED), " ", text, flags=re.IGNORECASE)


def used(word, where, text) -> bool:
    """Whether a sentence uses an avoided word in the sense to avoid."""
    if where.startswith(ALLOWED_IN.get(word, ((),))[0] or "\0"):
        return False
    return bool(re.search(rf"\b{re.escape(word)}(?:s|es)?\b", bare(text), re.IGNORECASE))


def test_the_glossary_is_read():
    words = avoided()
    assert len(words) > 25
    assert {"cohort", "supervisor", "match", "ticket"} <= set(words)
    assert used("supervisor", "templates/x.html", "Ask your supervisor.")
    assert used("match", "templates/x.html", "Your match is ready.")
    assert not used("manager", "templates/x.html", "Your line manager knows.")


def test_no_sentence_uses_a_word_to_avoid():
    all_of_them = list(sentences())
    assert len(all_of_them) > 2000
    found = sorted({f"{word}: {where}: {text[:90]}" for where, text in all_of_them for word in avoided() if used(word, where, text)})
    assert found == []
