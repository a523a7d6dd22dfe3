"""What the words of a goal show, by plain rules. Pure; English, British spelling first.

Each predicate takes text from which dates are already taken out (`goals.dates_in_words.without_dates`).
"""

import re
import unicodedata

from goals.word_lists import DETERMINERS, ENGLISH, NUMBER_WORDS, VAGUE_OBJECTS, VAGUE_WITHOUT_AMOUNT, VERBS

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")

ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
MIN_TO_TELL = 3  # words; fewer tell nothing of their language

LEAD_INS = re.compile(
    r"^(?:i\s+(?:will|want\s+to|would\s+like\s+to|plan\s+to|aim\s+to|am\s+going\s+to|can)|i['’]d\s+like\s+to"
    r"|i['’]ll|my\s+(?:goal|aim|target)\s+is(?:\s+to)?|(?:the\s+)?goal\s*:|be\s+able\s+to|learn\s+(?:how\s+)?to|know\s+how\s+to"
    r"|to|please|really|just|also|then)\s+",
    re.IGNORECASE,
)

# Nobody can watch these being done.
ALWAYS_VAGUE = re.compile(
    r"^(?:(?:get|become|be|feel|do|grow|stay|being|getting|becoming)\s+(?:a\s+|much\s+|a\s+bit\s+|a\s+lot\s+|even\s+)?"
    r"(?:better|good|great|more|well|confident|comfortable|professional|familiar|used|organised|successful|my\s+best|aware)"
    r"|learn(?:ing)?(?:\s+(?:more|lots|a\s+lot|something|things|everything))?\s*(?:about|from|$)|learn(?:ing)?\s+(?:more|lots|a\s+lot)"
    r"|(?:know|find\s+out)\s+(?:more|lots|a\s+lot|everything)"
    r"|become|becoming|overcome|cope|reduce\s+my\s+(?:stress|anxiety|nerves)|manage\s+my\s+(?:time|stress|workload|day|energy)|work(?:ing)?\s+(?:independently|well|together|as\s+a\s+team)"
    r"|stay\s+(?:on\s+top|calm|focused|motivated|positive)|communicat(?:e|ing)\s+(?:well|effectively|clearly|with)|be\s+(?:a\s+)?team\s+player"
    r"|feel|understand|understanding|appreciate|enjoy|try\s+(?:to|my|hard|harder|and)|work(?:ing)?\s+(?:on|hard|harder|better)"
    r"|(?:gain|gaining|get|build|build\s+up|boost|have|grow)\s+(?:more\s+|some\s+|my\s+|new\s+|a\s+lot\s+of\s+)*"
    r"(?:confidence|experience|knowledge|skills?|understanding|awareness|insight)"
    r"|help(?:ing)?\s+(?:out|with|people|others|customers|colleagues|everyone)|focus\s+on|think\s+about|look\s+(?:into|at)|deal\s+with|cope|familiarise|be\s+aware|get\s+to\s+know|hope|"
    r"make\s+(?:the\s+(?:most|best)|a\s+(?:good\s+impression|difference)|progress|an\s+effort)|have\s+(?:fun|a\s+good))\b"
)
COMPARISON = re.compile(r"\b(?:better|harder|(?:more|less)\s+\w+|fewer|faster|quicker|earlier)\b")

LABEL_NUMBER = re.compile(
    r"\b(?:level|year|unit|module|room|site|floor|line|bay|ward|grade|phase|section|chapter|version|excel|windows|office|iso"
    r"|number|class|stage|nvq|part|week|form|step)\s*\d+\b"
)
NOT_AMOUNT = re.compile(r"\bone\s+(?:of|day|another)\b|\b(?:no|every|any|some)\s+one\b|\b(?:this|that|each|which)\s+one\b")
FREQUENCY = re.compile(r"\b(?:(?:every|each)\s+(?:single\s+)?(?:\w+)|daily|weekly|fortnightly|monthly|(?<!\bin\s)(?<!\bfor\s)an?\s+(?:day|week|month))\b")
EVIDENCE = re.compile(
    r"\b(?:without\s+(?:help|prompting|mistakes?|errors?|notes|being|asking|a\s+mistake)|unaided|independently|on\s+my\s+own|by\s+myself"
    r"|on\s+time|tick\s+list|(?:checklist|certificate|photos?|screenshot|inspection|merged|published|by\s+heart|signed(?:\s+off)?"
    r"|sign(?:s|ed)?\s+(?:it\s+)?off|approved?|accepted|checked|marked|scores?|tests?)\b"
    r"|(?:show|present|explain|demonstrate|teach|brief|pitch|report|hand\s+over)\s+(?:\S+\s+){0,12}?to\s+(?:a|an|the|my|our|two|three)\s"
    r"|(?:show|present|submit|send|hand)\s+(?:\S+\s+){1,8}?(?<!how\s)to\s+(?!(?:do|be|use|make|get|see)\b)\w"
    r"|(?:give|do|hold)\s+(?:a|an|the|my|our|one)\s+(?:\w+\s+)?(?:presentation|talk|demo|demonstration|speech|pitch|tour|briefing|workshop|session|lesson)"
    r"|get\s+(?:a|an|the|my)\s+(?:\w+\s+){0,3}?(?:reference|certificate|licence|card|badge|place|offer|interview)\b"
    r"|(?:my\s+)?(?:line\s+manager|mentor|tutor|supervisor|team|customers?|colleagues?)\s+(?:agrees?|confirms?|says?|signs?|checks?|accepts?|uses?|watches))"
)
MADE_THING = re.compile(
    r"^(?:build|write|make|create|produce|design|draft|complete|finish|publish|film|draw|assemble|install|deliver|present|submit"
    r"|pass|lead|run|organise|organize|record|code|cook|bake|paint|print|sew)\s+(?:up\s+|out\s+)?(?:a|an|the|my|our)\s+[^\W_]{2,}"
)
FEELING = re.compile(r"\b(?:feel(?:ing)?|i\s+(?:will|['’]ll)\s+know|i['’]ll\s+know|better|more\s+confident|confidence|happy|happier)\b")


WHY_IN_TITLE = re.compile(r"\b(?:so\s+that|because|so\s+i\s+can|in\s+order\s+to|to\s+help\s+me|which\s+(?:lets|helps)\s+me)\b")
WEAK_WHY = re.compile(
    r"^(?:i\s+(?:don['’]?t|do\s+not)\s+know|dunno|no\s+idea|not\s+sure|n/?a|none|nothing|because(?:\s+i\s+(?:have|need|must)(?:\s+to)?)?"
    r"|i\s+(?:have|need)\s+to|my\s+(?:tutor|teacher|mentor|mum|dad|manager)\s+(?:said|says|told\s+me)(?:\s+(?:so|to|i\s+should))?"
    r"|it(?:['’]s|\s+is)\s+(?:good|important|useful|needed)|just\s+because)\s*[.!…]*$"
)
# Rules of safety are meant to hold every time.
EVERY_TIME = re.compile(
    r"\b(?:wear|wash|goggles?|gloves?|helmet|harness|boots|ppe|hi[\s-]?vis|seat\s?belt|masks?|safety|safely|sanitise|lock\s+out|handrail|hairnet)\b"
)
OUT_OF_REACH = re.compile(
    r"\b(?:never|always|perfect|perfectly|flawless|flawlessly|everything|fluent|fluently|the\s+best"
    r"|(?:be|become|becoming|being)\s+an?\s+expert|all\s+there\s+is)\b"
)


def normalise(text):
    """Return the text in one Unicode form, lower case, single spaces, without leading marks or emoji."""
    folded = ADDRESS.sub(" ", unicodedata.normalize("NFC", text).casefold())
    return re.sub(r"^[\W_]+", "", re.sub(r"\s+", " ", folded)).strip()


QUESTION_WORDS = frozenset({"how", "what", "why", "who", "when", "where", "which"})
ALWAYS = re.compile(r"^always\s+", re.IGNORECASE)


def without_lead_in(text):
    """Return normalised text that begins with what is to be done: "I want to learn how to use" becomes "use"."""
    return ALWAYS.sub("", _without(text))


def _without(text):
    for _step in range(6):
        shorter = LEAD_INS.sub("", text, count=1)
        if shorter == text:
            break
        text = shorter.lstrip(" ,:;-–—")
    return text


def core_of(text):
    """What is to be done, in its own letters: "I want to learn how to use the till." gives "Use the till"; -ing becomes plain."""
    text = re.sub(r"^[\W_]+", "", " ".join(unicodedata.normalize("NFC", text).split())).rstrip(" .!?,;:…–—-\u200b")
    first, space, rest = _without(text).partition(" ")
    plain = _stem(first.lower())
    return sentence((plain if plain != first.lower() else first) + space + rest)


def sentence(text):
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def plain_verb(text):
    """The first word of normalised text in its plain form: "writing the notes" gives "write"."""
    return _stem(next(iter(words_of(without_lead_in(text))), ""))


def reads(text):
    """Say whether normalised text is one the rules can judge: English, as far as its small words and doing words tell."""
    words = [word for word in words_of(text) if not word[0].isdigit()]
    letters = [char for char in text if char.isalpha()]
    if not letters or len(words) < MIN_TO_TELL:
        return not letters or _is_latin(letters)
    if not _is_latin(letters):
        return False
    known = sum(word in ENGLISH or _stem(word) in VERBS for word in words)
    first = _stem(next(iter(words_of(without_lead_in(text))), ""))
    if first in VERBS | ENGLISH and (known > 1 or text.isascii()):
        return True
    return known * 4 >= len(words)


def _is_latin(letters):
    return sum("LATIN" in unicodedata.name(char, "") for char in letters) * 2 >= len(letters)


def words_of(text):
    """Return the words of a text, marks and emoji left out."""
    return WORD.findall(text)


def has_amount(text):
    """Say whether the text holds a number that counts something; "Level 3" and "one day" do not."""
    rest = NOT_AMOUNT.sub(" ", LABEL_NUMBER.sub(" ", text))
    return any(word in NUMBER_WORDS or word[0].isdigit() for word in words_of(rest)) or bool(FREQUENCY.search(rest))


def has_evidence(text):
    """Say whether somebody else could see that it is done: a check, an audience, or a thing made."""
    return bool(EVIDENCE.search(text)) or bool(MADE_THING.match(without_lead_in(text)))


def is_proof(text):
    """Say whether the answer to "how will you show it?" describes something others can see."""
    if has_amount(text) or has_evidence(text):
        return True
    return len(words_of(text)) > 3 and not FEELING.search(text)


NEGATIVE = re.compile(
    r"^(?:never|not\s+to|not\s+be|(?:i\s+)?(?:don['’]?t|do\s+not)\s|no\s+more\s|no\s+longer|(?:stop|quit|avoid|give\s+up)\s+(?:\w+ly\s+)?(?:\w+ing\b|mistakes))"
)
# What belongs to nobody who reads this page: the body, what one takes, love, and the wish to hurt oneself.
NOT_HERE = re.compile(
    r"\b(?:lose|losing|put\s+on|gain)\s+(?:some\s+|\d+\s*\w*\s+(?:of\s+)?)?weight\b|\bmy\s+(?:weight|diet|body)\b"
    r"|\b(?:quit|stop|give\s+up)\s+(?:smoking|vaping|drinking|drugs)\b|\bself[\s-]?harm|\bsuicid|\bkill\s+myself\b|\bhurt(?:ing)?\s+myself\b"
    r"|\bmy\s+depression\b|\bdepressed\b|\b(?:girl|boy)friend\b"
)


def is_negative(text):
    """Say whether the goal tells only what is not to happen."""
    return bool(NEGATIVE.match(without_lead_in(text)))


def is_not_here(text):
    """Say whether the goal is about something that a page others read is no place for."""
    return bool(NOT_HERE.search(text))


def is_vague(text):
    """Say whether the goal begins with something nobody can watch, such as "get better at" or "learn about"."""
    text = without_lead_in(text)
    first = next(iter(words_of(text)), "")
    if ALWAYS_VAGUE.match(text):
        return True
    return not has_amount(text) and (first in VAGUE_WITHOUT_AMOUNT or bool(COMPARISON.search(text)))


def has_verb(text):
    """Say whether the goal begins with a doing word: a known one, or any word followed by "the", "my", a number."""
    words = words_of(without_lead_in(text))
    if not words or words[0] in DETERMINERS | NUMBER_WORDS | QUESTION_WORDS or words[0][0].isdigit():
        return False
    if words[0] in VERBS or _stem(words[0]) in VERBS:
        return True
    follower = words[1] if len(words) > 1 else ""
    return follower in DETERMINERS or follower in NUMBER_WORDS or follower.isdigit()


def has_object(text):
    """Say whether something definite follows the doing word."""
    return any(word not in VAGUE_OBJECTS for word in words_of(without_lead_in(text))[1:])


def _stem(word):
    """Return the plain form of an -ing word where it is a known verb: "writing" gives "write"."""
    if not word.endswith("ing"):
        return word
    base = word[:-3]
    forms = (base, base + "e", base[:-1] if base[-2:-1] == base[-1:] else base)
    return next((form for form in forms if form in VERBS), word)
