"""Every rule of the validator in one sentence, in both languages, in the order of a report."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from spatiotemporal.airport_model.provenance import Label

RULE_BOOK: Mapping[str, Label] = MappingProxyType(
    {
        rule: Label(zh=zh, en=en)
        for rule, zh, en in (
            ("unique-id", "每个要素的编号唯一", "Ids are unique"),
            ("declared-counts", "各机坪机位数与声明一致", "Aprons have the stands they declare"),
            ("two-languages", "名称有中英文", "Names are there in both languages"),
            ("excludes", "互斥机位存在", "Stands exclude stands that exist"),
            (
                "designator",
                "跑道编号唯一、两端相对、与方位相差不超过 20 度",
                "Runway numbers are unique, and fit each other and their bearing",
            ),
            (
                "threshold-bearing",
                "跑道入口方位与声明一致",
                "Thresholds lie on the declared bearing",
            ),
            (
                "threshold-distance",
                "跑道入口间距与声明一致",
                "Thresholds are as far apart as declared",
            ),
            ("inside-boundary", "全部要素在场界内", "Everything lies inside the boundary"),
            (
                "end-safety",
                "跑道端外有 150 米无障碍场地",
                "There are 150 m of own, free ground behind runway ends",
            ),
            (
                "strip-free",
                "升降带内无建筑物和机位",
                "Runway strips are free of buildings and stands",
            ),
            ("on-pavement", "机位在铺筑面上", "Stands lie on pavement"),
            (
                "stand-clearance",
                "机位间净距符合代码字母",
                "Stands keep the clearance of their code",
            ),
            (
                "stand-clear",
                "机位与建筑物净距符合代码字母",
                "Stands keep clear of buildings by code",
            ),
            (
                "lead-in-clear",
                "引入线不穿过机位和建筑物",
                "Lead-in lines cross no stand or building",
            ),
            (
                "taxilane-clearance",
                "机位与滑行线净距符合代码字母",
                "Stands keep clear of taxi lines",
            ),
            ("taxiway-clear", "滑行道不穿过建筑物", "Taxiways run into no building"),
            (
                "taxiway-object",
                "滑行道与建筑物净距符合代码字母",
                "Taxiways keep clear of buildings by code",
            ),
            (
                "runway-taxiway",
                "滑行道与跑道间距符合代码字母",
                "Taxiways keep their distance from runways",
            ),
            (
                "taxiway-taxiway",
                "平行滑行道间距符合代码字母",
                "Parallel taxiways keep their distance",
            ),
            (
                "taxilane-taxilane",
                "平行机位滑行通道间距符合代码字母",
                "Parallel taxilanes keep their distance",
            ),
            (
                "hold-line",
                "每个跑道入口前有等待线",
                "There is a hold line before every runway entry",
            ),
            ("hold-distance", "等待线距跑道中线足够远", "Hold lines are far enough from runways"),
            (
                "taxi-reach",
                "机位与各跑道端互通",
                "Every stand has ways to and from every runway end",
            ),
            (
                "exit-reach",
                "各跑道出口可达每个机位",
                "Every stand is reached from every runway exit",
            ),
            (
                "road-reach",
                "机位和设施附近有服务车道",
                "Stands and facilities have a service road near",
            ),
            ("connected", "路网连通", "Networks are in one piece"),
            ("near-miss", "线路端点相接", "Lines that nearly touch, touch"),
            ("road-clear", "车道不穿过建筑物", "Roads run into no building"),
            ("road-stand", "车道不穿过机位", "Roads cross no stand"),
            ("connector-clear", "机位与车道之间无建筑物", "Nothing stands between stand and road"),
            ("runway-crossing", "车道不平面穿越跑道", "Roads cross runways in tunnels only"),
        )
    }
)
