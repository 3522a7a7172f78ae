"""What the fields and notices of airfield formats mean, in both languages."""

from __future__ import annotations

from typing import Final

from service_bus import WireWords, meanings, sentences

_FIELDS: Final = """
header | 帧头 | header of the frame
body | 内容 | what the message says
original | 原始字节 | the bytes it came in
notices | 提示 | what was odd
message_id | 消息编号 | kind of the message
phone | 终端手机号 |
serial | 流水号 | number of the message, counted by its sender
version | 协议版本 |
package | 分包（总数，序号） |
encryption | 加密方式 |
alarm | 报警标志位 | bits of alarms
status | 状态 | state as sent, bit by bit or as a code
latitude | 纬度 | degrees, south negative
longitude | 经度 | degrees, west negative
altitude_m | 海拔高度 | height above mean sea level
speed_mps | 速度 | speed over ground
heading_deg | 方向 | direction from true north
time | 时间 | moment of the position or sentence, UTC
items | 附加信息 | additional items by name
positioned | 已定位 | the receiver had a fix
acc_on | ACC 开 | the ignition is on
shifted | 坐标已加偏 | the terminal says that its position is shifted to GCJ-02
alarms | 报警 | alarms by name
rest | 余下字节 |
locations | 位置列表 | positions, in the order sent
backfill | 盲区补报 | positions come from an area without coverage
location | 位置 | the position
province | 省域 | code of the province
city | 市县域 | code of the city or county
maker | 制造商 | code of the maker
model | 终端型号 | model of the terminal
terminal_id | 终端编号 | number the maker gave it
plate_colour | 车牌颜色 | code of the plate's colour
plate | 车牌 | number plate, or the frame number of a vehicle without one
edition | 版本 | edition of the standard it was read with
code | 鉴权码 | authentication code
imei | IMEI | identity of the terminal's modem
software | 软件版本 | version of the terminal's software
reply_to | 应答的消息 | serial number and kind of the message answered
result | 结果 | 0 is success
Rejected.text | 原文 | the sentence as it was sent
Rejected.code | 错误代码 | code of the fault
Rejected.field | 出错字段 | field that cannot be read
Rejected.reason | 原因 | why it cannot be read
Rejected.position | 位置 | line and column of the fault
indices | 缺包序号 | numbers of the missing packages
flags | 标志 | bits that say how the text is shown
text | 文本 | the text
kind | 类型 | kind of the message
interval_s | 时间间隔 | time between positions
valid_s | 有效期 | how long the order holds
command | 命令字 | command word
parameters | 参数 | values by name or in order
kinds | 报警类型 | bits of the alarms confirmed
ids | 参数编号 | numbers of the parameters asked for
id | 编号 | what is meant, by number or name
value | 值 | the value
downlink | 下行格式 |
address | 24 位地址 |
ticks | 接收机计数 |
category | 类别 | category of the emitter or of the records
callsign | 呼号 |
type_code | 类型码 | kind of the squitter, and how exact its position is
movement | 运动码 | code of the speed on the ground
track_valid | 航迹有效 | the track code may be used
track | 航迹码 | direction in steps of 360/128 degrees
utc | UTC 同步 | the position is of a whole UTC second
cpr | CPR 位置 | odd or even, encoded latitude and longitude
supplement | 补充位 | single antenna, or navigation integrity supplement
altitude | 高度码 | code of the altitude
subtype | 子类型 |
intent_change | 意图变更 | the aircraft's intent has changed
ifr | IFR 能力 | the aircraft can fly by instruments
nac_v | 速度精度 | navigation accuracy category of the velocity
first | 第一分量 |
second | 第二分量 |
rate_source | 升降率来源 | 1 barometric, 0 geometric
rate | 升降率码 | vertical rate with its sign, in steps of 64 ft/min
reserved | 保留位 | bits without a meaning
difference | 高度差码 | geometric minus barometric altitude with its sign, in steps of 25 ft
state | 紧急状态 | 0 none, 1 general, 2 medical, 3 fuel, 4 no radio, 5 unlawful interference, 6 downed
mode_a | A 模式编码 | Mode A code, bits as a transponder sends them
squawk | 应答机编码 | Mode A code, four octal digits
advisory | 避让指令 | bits of the advisory that is in force
complements | 互补指令 | manoeuvres that are ruled out
terminated | 已结束 | the advisory has ended
several | 多个威胁 | there is more than one threat
threat_kind | 威胁类型 | what tells the threat: 1 its address, 2 its place
threat | 威胁 | address or place of the threat
sil_supplement | SIL 补充位 | the integrity level is per sample, not per hour
fms | 来自 FMS | the altitude is selected by the flight management system
selected_altitude | 选定高度码 | in steps of 32 ft, from 1
selected_altitude_m | 选定高度 | altitude that is selected
pressure | 气压设定码 | in steps of 0.8 hPa, 800 hPa at 1
pressure_hpa | 气压设定 | setting of the altimeter
heading_valid | 航向有效 | the selected heading may be used
selected_heading | 选定航向码 | in steps of 180/256 degrees
selected_heading_deg | 选定航向 | heading that is selected
nac_p | 位置精度 | navigation accuracy category of the position
nic_baro | 气压高度核对 | the barometric altitude was checked
sil | 完好性等级 | source integrity level
modes_valid | 模式有效 | the bits of the autopilot's modes may be used
autopilot | 自动驾驶 | the autopilot is engaged
vnav | 垂直导航 | VNAV is engaged
altitude_hold | 高度保持 | altitude hold is engaged
adsr | ADS-R | sent again by a ground station
approach | 进近模式 | approach mode is engaged
tcas | 防撞系统 | TCAS is operating
lnav | 水平导航 | LNAV is engaged
surface | 在地面 | the aircraft is on the ground
capability | 能力字段 | what the sender can do; of DF18 which kind of sender it is
mode_bits | 运行模式 | bits of the operational mode
adsb_version | ADS-B 版本 | 0, 1 (DO-260A) or 2 (DO-260B)
nic_supplement | NIC 补充位 | supplement A of the navigation integrity category
gva | 几何高度精度 | geometric vertical accuracy
heading | 航向 | on the ground: the track is a heading; in the air: the altitude was checked
magnetic | 磁北 | directions are from magnetic north
length_m | 长度 | greatest length that the code of the size allows
width_m | 宽度 | greatest width that the code of the size allows
data | 数据 | bytes kept as they are
talker | 发话器 | system the receiver used: GP, GB, BD, GN ...
valid | 有效 | the receiver calls its data valid
track_deg | 航迹角 | direction of motion from true north
variation_deg | 磁偏角 | magnetic variation, west negative
mode | 模式 | how the position was found: A autonomous, D differential ...
quality | 定位质量 | 0 none, 1 autonomous, 2 differential, 4 RTK fixed, 5 RTK float, 6 estimated
satellites | 卫星 | satellites in use, their number or their ids
hdop | 水平精度因子 | horizontal dilution of precision
separation_m | 大地水准面差距 | height of the geoid above the ellipsoid
age_s | 差分龄期 | age of the differential correction
station | 基准站 | id of the reference station
magnetic_deg | 磁航迹角 | direction of motion from magnetic north
automatic | 自动选择 | the receiver chooses between 2D and 3D itself
dimensions | 维数 | 0 no fix, 2 or 3
pdop | 位置精度因子 | position dilution of precision
vdop | 垂直精度因子 | vertical dilution of precision
system | 卫星系统 | id of the satellite system
zone_min | 时区 | minutes added to local time to get UTC, negative in the east
rms | 残差均方根 | RMS of the ranges the position was found from
major_m | 误差椭圆长半轴 | standard deviation along the long axis of the ellipse
minor_m | 误差椭圆短半轴 | standard deviation along its short axis
orientation_deg | 误差椭圆方向 | direction of the ellipse's long axis from true north
latitude_error_m | 纬度误差 | standard deviation
longitude_error_m | 经度误差 | standard deviation
altitude_error_m | 高度误差 | standard deviation
total | 总数 | how many sentences the text takes
number | 序号 | which of them this one is
identifier | 文本编号 | kind of the text, by the maker
fields | 字段 | fields as they stand between the commas
datum | 坐标系 | WGS84, CGCS2000 or GCJ-02
accuracy_m | 精度 | radius that holds 95 % of positions
label | 名称 | what people call it
fleet | 车队 | fleet it belongs to
mileage_m | 里程 | mileage
fuel_l | 油量 | fuel in the tank
recorder_speed_mps | 行驶记录仪速度 | speed by the recorder
alarm_to_confirm | 待人工确认报警 | id of an alarm that needs a person
radio_signal | 无线信号强度 | strength of the network
name | 名称 | call sign without its padding
barometric | 气压高度 | the altitude is of 1013.25 hPa
airspeed_mps | 空速 | speed through the air
true_airspeed | 真空速 | the airspeed is true, not indicated
climb_mps | 升降率 | vertical rate
above_barometric_m | 高于气压高度 | geometric above barometric altitude
target | 目标 | what the record says of a target, in SI units
expansion | 保留扩展域 | what the reserved expansion field (RE) says
x_m | X 坐标 | metres east of the reference point
y_m | Y 坐标 | metres north of the reference point
track_number | 航迹号 | number of the track
extra | 其他成员 | members of other names, kept
"""

_NOTICES: Final = """
encrypted | 内容已加密，未解读
extra-bytes | 内容比该消息应有的更长，多余字节只保留在原文中
impossible-position | 经纬度超出地球范围
impossible-heading | 方向超过 359 度
phone-not-bcd | 终端手机号不是 BCD 数字，按十六进制显示
no-time | 时间不是有效的 BCD 时刻（未定位的终端会发零）
items-cut | 附加信息在某一项中间截断，余下按字节保留
item-length | 附加信息项长度与标准不符，按字节保留
not-escaped | 该帧记录时没有转义
package-missing | 分包缺失，内容只有已到达的部分
not-gbk | 文本含非 GBK 字节
other-downlink | 不是扩展电文的 S 模式帧，按字节保留
not-adsb | DF18 用于 TIS-B 管理等用途，按字节保留
left-out | 记录中的这一帧无法读取，已略去
reserved-movement | 运动码为标准保留值
reserved-subtype | 速度子类型为标准保留值
odd-character | 识别码含没有对应字符的编码
altitude-code | 高度码不对应任何高度
unread | 多个数据块中有一块从此处起无法读取，已按字节保留
unknown-category | 不解读的类别，记录按字节保留
no-date | 日期全为零，接收机尚不知道日期
no-checksum | 语句没有校验和
wrong-checksum | 校验和不符
unknown-talker | 未知的发话器
long | 语句超过 82 个字符
noise | 跳过了一行不是语句的内容
prefix | 语句前有日志自身的文本，已略去
few-fields | 末尾缺少标准规定的字段
short-angle | 经纬度缺少前导零，校验和正确
rejected | 多条语句中有一条无法读取，已按原样保留
unknown-member | 有其他名称的成员，已保留
time-without-zone | 时间没有时区，按 UTC 处理
numeric-text | 数字以文本形式发送
wrong-parity | 奇偶校验不符
not-hex | 不是十六进制
empty | 没有内容
wrong-value | 值不符合要求
wrong-length | 长度不符
too-short | 数据过早结束
cut-short | 数据过早结束
broken-escape | 转义字节后不是 01 或 02
not-bcd | 不是 BCD 数字
malformed | 不符合格式
"""

WORDS: Final = WireWords(fields=meanings(_FIELDS), notices=sentences(_NOTICES))
