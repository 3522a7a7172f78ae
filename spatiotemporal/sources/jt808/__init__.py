"""JT/T 808, the protocol of vehicle terminals over TCP: editions 2011, 2013 and 2019, both ways.

A link carries frames (:mod:`.frame`), a body of more than 1,023 bytes several of them
(:mod:`.packages`). Bodies: positions (:mod:`.location`) with their additional items
(:mod:`.items`, :mod:`.safety`), the conversation (:mod:`.bodies`), commands and texts (:mod:`.commands`),
parameters (:mod:`.parameters`). Any other message keeps its body as bytes (:class:`Other`).
What may be odd is listed in :mod:`.faults`.

Big-endian numbers; texts are GBK; times are BCD of GMT+8 and aware UTC inside; speeds are m/s
inside. The header of 2019 has a flag of its own, so both editions may share a port.

Refused as ``too-many``: more than 50,000 frames, or 1,000 sets with missing packages, in one input; as
``too-long``: joined packages of more than 64 KiB of positions. Messages of a long log keep their bytes
and read their values anew when they are asked for (:mod:`spatiotemporal.sources.later`).
"""

from spatiotemporal.sources.jt808.bodies import (
    BAD_MESSAGE,
    FAILED,
    OK,
    UNSUPPORTED,
    Authenticate,
    Register,
    RegisterReply,
    Reply,
    Resend,
    ServerTime,
)
from spatiotemporal.sources.jt808.commands import (
    DISPLAY,
    NOTICE,
    READ_ALOUD,
    SERVICE,
    URGENT,
    ConfirmAlarm,
    Control,
    Text,
    Track,
)
from spatiotemporal.sources.jt808.faults import FORMAT
from spatiotemporal.sources.jt808.items import (
    AreaCrossing,
    Item,
    Overspeed,
    SegmentTime,
    read_items,
)
from spatiotemporal.sources.jt808.location import Answer, Batch, Location
from spatiotemporal.sources.jt808.message import (
    ASK_ALL_PARAMETERS,
    ASK_LOCATION,
    ASK_PARAMETERS,
    ASK_SERVER_TIME,
    AUTHENTICATE,
    BATCH,
    CONFIRM_ALARM,
    CONTROL,
    DEREGISTER,
    GENERAL_REPLY,
    GENERAL_REPLY_UP,
    HEARTBEAT,
    LOCATION,
    LOCATION_ANSWER,
    REGISTER,
    REGISTER_REPLY,
    RESEND,
    RESEND_UP,
    SERVER_TIME,
    SET_PARAMETERS,
    TEXT,
    TOLD_PARAMETERS,
    TRACK,
    Body,
    Empty,
    Message,
    Other,
    encode,
    from_hex,
    parse,
    read_message,
    recognise,
)
from spatiotemporal.sources.jt808.parameters import (
    AskParameters,
    Parameter,
    SetParameters,
    ToldParameters,
    parameter,
)
from spatiotemporal.sources.jt808.safety import SafetyAlarm, Wheel
from spatiotemporal.sources.jt808.times import BEIJING

__all__ = [
    "ASK_ALL_PARAMETERS",
    "ASK_LOCATION",
    "ASK_PARAMETERS",
    "ASK_SERVER_TIME",
    "AUTHENTICATE",
    "BAD_MESSAGE",
    "BATCH",
    "BEIJING",
    "CONFIRM_ALARM",
    "CONTROL",
    "DEREGISTER",
    "DISPLAY",
    "FAILED",
    "FORMAT",
    "GENERAL_REPLY",
    "GENERAL_REPLY_UP",
    "HEARTBEAT",
    "LOCATION",
    "LOCATION_ANSWER",
    "NOTICE",
    "OK",
    "READ_ALOUD",
    "REGISTER",
    "REGISTER_REPLY",
    "RESEND",
    "RESEND_UP",
    "SERVER_TIME",
    "SERVICE",
    "SET_PARAMETERS",
    "TEXT",
    "TOLD_PARAMETERS",
    "TRACK",
    "UNSUPPORTED",
    "URGENT",
    "Answer",
    "AreaCrossing",
    "AskParameters",
    "Authenticate",
    "Batch",
    "Body",
    "ConfirmAlarm",
    "Control",
    "Empty",
    "Item",
    "Location",
    "Message",
    "Other",
    "Overspeed",
    "Parameter",
    "Register",
    "RegisterReply",
    "Reply",
    "Resend",
    "SafetyAlarm",
    "SegmentTime",
    "ServerTime",
    "SetParameters",
    "Text",
    "ToldParameters",
    "Track",
    "Wheel",
    "encode",
    "from_hex",
    "parameter",
    "parse",
    "read_items",
    "read_message",
    "recognise",
]
