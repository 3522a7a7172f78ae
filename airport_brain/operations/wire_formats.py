"""The wire formats whose facts are flights, as the workbench lists them."""

from __future__ import annotations

from typing import Final

from airport_brain.operations.decoders import DECODERS, RECOGNISERS
from airport_brain.operations.formats.ssim import places as ssim_places
from airport_brain.operations.wire_examples import EXAMPLES
from airport_brain.operations.wire_words import WORDS
from service_bus import Locator, Look, Recogniser, WireFormat

__all__ = ["FORMATS", "WORDS"]

_FOLDER: Final = "airport_brain.operations.formats"
_TYPE_B: Final = (f"{_FOLDER}.type_b", f"{_FOLDER}.type_b.envelope")
_AFTN: Final = (f"{_FOLDER}.aftn.envelope",)


def _only(kind: bytes, recognise: Recogniser) -> Recogniser:
    """How sure one of two kinds of message is that have one reader."""

    def sure(data: bytes) -> float:
        lines = data[:2000].split()
        return recognise(data) if kind in lines else 0.0

    return sure


def _format(
    name: str,
    zh: str,
    en: str,
    standard: str,
    module: str,
    *more: str,
    look: Look = "text",
    recognise: Recogniser | None = None,
    places: Locator | None = None,
    reader: str = "",
) -> WireFormat:
    return WireFormat(
        name=name,
        zh=zh,
        en=en,
        standard=standard,
        module=f"{_FOLDER}.{module}",
        more=more,
        decode=DECODERS[name],
        recognise=recognise or RECOGNISERS[name],
        example=EXAMPLES[name],
        look=look,
        places=places,
        reader=reader,
    )


FORMATS: Final[tuple[WireFormat, ...]] = (
    _format(
        "aidx", "AIDX 航段报文", "AIDX flight leg", "IATA AIDX", "aidx",
        f"{_FOLDER}.aidx_message", look="xml",
    ),
    _format(
        "ssim", "SSIM 航班计划文件", "SSIM schedule file", "IATA SSIM chapter 7", "ssim",
        f"{_FOLDER}.ssim.fields", places=ssim_places.places,
    ),
    _format(
        "type-b", "Type B 电报", "Type B telex", "IATA Type B", "type_b.telex", *_TYPE_B,
    ),
    _format("mvt", "MVT 航班动态电报", "MVT movement", "IATA AHM 780", "type_b.mvt", *_TYPE_B),
    _format("ldm", "LDM 载重电报", "LDM load", "IATA AHM 583", "type_b.ldm", *_TYPE_B),
    _format(
        "ssm", "SSM 计划变更", "SSM schedule change", "IATA SSIM chapter 4", "type_b.ssm",
        *_TYPE_B, recognise=_only(b"SSM", RECOGNISERS["ssm"]),
    ),
    _format(
        "asm", "ASM 临时变更", "ASM ad hoc change", "IATA SSIM chapter 5", "type_b.ssm",
        *_TYPE_B, recognise=_only(b"ASM", RECOGNISERS["ssm"]), reader="ssm",
    ),
    _format(
        "ptm", "PTM 中转旅客电报", "PTM transfer passengers", "IATA RP 1718", "type_b.ptm",
        *_TYPE_B,
    ),
    _format(
        "psm", "PSM 特服旅客电报", "PSM passenger service", "IATA RP 1715", "type_b.psm", *_TYPE_B
    ),
    _format("aftn", "AFTN 电报", "AFTN message", "ICAO Annex 10 vol. II", "aftn.envelope"),
    _format(
        "ats", "空管报（FPL/DEP/ARR…）", "ATS message (FPL, DEP, ARR…)", "ICAO Doc 4444; MH/T 4007",
        "aftn.ats", *_AFTN,
    ),
    _format("adexp", "ADEXP 飞行计划", "ADEXP flight plan", "EUROCONTROL ADEXP", "aftn.adexp", *_AFTN),
    _format(
        "mht0071", "MH/T 0071 航班数据", "MH/T 0071 style flight data", "MH/T 0071-2019", "mht0071",
        f"{_FOLDER}.xml_tree", look="xml",
    ),
    _format(
        "imf", "IMF 总线报文", "IMF style bus message", "IMF (vendor)", "imf", f"{_FOLDER}.xml_tree",
        look="xml",
    ),
)  # fmt: skip
"""In the order they are listed."""
