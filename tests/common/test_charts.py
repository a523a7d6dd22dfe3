from datetime import date

from bs4 import BeautifulSoup

from common.charts import bar_chart, change_chart, course_chart, dot_timeline, line_chart, stacked_bar_chart


def drawn(chart):
    return BeautifulSoup(chart.render(), "html.parser")


def cells(html):
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"]) if "draw" not in cell.get("class", [])] for row in html.select("tbody tr")]


def test_bars_are_drawn_to_scale_and_said_in_numbers():
    html = drawn(bar_chart("Value", [("Students", 4.0), ("Mentors", 2.5), ("Line managers", None)], maximum=5))
    assert [bar["width"] for bar in html.select("rect.c-1")] == ["80.0", "50.0", "0.0"]
    assert cells(html) == [["Students", "4"], ["Mentors", "2.5"], ["Line managers", "no answers yet"]]


def test_a_bar_never_leaves_its_track():
    assert float(drawn(bar_chart("Hours", [("All", 400)], maximum=315)).select_one("rect.c-1")["width"]) == 100


def test_parts_of_a_stacked_bar_touch_and_fill_it():
    html = drawn(stacked_bar_chart("Goals", [("Health", [2, 1, 1]), ("Nobody", [0, 0, 0])], ["on track", "slow", ("stuck", 4)]))
    first = html.select("tbody tr")[0].select("rect")[1:]
    assert [(float(p["x"]), float(p["width"])) for p in first] == [(0, 50), (50, 25), (75, 25)]
    assert cells(html) == [["Health", "2", "1", "1"], ["Nobody", "0", "0", "0"]]
    assert [th.text for th in html.select("thead th")] == ["on track", "slow", "stuck"]


def test_a_line_rises_with_its_numbers_and_skips_what_was_not_measured():
    html = drawn(line_chart("Held", [(date(2026, 10, 5), 0), (date(2026, 10, 12), None), (date(2026, 10, 19), 100)], unit="%", target=80))
    (x1, y1), (x2, y2) = (map(float, point.split(",")) for point in html.select_one("polyline")["points"].split())
    assert x1 < x2
    assert y1 > y2  # SVG counts downwards
    assert [row[1] for row in cells(html)] == ["0\u00a0%", "100\u00a0%", "80\u00a0%"]


def test_one_point_and_none_do_not_break_it():
    assert len(drawn(line_chart("Held", [("May", 3)])).select("path.c-point")) == 1
    assert drawn(line_chart("Held", [])).get_text(" ", strip=True) == "Held Nothing to show yet."


def test_dots_stand_where_their_dates_are():
    html = drawn(
        dot_timeline("Check-ins", [(date(2026, 1, 6), "late", "missed"), (date(2026, 1, 1), "first", "held")], start=date(2026, 1, 1), end=date(2026, 1, 11))
    )
    assert [float(path["d"][1:].split()[0]) for path in html.select("path.c-point")] == [12, 320]
    assert [row[1] for row in cells(html)] == ["first", "late"]


def test_markup_in_names_stays_text():
    name = "<script>alert(1)</script>"
    for chart in (bar_chart(name, [(name, 1)]), stacked_bar_chart(name, [(name, [1])], [name]), line_chart(name, [(name, 1)])):
        assert drawn(chart).select("script") == []


def test_a_course_holds_each_level_until_the_next_beside_an_even_pace():
    points = [(date(2026, 10, 1), 0), (date(2026, 10, 6), 50)]
    html = drawn(course_chart("Progress", points, start=date(2026, 10, 1), end=date(2026, 10, 11), today=date(2026, 10, 8), unit="%"))
    line = [tuple(map(float, point.split(","))) for point in html.select_one("polyline")["points"].split()]
    assert [x for x, _y in line] == [8, 320, 320, 444.8]
    assert [y for _x, y in line] == [148, 148, 78, 78]
    pace = html.select_one("line.c-target")
    assert [float(pace[name]) for name in ("x1", "y1", "x2", "y2")] == [8, 148, 632, 8]
    assert cells(html) == [["1 Oct", "0\u00a0%"], ["6 Oct", "50\u00a0%"]]


def test_a_course_without_an_end_or_a_point_stands():
    assert drawn(course_chart("Progress", [], start=date(2026, 10, 1))).get_text(" ", strip=True).endswith("Nothing to show yet.")
    assert drawn(course_chart("Progress", [(date(2026, 10, 1), 5)], start=date(2026, 10, 1))).select("line.c-target") == []


def test_a_change_is_a_mark_and_a_bar_and_both_numbers():
    rows = [("Listening", 2, 4), ("Empathy", 3, None), ("Neither", None, None)]
    html = drawn(change_chart("How you see yourself", rows, maximum=5, names=("At the start", "At the end")))
    first, second, third = html.select("tbody tr")
    assert (first.select_one(".c-1")["width"], first.select_one(".c-2")["x"]) == ("80.0", "39.2")
    assert (second.select_one(".c-1"), second.select_one(".c-2")["x"], third.select(".c-1, .c-2")) == (None, "59.2", [])
    assert cells(html) == [["Listening", "2", "4"], ["Empathy", "3", "–"], ["Neither", "–", "–"]]
