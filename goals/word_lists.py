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
    be being boost develop developing discover enhance excel experience explore gain grow have improve improving
    increase know learn master practice practise practising raise reduce see strengthen try
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
    accompany achieve act add administer advise agree analyse answer apply approach arrange arrive ask assemble
    assess assist attend audit bake bathe be bend book boost borrow brief bring brush build calculate calibrate
    call care carry chair change charge chase check choose clean clear climb close coach code collect compare
    complete compose conduct configure connect contact contribute cook copy correct count cover create crimp cut
    debug decide deliver demonstrate deploy describe design develop diagnose dig direct discover discuss
    dispense display do download draft draw dress drill drive e-mail earn edit email empty enhance enter estimate
    evaluate examine excel experience explain explore fault-find feed file fill film find finish fit fix fold
    follow gain get give go greet grind groom grow guide hand handle have help hire hit hold host identify import
    improve increase inspect install interpret interview introduce invite invoice iron join keep knit know label
    launch lay lead learn lift list listen load lock log look lose lubricate machine maintain make manage map mark
    master measure meet memorise mend mentor mill mix model monitor mop move mow name negotiate network note observe
    offer open operate optimise order organise organize outline pack paint pass pay perform photograph pick
    pilot pipe pitch place plan plant plaster plot plumb polish post pour practice practise prepare present
    price print process produce program programme promote propose prototype prove provide prune publish pull
    push put question quote raise reach read rebuild receive reconcile record recruit reduce register rehearse
    remove repair replace reply report research respond restock return review revise rewrite ride run sand save say scan
    schedule scrub see sell send serve service set sew shadow shape share sharpen shave shoot shop show sign
    sing sketch slice solder solve sort speak spend splice start steer stitch stock stop strengthen strip study
    submit summarise supervise support survey swap swim tag take talk teach tell test thank tidy tile time tow
    trace track trade train transfer translate treat trim try tune turn type unload unpack update upload use
    vacuum validate verify visit volunteer wait walk warn wash watch weigh welcome weld win wire withdraw work wrap
    write
    """
)

# Small words by which English is told from other languages. Left out: those that are words of a neighbour too ("a", "on", "to", "die").
ENGLISH = (VERBS | NUMBER_WORDS | DETERMINERS | _words(
    """
    about after alone and any are at because before better by can could each even every everyone for from get good hard help how
    into is it learn less like make manager me mentor more must never new nothing of off other others our own people placement really
    become cope feel overcome should skills so some understand than that them then they things through time try understand until up want what when where which while who
    why will with without work would you
    """
)) - _words("a his do me no on sew pour pass mix dig")
