"""The wire formats whose facts are freight, as the workbench lists them."""

from __future__ import annotations

from typing import Final

from cargo_platform.decoders import DECODERS, RECOGNISERS
from cargo_platform.wire_examples import EXAMPLES
from cargo_platform.wire_words import WORDS
from service_bus import Look, WireFormat

__all__ = ["FORMATS", "WORDS"]

_FOLDER: Final = "cargo_platform.formats"
_CIMP: Final = ("cimp", "cimp_segments", "cimp_parties")
_XML: Final = ("cargo_xml", "cargo_xml_parts", "xml_nodes")


def _format(
    name: str, zh: str, en: str, standard: str, *more: str, look: Look = "text"
) -> WireFormat:
    return WireFormat(
        name=name,
        zh=zh,
        en=en,
        standard=standard,
        module=f"{_FOLDER}.{name.replace('-', '_')}",
        more=tuple(f"{_FOLDER}.{module}" for module in more),
        decode=DECODERS[name],
        recognise=RECOGNISERS[name],
        example=EXAMPLES[name],
        look=look,
    )


FORMATS: Final[tuple[WireFormat, ...]] = (
    _format("fwb", "FWB 主运单", "FWB air waybill", "Cargo-IMP FWB/16-17", *_CIMP),
    _format("fhl", "FHL 分运单清单", "FHL house waybills", "Cargo-IMP FHL/4-5", *_CIMP),
    _format("ffm", "FFM 航班舱单", "FFM flight manifest", "Cargo-IMP FFM/5, 8", "manifest", *_CIMP),
    _format("fbl", "FBL 订舱清单", "FBL booked list", "Cargo-IMP FBL/3-4", "manifest", *_CIMP),
    _format("fsu", "FSU 货物状态", "FSU status update", "Cargo-IMP FSU/12", *_CIMP),
    _format("fsr", "FSR 状态查询", "FSR status request", "Cargo-IMP FSR/2", *_CIMP),
    _format("fna", "FMA/FNA 报文应答", "FMA, FNA answers", "Cargo-IMP FMA, FNA", *_CIMP),
    _format("xfwb", "XFWB 主运单", "XFWB air waybill", "Cargo-XML XFWB 5.00", *_XML, look="xml"),
    _format("xfzb", "XFZB 分运单", "XFZB house waybill", "Cargo-XML XFZB 4.00", *_XML, look="xml"),
    _format("xfhl", "XFHL 分单清单", "XFHL house manifest", "Cargo-XML XFHL 3.00", *_XML, look="xml"),
    _format("xffm", "XFFM 航班舱单", "XFFM flight manifest", "Cargo-XML XFFM", *_XML, look="xml"),
    _format("xfsu", "XFSU 货物状态", "XFSU status", "Cargo-XML XFSU 6.00", *_XML, look="xml"),
    _format(
        "mt", "海关空运舱单报文", "China customs air manifest", "海关总署公告 2010-70",
        "mt_message", "xml_nodes", look="xml",
    ),
    _format(
        "one-record", "ONE Record 数据", "ONE Record JSON-LD", "IATA ONE Record 2.3 / 3.3",
        "one_record_model", look="json",
    ),
)  # fmt: skip
"""In the order they are listed."""
