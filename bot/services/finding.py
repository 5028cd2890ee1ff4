"""What people's words and pins mean in this city: services and units, kelurahan, points, danger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from bot.services.city import City
from models.organisation import Area
from models.rules import coordinates, matching, places
from models.rules.coordinates import Point

#: The value of "let the verifier decide".
UNSURE = "-"
#: Without boundaries a pin further than this from every centre is outside; with them, this far from the shore.
CENTRE_REACH_KM = 4.0
SHORE_REACH_KM = 0.3
