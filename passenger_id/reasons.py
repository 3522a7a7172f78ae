"""Every reason a kiosk can show, in both languages, with the way on for the passenger.

Codes are stable and travel on events; texts are for screens. Chinese first. A refusal always says
what to do next, because a face is never the only way through (ID card and desk are of equal rank).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a decision is what it is: a stable code and one sentence per language."""

    code: str
    zh: str
    en: str


_TEXTS: tuple[tuple[str, str, str], ...] = (
    ("face_match", "人脸核验通过，请登机", "Face confirmed. Please board"),
    ("id_verified", "身份核验通过，请前往安检", "Identity confirmed. Please go on to security"),
    (
        "face_differs",
        "人脸与登记照片不符，请到柜台人工核验",
        "Face differs from the enrolled one. Please see the desk",
    ),
    (
        "face_near_miss",
        "未能确认人脸，请正对镜头再试一次或到柜台",
        "Face not confirmed. Face the camera and try again, or see the desk",
    ),
    ("no_face", "未检测到人脸，请正对镜头", "No face found. Please face the camera"),
    (
        "several_faces",
        "画面中有多张人脸，请一次一人",
        "More than one face. One person at a time, please",
    ),
    ("face_too_small", "人脸过小，请靠近镜头", "Face too small. Please come closer"),
    ("face_blurred", "画面模糊，请保持不动", "Picture blurred. Please hold still"),
    ("face_too_dark", "光线过暗，请移至明亮处", "Too dark. Please move into the light"),
    ("face_too_bright", "光线过亮，请避开强光", "Too bright. Please avoid strong light"),
    ("face_turned", "请正对镜头，勿侧脸或低头", "Please look straight at the camera"),
    (
        "face_low_contrast",
        "画面对比度不足，请调整位置",
        "Too little contrast. Please change position",
    ),
    ("face_cropped", "人脸不完整，请移到画面中央", "Face is cut off. Please move to the middle"),
    ("face_quality", "照片质量不足，请重新拍摄", "Picture quality too low. Please take it again"),
    (
        "presentation_attack_suspected",
        "疑似照片或屏幕翻拍，请到柜台人工核验",
        "Presentation attack suspected. Please see the desk",
    ),
    ("not_an_image", "文件不是可读取的照片（JPEG 或 PNG）", "Not a readable JPEG or PNG picture"),
    (
        "not_enrolled",
        "未登记人脸，请出示证件或到柜台",
        "No face enrolled. Please show your ID card or see the desk",
    ),
    (
        "consent_withdrawn",
        "已撤回人脸授权，请出示证件",
        "Face consent withdrawn. Please show your ID card",
    ),
    (
        "model_changed",
        "人脸模型已更换，请重新登记或出示证件",
        "Face model has changed. Please enrol again or show your ID card",
    ),
    ("not_checked_in", "尚未值机，请先办理值机", "Not checked in. Please check in first"),
    (
        "not_screened",
        "无安检验讫记录，请先通过安检",
        "No security-check mark. Please pass security first",
    ),
    (
        "screening_expired",
        "安检验讫已过期，请重新安检",
        "Security-check mark has expired. Please pass security again",
    ),
    ("duplicate", "该旅客已登机，请到柜台", "Already boarded. Please see the desk"),
    ("offloaded", "该旅客已被拉下，请到柜台", "Offloaded. Please see the desk"),
    ("no_show", "登机已截止，请到柜台改签", "Boarding is over. Please see the desk to rebook"),
    ("gate_closed", "登机口已关闭，请到柜台", "Gate closed. Please see the desk"),
    (
        "flight_cancelled",
        "航班已取消，请到航空公司柜台",
        "Flight cancelled. Please see the airline desk",
    ),
    (
        "flight_diverted",
        "航班已备降，请到航空公司柜台",
        "Flight diverted. Please see the airline desk",
    ),
    (
        "flight_departed",
        "航班已起飞，请到航空公司柜台",
        "Flight departed. Please see the airline desk",
    ),
    ("wrong_gate", "登机口不符，请查看航班信息", "Wrong gate. Please check the flight information"),
    (
        "centre_starting",
        "人脸服务正在启动，请到柜台人工核验",
        "Face service is not ready. Please see the desk",
    ),
    (
        "degraded",
        "人脸服务降级运行，请到柜台人工核验",
        "Face service is degraded. Please see the desk",
    ),
)

REASONS: Mapping[str, Reason] = MappingProxyType(
    {code: Reason(code=code, zh=zh, en=en) for code, zh, en in _TEXTS}
)
"""The catalogue by code."""


def reason(code: str) -> Reason:
    """Give the reason of this code.

    >>> reason("no_face").en
    'No face found. Please face the camera'
    """
    return REASONS[code]
