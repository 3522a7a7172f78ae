"""Quick routing under conditions: closures, speeds, times of day, travel times, what is cut off."""

from spatiotemporal.airport_model.routing.api import router
from spatiotemporal.airport_model.routing.conditions import (
    Conditions,
    SpeedChange,
    Surveyor,
    Timetable,
    timetable,
)
from spatiotemporal.airport_model.routing.cut_off import CutOff, cut_off
from spatiotemporal.airport_model.routing.router import Router
from spatiotemporal.airport_model.routing.service import Mode, RouteService
from spatiotemporal.airport_model.routing.timed import TimedWay, timed_way
from spatiotemporal.airport_model.routing.travel_times import Factor, Model, TravelTime

__all__ = [
    "Conditions",
    "CutOff",
    "Factor",
    "Mode",
    "Model",
    "RouteService",
    "Router",
    "SpeedChange",
    "Surveyor",
    "TimedWay",
    "Timetable",
    "TravelTime",
    "cut_off",
    "router",
    "timed_way",
    "timetable",
]
