"""NMEA 0183, the sentences of satellite receivers (layouts as generally known, to version 4.11).

``$`` talker(2) type(3) ``,`` fields ``*`` two hexadecimal digits CR LF; the checksum is the
exclusive-or of what stands between ``$`` and ``*``. Talkers: GP GPS, GL GLONASS, GA Galileo, GB and
BD BeiDou, GQ and QZ QZSS, GI NavIC, GN several; and what else is on board. Sentences of AIS begin with
``!`` instead of ``$``.

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
GNS       hhmmss.ss, lat, N/S, lon, E/W, mode (a letter for each system), satellites, HDOP, altitude,
          geoid separation, age, station, navigational status
ZDA       hhmmss.ss, dd, mm, yyyy, zone hours, zone minutes
HDT       heading, T
GST       hhmmss.ss, RMS, errors: semi-major, semi-minor, orientation, latitude, longitude, altitude
TXT       sentences, number of this one, identifier, text (``^`` and two hexadecimal digits a character)
========  ========================================================================================

Other sentences keep their fields (:class:`Other`). A sentence that cannot be read, such as one that a
cable cut short, does not take the rest of a log with it: it stands among the others as a
:class:`Rejected`, with the fault and its place. Text without any sentence that can be read is refused,
and so is, in strict mode, text with one that cannot. RMC has a year of two digits: the one nearest the
reference. GGA, GLL, GNS and GST have no date: theirs is nearest the dated sentence (RMC, ZDA) before them,
else the first one of the log, else the reference. Speeds become m/s, positions degrees.

Refused as ``too-many``: in one log more than 8,000 sentences and things odd about them, and one more for
each 30 bytes. A sentence of more than 4,096 characters cannot be read (``too-long``). Sentences of a long log
whose fields are only kept read them anew when they are asked for (:mod:`spatiotemporal.sources.later`).

======================  ===========================================================================
notice                  meaning
======================  ===========================================================================
nmea-no-checksum        The sentence has no checksum; the policy allows that.
nmea-wrong-checksum     The checksum is wrong; the policy ignores that.
nmea-unknown-talker     A talker that the standard does not have.
nmea-long               More than 82 characters.
nmea-noise              A line that is no sentence was passed over.
nmea-prefix             A log's own text stands before a sentence, which its checksum proves.
nmea-few-fields         Fields that the standard has are missing at the end.
nmea-no-date            The date is all zeros: the receiver does not know it.
nmea-short-angle        A latitude or longitude without its leading zeros; the checksum is right.
nmea-rejected           A sentence among others cannot be read; it is kept as it was sent.
======================  ===========================================================================

In strict mode each of them is a fault.
"""

from spatiotemporal.sources.nmea.beside import Gns, Gst, Hdt, Txt, Zda
from spatiotemporal.sources.nmea.bodies import Body, Gga, Gll, Gsa, Other, Rejected, Rmc, Vtg
from spatiotemporal.sources.nmea.fields import FORMAT
from spatiotemporal.sources.nmea.message import Checksum, Message, parse, recognise
from spatiotemporal.sources.nmea.talkers import OTHER_TALKERS, TALKERS

__all__ = [
    "FORMAT",
    "OTHER_TALKERS",
    "TALKERS",
    "Body",
    "Checksum",
    "Gga",
    "Gll",
    "Gns",
    "Gsa",
    "Gst",
    "Hdt",
    "Message",
    "Other",
    "Rejected",
    "Rmc",
    "Txt",
    "Vtg",
    "Zda",
    "parse",
    "recognise",
]
