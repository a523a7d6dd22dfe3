"""News from organisations, for the apps above. Receivers of asked_what_goes return a list of sentences."""

from django.dispatch import Signal

person_joined = Signal()  # membership= : signed in here for the first time
person_taken_out = Signal()  # membership=, by=
asked_what_goes = Signal()  # membership= : what else happens when this person is taken out, in sentences
