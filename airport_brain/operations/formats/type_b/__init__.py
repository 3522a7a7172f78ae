"""IATA Type B telexes: the envelope, and the messages about flights in it.

The network carries upper-case text in lines of at most 69 characters. On the wire a telex is::

    QU SHATTMU PVGKDMU                     priority, addresses (city 3, office 2, airline 2)
    .PEKKDMU MU/240812                     originator, double signature / day and time
    MVT                                    standard message identifier, then the message

with SOH, STX and ETX around and between where the line protocol needs them. Providers hand telexes
over as files of keyword blocks (``=HEADER``, ``=PRIORITY``, ``=DESTINATION TYPE B``, ``=ORIGIN``,
``=DBLSIG``, ``=MSGID``, ``=SMI``, ``=TEXT``), any of which may be missing. All readers here take all of
these forms, and the text alone.

==========  ================================================================================
module      messages
==========  ================================================================================
telex       any telex, its text left as it stands
mvt         MVT, MVA, DIV: movements, estimates, delays
ldm         LDM: load
ssm         SSM, ASM: schedule changes
ptm, psm    transfer passengers, passengers with special needs
==========  ================================================================================
"""
