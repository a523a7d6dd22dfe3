"""The tag library: what a template writes, what the page gets. The gallery shows them all; here is what could go wrong."""

from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

NASTY = '"><script>alert(1)</script>'


def render(source, **context):
    return BeautifulSoup(Template("{% load ui %}" + source).render(Context(context)), "html.parser")


@dataclass
class Job:
    status: str
    done: int = 0
    total: int = 0
    message: str = ""
    pk: int = 7

    is_over = property(lambda self: self.status in {"done", "failed", "cancelled"})
    percent = property(lambda self: round(100 * self.done / self.total) if self.total else 0)

    def get_status_display(self):
        return f"it is {self.status}"


@pytest.mark.parametrize(
    "source",
    [
        "{% icon 'sun' label=x %}",
        "{% avatar x %}{% pair x x %}{% person x x url=x %}",
        "{% tag x 'good' 'check' %}{% privacy x %}",
        "{% card title=x link=x link_label=x %}{{ x }}{% endcard %}",
        "{% notice 'warn' title=x %}{{ x }}{% endnotice %}",
        "{% attention title=x why=x url=x action=x %}",
        "{% bar 1 2 label=x words=x %}",
        "{% axes rows %}{% facts rows %}{% kpis dicts %}{% timeline dicts %}{% subnav dicts %}",
        "{% reasons texts texts %}{% steps texts 1 %}{% crumb x x x %}",
        "{% empty x x url=x action=x %}",
        "{% stages pairs x label=x %}{% phases pairs x 40 label=x %}",
    ],
)
def test_markup_in_names_stays_text(source):
    words = ("title", "text", "label", "value", "of", "url", "tag", "private")
    rows = [dict.fromkeys(words, NASTY) | {"tag_kind": "good", "count": 1}]
    html = render(source, x=NASTY, texts=[NASTY], rows=[(NASTY, 40)], dicts=rows, pairs=[(NASTY, NASTY)])
    assert html.select("script") == []
    assert "alert(1)" in str(html)  # it is there, as words


def test_a_misspelt_parameter_is_an_error_at_once():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load ui %}{% card titel='Goals' %}{% endcard %}")


def test_icons_are_silent_unless_they_mean_something():
    html = render("{% icon 'sun' %}{% icon 'eye' label='Seen' %}")
    silent, spoken = html.select("svg")
    assert (silent["aria-hidden"], silent.get("role")) == ("true", None)
    assert (spoken["role"], spoken["aria-label"], spoken.get("aria-hidden")) == ("img", "Seen", None)


def test_two_people_side_by_side_never_share_a_colour():
    names = [f"Person {n}" for n in range(20)]
    pairs = [[av["class"][1] for av in render("{% pair a b %}", a=a, b=b).select(".av")] for a in names for b in names]
    assert [pair for pair in pairs if pair[0] == pair[1]] == []


def test_the_same_person_has_the_same_colour_everywhere():
    classes = {tuple(render("{% avatar 'Gwen Ørsted' %}").span["class"]) for _ in range(3)}
    assert len(classes) == 1


@pytest.mark.parametrize(
    ("current", "states"), [("b", ["done", "now", ""]), ("done", ["done", "done", "done"]), ("", ["", "", ""]), ("a", ["now", "", ""])]
)
def test_stages_say_what_is_done_and_where_one_is(current, states):
    html = render("{% stages choices current %}", choices=[("a", "One"), ("b", "Two"), ("c", "Three")], current=current)
    assert [" ".join(li["class"]) for li in html.select("li")] == states
    assert [li.select_one(".word").text for li in html.select("[aria-current=step]")] == [w for w, s in zip(["One", "Two", "Three"], states, strict=True) if s == "now"]


def test_phases_fill_by_what_is_over():
    html = render("{% phases choices 'b' 46 %}", choices=[("a", "One"), ("b", "Two"), ("c", "Three")])
    assert [bar["value"] for bar in html.select("progress")] == ["100", "46", "0"]


def test_a_bar_of_nothing_is_empty_not_broken():
    html = render("{% bar 0 0 label='Steps done' show=True %}")
    assert (html.progress["value"], html.progress["max"], html.select_one(".words .num").text) == ("0", "1", "0\u00a0%")


def test_low_axes_turn_amber():
    html = render("{% axes rows %}", rows=[("Role", 50), ("Place", 49)])
    assert ["lo" in bar["class"] for bar in html.select("progress")] == [False, True]


def test_facts_leave_out_what_is_unknown_but_not_nought():
    html = render("{% facts rows %}", rows=[("Hours", 0), ("Tutor", ""), ("Site", None)])
    assert [dt.text for dt in html.select("dt")] == ["Hours"]


def test_pages_keep_the_rest_of_the_query():
    page = Paginator(range(100), 10).get_page(2)
    html = render("{% pagination page %}", page=page, request=RequestFactory().get("/?q=Ø&page=2"))
    assert html.a["href"] == "?q=%C3%98&page=1"
    assert html.select_one("[aria-current=page]").get_text(" ", strip=True) == "Page 2"
    assert html.span.text == "11 to 20 of 100"


def test_one_page_needs_no_pager():
    assert render("{% pagination page %}", page=Paginator(range(3), 10).get_page(1), request=RequestFactory().get("/")).find() is None


JOB = "{% job job title='Importing' poll_url='/j/7/' cancel_url='/j/7/cancel/' done_url='/people/' done_label='See them' retry_url='/again/' %}"


@pytest.mark.parametrize(
    ("job", "polls", "links", "words"),
    [
        (Job("waiting"), True, [], "it is waiting"),
        (Job("running", 20, 80, "Row 20"), True, [], "Row 20"),
        (Job("done", message="All in."), False, ["/people/"], "All in."),
        (Job("failed", message="Empty file."), False, ["/again/"], "Empty file."),
        (Job("cancelled"), False, ["/again/"], "it is cancelled"),
    ],
)
def test_a_job_asks_again_only_while_it_runs(job, polls, links, words):
    html = render(JOB, job=job)
    assert html.section.get("hx-get") == ("/j/7/" if polls else None)
    assert [form["action"] for form in html.select("form")] == (["/j/7/cancel/"] if polls else [])
    assert [link["href"] for link in html.select("a")] == links
    assert html.select_one("[data-announce]").text == words


def test_a_waiting_job_shows_no_false_progress():
    waiting, running = (render(JOB, job=job).progress for job in (Job("waiting"), Job("running", 20, 80)))
    assert (waiting.get("value"), running["value"]) == (None, "25")
