"""NMEA 0183, the sentences of satellite receivers (layouts as generally known, to version 4.11).

``$`` talker(2) type(3) ``,`` fields ``*`` two hexadecimal digits CR LF; the checksum is the
exclusive-or of what stands between ``$`` and ``*``. Talkers: GP GPS, GL GLONASS, GA Galileo, GB and
BD BeiDou, GQ QZSS, GI NavIC, GN several.

========  ========================================================================================
sentence  fields in order
========  ========================================================================================
RMC       hhmmss.ss, A/V, ddmm.mmmm, N/S, dddmm.mmmm, E/W, speed kt, track, ddmmyy, variation, E/W,
          mode, navigational status
GGA       hhmmss.ss, lat, N/S, lon, E/W, quality (0 none, 1 autonomous, 2 differential, 4 RTK fixed,
          5 RTK float, 6 estimated), satellites, HDOP, altitude, M, geoid separation, M, age, station
VTG       true track, T, magnetic track, M, speed kt, N, speed km/h, K, mode; before version 2.3 the
          four numbers without letters
GSA       A/M, 1/2/3 (none, 2D, 3D), 12 satellite ids, PDOP, HDOP, VDOP, system id (1 GPS,
          2 GLONASS, 3 Galileo, 4 BeiDou, 5 QZSS)
GLL       lat, N/S, lon, E/W, hhmmss.ss, A/V, mode
========  ========================================================================================

Other sentences keep their fields (:class:`Other`). A sentence that cannot be read, such as one that a
cable cut short, does not take the rest of a log with it: it stands among the others as a
:class:`Rejected`, with the fault and its place. Text without any sentence that can be read is refused,
and so is, in strict mode, text with one that cannot. RMC has a year of two digits and GGA and GLL no
date: both are resolved to the moment nearest the reference. Speeds become m/s, positions degrees.

Refused as ``too-many``: in one log more than 8,000 sentences and things odd about them, and one more for
each 30 bytes. A sentence of more than 4,096 characters cannot be read (``too-long``). Sentences of a long log
whose fields are only kept read them anew when they are asked for (:mod:`spatiotemporal.sources.later`).

======================  ===========================================================================
notice                  meaning
======================  ===========================================================================
nmea-no-checksum        The sentence has no checksum; the policy allows that.
nmea-wrong-checksum     The checksum is wrong; the policy ignores that.
nmea-unknown-talker     A talker outside the table above.
nmea-long               More than 82 characters.
nmea-noise              A line that is no sentence was passed over.
nmea-prefix             A log's own text stands before a sentence, which its checksum proves.
nmea-few-fields         Fields that the standard has are missing at the end.
nmea-short-angle        A latitude or longitude without its leading zeros; the checksum is right.
nmea-rejected           A sentence among others cannot be read; it is kept as it was sent.
======================  ===========================================================================

In strict mode each of them is a fault.
"""

from spatiotemporal.sources.nmea.bodies import Body, Gga, Gll, Gsa, Other, Rejected, Rmc, Vtg
from spatiotemporal.sources.nmea.fields import FORMAT
from spatiotemporal.sources.nmea.message import TALKERS, Checksum, Message, parse, recognise

__all__ = [
    "FORMAT",
    "TALKERS",
    "Body",
    "Checksum",
    "Gga",
    "Gll",
    "Gsa",
    "Message",
    "Other",
    "Rejected",
    "Rmc",
    "Vtg",
    "parse",
    "recognise",
]
