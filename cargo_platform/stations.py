"""Time zones of stations: freight messages speak in the local time of the airport they are about.

A table of facts kept by the project: airports (and city codes) that freight through Shanghai meets.
A station that is not in it has no known zone; its times are shown as they were said and not turned
into UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

_ZONES: Final = {
    "Asia/Shanghai": (
        "PVG SHA PEK PKX BJS TSN SJW TYN HET CAN SZX ZUH SWA HUZ ZHA MFK HAK SYX BAR NNG KWL LZH "
        "CTU TFU MIG YBP LZO CKG WXN KWE ZYI KMG LJG DLU JHG XIY ENY YIH LHW DNH JGN XNN INC URC "
        "KHG YIN KRL LXA LZY WUH EHU YIC XFN CSX DYG HHA CGO LYA NNY KHN KOW JDZ HFE TXN FUG "
        "NKG SHS WUX CZX XUZ NTG YTY YNZ LYG HIA HGH NGB WNZ YIW HYN HSN JUZ FOC XMN JJN WUS LCX "
        "TNA TAO YNT WEH LYI JNG WEF DLC SHE DDG JNZ CGQ YNJ HRB DQA MDG JMU HLD BAV CIF"
    ),
    "Asia/Hong_Kong": "HKG",
    "Asia/Macau": "MFM",
    "Asia/Taipei": "TPE TSA KHH RMQ",
    "Asia/Tokyo": "NRT HND TYO KIX ITM OSA NGO FUK CTS OKA KKJ SDJ HIJ KOJ",
    "Asia/Seoul": "ICN GMP SEL PUS CJU TAE CJJ",
    "Asia/Pyongyang": "FNJ",
    "Asia/Ulaanbaatar": "ULN UBN",
    "Asia/Singapore": "SIN",
    "Asia/Kuala_Lumpur": "KUL PEN JHB LGK",
    "Asia/Kuching": "BKI KCH",
    "Asia/Bangkok": "BKK DMK HKT CNX",
    "Asia/Ho_Chi_Minh": "SGN HAN DAD HPH CXR VDO",
    "Asia/Phnom_Penh": "PNH KTI SAI",
    "Asia/Vientiane": "VTE LPQ",
    "Asia/Yangon": "RGN MDL",
    "Asia/Jakarta": "CGK HLP SUB JOG",
    "Asia/Makassar": "DPS UPG",
    "Asia/Manila": "MNL CRK CEB DVO",
    "Asia/Brunei": "BWN",
    "Asia/Kolkata": "DEL BOM BLR MAA CCU HYD AMD COK",
    "Asia/Dhaka": "DAC CGP",
    "Asia/Colombo": "CMB HRI",
    "Asia/Karachi": "KHI LHE ISB",
    "Asia/Kathmandu": "KTM",
    "Indian/Maldives": "MLE",
    "Asia/Almaty": "ALA NQZ TSE",
    "Asia/Tashkent": "TAS NVI",
    "Asia/Bishkek": "FRU OSS",
    "Asia/Ashgabat": "ASB",
    "Asia/Baku": "GYD BAK",
    "Asia/Tbilisi": "TBS",
    "Asia/Yerevan": "EVN",
    "Asia/Dubai": "DXB DWC AUH SHJ RKT MCT",
    "Asia/Qatar": "DOH",
    "Asia/Bahrain": "BAH",
    "Asia/Riyadh": "RUH JED DMM MED KWI",
    "Asia/Tehran": "IKA",
    "Asia/Baghdad": "BGW EBL",
    "Asia/Amman": "AMM",
    "Asia/Beirut": "BEY",
    "Asia/Jerusalem": "TLV",
    "Europe/Istanbul": "IST ISL SAW ESB",
    "Europe/Moscow": "SVO DME VKO MOW LED",
    "Asia/Novosibirsk": "OVB",
    "Asia/Krasnoyarsk": "KJA",
    "Asia/Yekaterinburg": "SVX",
    "Asia/Vladivostok": "VVO KHV",
    "Asia/Irkutsk": "IKT",
    "Europe/Minsk": "MSQ",
    "Europe/Kyiv": "KBP",
    "Europe/Helsinki": "HEL",
    "Europe/Riga": "RIX",
    "Europe/Vilnius": "VNO",
    "Europe/Tallinn": "TLL",
    "Europe/Athens": "ATH SKG",
    "Europe/Bucharest": "OTP",
    "Europe/Sofia": "SOF",
    "Europe/Warsaw": "WAW KTW",
    "Europe/Prague": "PRG",
    "Europe/Budapest": "BUD",
    "Europe/Vienna": "VIE LNZ",
    "Europe/Belgrade": "BEG",
    "Europe/Zagreb": "ZAG",
    "Europe/Ljubljana": "LJU MBX",
    "Europe/Berlin": "FRA HHN MUC LEJ CGN DUS HAM BER STR NUE HAJ",
    "Europe/Zurich": "ZRH BSL GVA",
    "Europe/Paris": "CDG ORY PAR XCR LYS MRS TLS BVA",
    "Europe/Brussels": "BRU LGG OST",
    "Europe/Luxembourg": "LUX",
    "Europe/Amsterdam": "AMS MST",
    "Europe/London": "LHR LGW STN LON LTN EMA MAN BHX PIK GLA EDI",
    "Europe/Dublin": "DUB SNN",
    "Europe/Rome": "MXP LIN FCO ROM MIL BGY VCE BRI",
    "Europe/Madrid": "MAD BCN ZAZ VIT VLC",
    "Europe/Lisbon": "LIS OPO",
    "Europe/Copenhagen": "CPH BLL",
    "Europe/Oslo": "OSL",
    "Europe/Stockholm": "ARN STO GOT MMX",
    "Atlantic/Reykjavik": "KEF",
    "Africa/Cairo": "CAI",
    "Africa/Addis_Ababa": "ADD",
    "Africa/Nairobi": "NBO",
    "Africa/Johannesburg": "JNB CPT",
    "Africa/Lagos": "LOS ABV",
    "Africa/Accra": "ACC",
    "Africa/Casablanca": "CMN",
    "Africa/Algiers": "ALG",
    "Africa/Tunis": "TUN",
    "Africa/Luanda": "LAD NBJ",
    "Africa/Dar_es_Salaam": "DAR",
    "Indian/Mauritius": "MRU",
    "America/New_York": "JFK EWR LGA NYC ATL BOS IAD MIA PHL CLT ILN CVG PIT MCO DTW TPA RDU",
    "America/Chicago": "ORD CHI RFD MEM DFW AFW IAH HOU AUS MSP STL MCI BNA MSY",
    "America/Kentucky/Louisville": "SDF",
    "America/Indiana/Indianapolis": "IND",
    "America/Denver": "DEN SLC",
    "America/Phoenix": "PHX",
    "America/Los_Angeles": "LAX SFO SJC OAK ONT SEA PDX LAS SAN SMF RIV",
    "America/Anchorage": "ANC FAI",
    "Pacific/Honolulu": "HNL",
    "America/Vancouver": "YVR",
    "America/Edmonton": "YYC YEG",
    "America/Winnipeg": "YWG",
    "America/Toronto": "YYZ YTO YHM YUL YMQ YMX YOW",
    "America/Halifax": "YHZ",
    "America/Mexico_City": "MEX NLU GDL QRO MTY",
    "America/Panama": "PTY",
    "America/Bogota": "BOG MDE",
    "America/Lima": "LIM",
    "America/Guayaquil": "UIO GYE",
    "America/Santiago": "SCL",
    "America/Argentina/Buenos_Aires": "EZE BUE",
    "America/Montevideo": "MVD",
    "America/Sao_Paulo": "GRU VCP SAO GIG CWB CNF",
    "America/Manaus": "MAO",
    "America/Puerto_Rico": "SJU BQN",
    "Australia/Sydney": "SYD WSI CBR",
    "Australia/Melbourne": "MEL AVV",
    "Australia/Brisbane": "BNE OOL CNS",
    "Australia/Perth": "PER",
    "Australia/Adelaide": "ADL",
    "Australia/Darwin": "DRW",
    "Pacific/Auckland": "AKL CHC WLG",
    "Pacific/Fiji": "NAN",
    "Pacific/Port_Moresby": "POM",
    "Pacific/Guam": "GUM",
}

_CITIES: Final = {
    "BJS": "PEK PKX",
    "SHA": "PVG",
    "CTU": "TFU",
    "TYO": "NRT HND",
    "OSA": "KIX ITM",
    "SEL": "ICN GMP",
    "TPE": "TSA",
    "BKK": "DMK",
    "JKT": "CGK HLP",
    "DXB": "DWC",
    "IST": "SAW ISL",
    "MOW": "SVO DME VKO",
    "LON": "LHR LGW STN LTN LCY",
    "PAR": "CDG ORY",
    "MIL": "MXP LIN BGY",
    "ROM": "FCO CIA",
    "BER": "SXF TXL",
    "STO": "ARN",
    "NYC": "JFK EWR LGA",
    "CHI": "ORD MDW RFD",
    "WAS": "IAD DCA BWI",
    "HOU": "IAH",
    "YTO": "YYZ YHM",
    "YMQ": "YUL YMX",
    "SAO": "GRU VCP CGH",
    "RIO": "GIG",
    "BUE": "EZE",
}


def same_place(place: str, station: str) -> bool:
    """Whether a station is a place of a waybill, which may name a city for its airports.

    >>> same_place("PVG", "PVG"), same_place("LON", "LHR"), same_place("PVG", "SHA")
    (True, True, False)
    """
    return place == station or station in _CITIES.get(place, "").split()


def _by_station() -> Mapping[str, str]:
    return MappingProxyType(
        {station: zone for zone, stations in _ZONES.items() for station in stations.split()}
    )


ZONE_OF_STATION: Final = _by_station()
"""IATA station code to IANA time zone."""


@cache
def zone_of(station: str) -> ZoneInfo | None:
    """Give the time zone of a station, if known."""
    name = ZONE_OF_STATION.get(station)
    return ZoneInfo(name) if name else None


def to_utc(station: str, local: datetime) -> datetime | None:
    """Turn a station's local time (naive) into UTC; ``None`` where its zone is not known.

    >>> to_utc("PVG", datetime.fromisoformat("2026-11-23T10:15")).isoformat()
    '2026-11-23T02:15:00+00:00'
    """
    zone = zone_of(station)
    return None if zone is None else local.replace(tzinfo=zone).astimezone(UTC)


def to_local(station: str, moment: datetime) -> datetime:
    """Give a moment as the station's clocks show it, naive; in UTC where its zone is not known."""
    return moment.astimezone(zone_of(station) or UTC).replace(tzinfo=None)
