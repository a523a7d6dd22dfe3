"""The words the SMART coach knows. Pure data; English."""


def _words(text):
    return frozenset(text.split())


MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
COUNTS = {word: value for value, word in enumerate((*_UNITS, *_TEENS), start=1)}
NUMBER_WORDS = frozenset(COUNTS) | _words("thirty forty fifty sixty seventy eighty ninety hundred thousand dozen once twice half both")

DETERMINERS = _words(
    """
    a all an another both each every her his its my our the their these this those your
    """
)

# These need an amount to mean something: "improve my typing from 30 to 40 words a minute".
VAGUE_WITHOUT_AMOUNT = _words(
    """
    be being boost develop developing discover do does enhance excel experience explore gain grow have help
    improve improving increase know learn master practice practise practising raise reduce see strengthen try
    """
)

# Of these alone nobody can tell what is meant: "do some more things".
VAGUE_OBJECTS = _words(
    """
    a about all an and any anything as at better everything for from good great hard harder here in into it job
    lot lots more my new nice of on our placement really skill skills some something stuff task tasks that the
    them there thing things this to very well with work
    """
)

# Doing words of the trades and offices where students are placed.
VERBS = _words(
    """
    achieve act add advise agree analyse answer apply arrange ask assemble assess assist attend audit bake be
    book boost brief bring build calculate calibrate call care carry change chase check choose clean close coach
    code collect compare complete compose configure connect contact cook copy count cover create cut debug
    decide deliver demonstrate deploy describe design develop diagnose direct discover discuss dispense display
    do draft draw dress drill drive e-mail edit email enhance enter estimate evaluate examine excel experience
    explain explore fault-find feed file fill film find finish fit fix follow gain get give go greet grow guide
    hand handle have help hold host identify import improve increase inspect install interview introduce invite
    invoice join keep know label lay lead learn lift list listen load log look machine maintain make manage map
    mark master measure meet mend mentor mill model monitor move name negotiate note observe offer open operate
    order organise organize pack paint pass perform photograph pick pitch place plan plaster plot plumb post
    pour practice practise prepare present price print process produce program programme promote propose prove
    provide publish put quote raise reach read rebuild receive reconcile record recruit reduce register remove
    repair replace reply report research respond restock return review revise rewrite run save scan schedule see
    sell send serve service set sew shadow share show sign sing sketch solder solve sort speak spend start stock
    stop strengthen study submit summarise supervise support survey swap take talk teach tell test thank tidy
    time track train transfer translate treat try tune turn type unload update use verify visit volunteer wait
    walk warn wash watch weigh weld wire work wrap write
    """
)
