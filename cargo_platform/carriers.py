"""Airlines by air waybill prefix: those whose freight is seen at Shanghai, freighters included.

A table of facts kept by the project. A prefix that is not in it, or that two airlines are known to
use, gives no carrier: "unknown" is better than a wrong name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cargo_platform.awb import Awb

_TABLE: Final = """
001 AA 美国航空 American Airlines
006 DL 达美航空 Delta Air Lines
014 AC 加拿大航空 Air Canada
016 UA 美国联合航空 United Airlines
018 HO 吉祥航空 Juneyao Airlines
020 LH 汉莎货运 Lufthansa Cargo
023 FX 联邦快递 FedEx
045 LA 南美航空 LATAM Airlines
047 TP 葡萄牙航空 TAP Air Portugal
053 EI 爱尔兰航空 Aer Lingus
055 AZ 意大利航空 ITA Airways
057 AF 法国航空 Air France
065 SV 沙特航空 Saudia
071 ET 埃塞俄比亚航空 Ethiopian Airlines
072 GF 海湾航空 Gulf Air
074 KL 荷兰皇家航空 KLM
075 IB 西班牙国家航空 Iberia
077 MS 埃及航空 EgyptAir
079 PR 菲律宾航空 Philippine Airlines
080 LO 波兰航空 LOT Polish Airlines
081 QF 澳洲航空 Qantas
086 NZ 新西兰航空 Air New Zealand
089 9C 春秋航空 Spring Airlines
098 AI 印度航空 Air India
105 AY 芬兰航空 Finnair
112 CK 中国货运航空 China Cargo Airlines
114 LY 以色列航空 El Al
117 SK 北欧航空 Scandinavian Airlines
125 BA 英国航空 British Airways
126 GA 印尼鹰航 Garuda Indonesia
128 UO 香港快运 HK Express
129 MP 马丁航空 Martinair
131 JL 日本航空 Japan Airlines
139 AM 墨西哥航空 Aeromexico
157 QR 卡塔尔航空 Qatar Airways
160 CX 国泰航空 Cathay Pacific
172 CV 卢森堡货运航空 Cargolux
176 EK 阿联酋航空 Emirates
180 KE 大韩航空 Korean Air
205 NH 全日空 All Nippon Airways
217 TG 泰国航空 Thai Airways
232 MH 马来西亚航空 Malaysia Airlines
235 TK 土耳其航空 Turkish Airlines
250 HY 乌兹别克斯坦航空 Uzbekistan Airways
257 OS 奥地利航空 Austrian Airlines
260 FJ 斐济航空 Fiji Airways
272 K4 卡利塔航空 Kalitta Air
278 3S 德国物流航空 AeroLogic
288 LD 华民航空 Air Hong Kong
289 OM 蒙古航空 MIAT Mongolian Airlines
297 CI 中华航空 China Airlines
324 SC 山东航空 Shandong Airlines
356 C8 意大利货运航空 Cargolux Italia
369 5Y 阿特拉斯航空 Atlas Air
403 PO 博立货运航空 Polar Air Cargo
406 5X UPS航空 UPS Airlines
416 N8 国家航空货运 National Airlines
465 KC 阿斯塔纳航空 Air Astana
479 ZH 深圳航空 Shenzhen Airlines
501 7L 丝绸之路西部航空 Silk Way West Airlines
555 SU 俄罗斯航空 Aeroflot
580 RU 空桥货运航空 AirBridgeCargo
603 UL 斯里兰卡航空 SriLankan Airlines
607 EY 阿提哈德航空 Etihad Airways
615 QY 欧洲航空运输 European Air Transport
618 SQ 新加坡航空 Singapore Airlines
668 TR 酷航 Scoot
675 NX 澳门航空 Air Macau
695 BR 长荣航空 EVA Air
706 KQ 肯尼亚航空 Kenya Airways
716 MB MNG货运航空 MNG Airlines
724 LX 瑞士国际航空 Swiss International Air Lines
731 MF 厦门航空 XiamenAir
738 VN 越南航空 Vietnam Airlines
774 FM 上海航空 Shanghai Airlines
781 MU 中国东方航空 China Eastern Airlines
784 CZ 中国南方航空 China Southern Airlines
804 CF 中国邮政航空 China Postal Airlines
811 EU 成都航空 Chengdu Airlines
822 KN 中国联合航空 China United Airlines
826 GS 天津航空 Tianjin Airlines
828 RH 香港货运航空 Hong Kong Air Cargo
851 HX 香港航空 Hong Kong Airlines
860 YG 圆通货运航空 YTO Cargo Airlines
866 BK 奥凯航空 Okay Airways
867 LT 龙江航空 Longjiang Airlines
871 Y8 金鹏航空 Suparna Airlines
876 3U 四川航空 Sichuan Airlines
877 HT 天津货运航空 Tianjin Air Cargo
880 HU 海南航空 Hainan Airlines
891 GJ 长龙航空 Loong Air
898 JD 首都航空 Beijing Capital Airlines
910 WY 阿曼航空 Oman Air
921 O3 顺丰航空 SF Airlines
932 VS 维珍航空 Virgin Atlantic
933 KZ 日本货物航空 Nippon Cargo Airlines
959 I9 中州航空 Central Airlines
978 VJ 越捷航空 VietJet Air
987 G5 华夏航空 China Express Airlines
988 OZ 韩亚航空 Asiana Airlines
994 KJ 仁川货运航空 Air Incheon
999 CA 中国国际航空 Air China
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """An airline: IATA designator and names."""

    code: str
    name_zh: str
    name: str


def _read(table: str) -> Mapping[str, Carrier]:
    carriers: dict[str, Carrier] = {}
    for line in table.strip().splitlines():
        prefix, code, name_zh, name = line.split(" ", 3)
        carriers[prefix] = Carrier(code=code, name_zh=name_zh, name=name)
    return MappingProxyType(carriers)


CARRIERS: Final = _read(_TABLE)
"""Prefix to airline."""


def carrier_of(awb: Awb) -> Carrier | None:
    """Give the airline that issued a number, if its prefix is known without doubt.

    >>> carrier_of(Awb("11212345675")).code
    'CK'
    """
    return CARRIERS.get(awb[:3])
