"""What comes back is read for what it is: a failure, a delay, a complaint, a machine's word or a person's."""

import pytest

from post.returned_mail import Returned, read

TAG = "letter-3-41.0123456789abcdef"

FAILED = f"""From: MAILER-DAEMON@mail.example
To: returns@college.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

I am sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; gwen@student.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <gwen@student.example>:
    user unknown

--cut
Content-Type: text/rfc822-headers

Message-ID: <{TAG}@college.example>
Subject: Your next check-in

--cut--
"""

COMPLAINT = f"""From: fbl@mail.example
Content-Type: multipart/report; report-type=feedback-report; boundary="cut"

--cut
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1

--cut
Content-Type: message/rfc822

Message-ID: <{TAG}@college.example>
Subject: Your next check-in

Hello Gwen
--cut--
"""

ANSWER = f"""From: Gwen Jones <gwen@student.example>
In-Reply-To: <{TAG}@college.example>
Subject: Re: Your next check-in
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

I can’t come on Tuesday.
"""


def mail(text, **headers):
    lines = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return (lines + text).encode()


def test_a_failure_names_the_letter_the_code_and_the_reason():
    wanted = Returned("returned", TAG, "5.1.1", "550 5.1.1 <gwen@student.example>: user unknown")
    assert read(mail(FAILED)) == wanted


@pytest.mark.parametrize(("action", "kind"), [("delayed", "delayed"), ("relayed", "automatic"), ("", "automatic")])
def test_only_a_failure_is_one(action, kind):
    assert read(mail(FAILED.replace("Action: failed", f"Action: {action}"))).kind == kind


def test_a_report_that_gives_the_whole_letter_back():
    whole = FAILED.replace("text/rfc822-headers", "message/rfc822")
    assert read(mail(whole)).tag == TAG


def test_a_complaint():
    assert read(mail(COMPLAINT)) == Returned("unwanted", TAG)


def test_an_answer_brings_its_words_and_who_wrote():
    assert read(mail(ANSWER)) == Returned("answer", TAG, sender="gwen@student.example", text="I can’t come on Tuesday.")


def test_a_long_answer_is_cut():
    assert len(read(mail(ANSWER + "word " * 5000)).text) == 5000


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"X_Auto_Response_Suppress": "All"},
    ],
    ids=lambda header: next(iter(header)),
)
def test_a_machine_is_not_a_person(header):
    assert read(mail(ANSWER, **header)).kind == "automatic"


def test_auto_submitted_no_is_a_person():
    assert read(mail(ANSWER, Auto_Submitted="no")).kind == "answer"


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0\0\0", b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\nnothing", b"\xff" * 500,
     b"Content-Type: multipart/report; report-type=delivery-status\n\n--\n", b"Content-Type: text/plain; charset=none\n\nhm"],
)  # fmt: skip
def test_rubbish_is_no_error(raw):
    assert read(raw).tag == ""
