"""Headings of cards in Chinese beside the English ones, and what each forecast is called in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "Question": "问题",
        "Signature": "输入与输出",
        "Gate": "上线门槛",
        "Figures": "指标",
        "Is the difference real?": "差异是否真实",
        "Case by case": "逐例结果",
        "Day by day": "逐日结果",
        "Intervals": "预测区间",
        "What it looks at": "所用特征",
        "Settings": "参数",
        "Data": "数据",
        "Split": "数据划分",
        "Limits": "局限",
        "Licence and making": "许可与生成",
        "When it cannot answer": "无法作答时",
    }
)

FORECASTS: Mapping[str, str] = MappingProxyType(
    {
        "taxi_out": "滑出时间预测：撤轮挡时询问起飞时刻",
        "departure_delay": "离港延误与 TOBT 风险预测：计划时刻前一小时询问撤轮挡时刻",
        "arrival_time": "到港时刻预测：始发撤轮挡时询问本场挡轮挡时刻",
        "checkpoint_flow": "安检客流预测：提前二十四小时，逐小时",
        "checkpoint_flow_1h": "安检客流预测：提前一小时",
        "checkpoint_flow_7d": "安检客流预测：提前七天",
        "checkpoint_flow_each": "各安检口客流预测：提前二十四小时",
        "checkpoint_quarter": "安检客流预测：提前十五分钟，每刻钟（生成数据）",
        "checkpoint_quarter_7d": "安检客流预测：提前七天，每刻钟（生成数据）",
        "checkpoint_quarter_each": "各安检口客流预测：提前十五分钟，每刻钟（生成数据）",
        "checkpoint_quarter_each_7d": "各安检口客流预测：提前七天，每刻钟（生成数据）",
        "hall_occupancy": "大厅在场人数预测：提前二十四小时",
        "energy_need": "航站楼用能预测：提前二十四小时",
        "cargo_lateness": "货物节点晚点概率预测",
    }
)
