"""Messages of the aeronautical fixed network: envelope, ATS messages in brackets, ADEXP.

==========  ================================================================================
module      messages
==========  ================================================================================
envelope    any AFTN message, its text left as it stands (format ``aftn``)
ats         FPL, DEP, ARR, DLA, CHG, CNL, CPL, EST, ALR ... of ICAO Doc 4444 (format ``ats``)
adexp       ADEXP: IFPL and others by their fields (format ``adexp``)
==========  ================================================================================
"""
