"""The portal's own settings, with passwords that are hashed as always but sooner: each sign-in takes half a second."""

from bpo_portal.settings import *

PASSWORD_HASHERS = ["tests.browser.hashing.FewRounds"]
