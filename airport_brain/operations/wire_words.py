"""What the fields and notices of flight formats mean, in both languages."""

from __future__ import annotations

from typing import Final

from service_bus import WireWords, meanings, sentences

_FIELDS: Final = """
root | 根元素 | the root element
soap | SOAP 版本 |
version | 版本 | version of the message, or of the cabin
time_stamp | 发送时间 |
target | 用途 | Production or Test
echo_token | 回声标记 | text that an answer repeats
retransmission_indicator | 重发标记 | the message is sent once more
correlation_id | 关联标识 | what belongs together has the same
primary_lang_id | 首选语言 | language of the texts
alt_lang_id | 备用语言 | language where the first is missing
transaction_identifier | 交易标识 | name of the transaction it belongs to
sequence_nmbr | 序号 | number of the message in its transaction
transaction_status_code | 交易状态 | Start, End, Rollback, InSeries ...
originator | 发送方 | who sends it
delivering_system | 投递系统 | system that hands it over
success | 成功 |
warnings | 警告 |
errors | 错误 |
flight_leg | 航段 | legs, in the order sent
criteria | 查询条件 |
kept | 保留内容 | what is not known or not as the standard asks, kept
original | 原始字节 | the bytes it came in
notices | 提示 | what was odd
company_short_name | 公司简称 | name of the company
travel_sector | 行业 | sector of the company
code | 代码 | code, as the standard or the code list has it
code_context | 代码表 | code list the code is from
text | 文本 | text, as it stands
attributes | 属性 | attributes with their values
leg_identifier | 航段标识 | what names the leg
special_action | 特殊动作 |
leg_data | 航段数据 | what is said of the leg
tpa_extension | 扩展 |
path | 元素路径 | place of the element in the document
airline | 航空公司 | airline by its code
flight_number | 航班号 | digits of the flight number
operational_suffix | 航班后缀 | letter behind the flight number
departure_airport | 出发机场 | airport of departure
arrival_airport | 到达机场 | airport of arrival
origin_date | 始发日期 | scheduled day of departure at the origin of the flight
repeat_number | 重复号 | tells legs apart that are the same otherwise
repeat_index | 同类序号 | number among siblings of one kind
value | 值 | the value
qualifier | 限定符 | which one is meant
international_status | 国际/国内 | domestic, international or mixed
operational_status | 运行状态 | state of the leg for operations
public_status | 公布状态 | state of the leg as the public is told
operating_alliance | 联盟 | alliance of the operating airline
service_type | 服务类型 | kind of the flight, such as J scheduled passengers
technical_stop_ind | 技术经停 | the stop is technical
est_flight_duration | 预计飞行时间 | estimated time in the air
owner_airline | 所属航空公司 | airline that owns the aircraft
planned_arrival_apt_history | 原计划到达机场 | airports it was planned to before
irregularity_delay | 不正常延误 | reasons of delay with their durations
cabin_class | 舱位 | what is said of a class
code_share_info | 代码共享 | other numbers the flight is sold under
associated_flight_leg_aircraft | 关联航段（同机） | leg of the same aircraft before or after
associated_flight_leg_schedule | 关联航段（计划） | leg that the schedule ties to this one
remark_text_code | 备注代码 | remark as a code
remark_free_text | 备注 | remark as free text
airport_resources | 机场资源 | stands, gates, belts and desks
operation_time | 运行时刻 | times by event and kind
aircraft_info | 航空器 | aircraft and its load
public_flight_display | 公众显示 | what is shown to the public
aircraft_type | 机型 | type by its IATA code
aircraft_sub_type | 机型细分 | type, in detail
registration | 注册号 | registration of the aircraft
tail_number | 机尾号 | tail number of the aircraft
agent_info | 代理 | ground handling agents by kind
fleet_number | 机队编号 | number in the fleet
call_sign | 呼号 | call sign on the radio
dead_load | 业载 | baggage, cargo and mail by kind
baggage | 行李 | pieces and weight of baggage
reason_code | 原因代码 | reason of the delay
duration | 时长 | duration of the delay
departure_or_arrival | 出发或到达 | which end of the leg is meant
cabin | 舱位 | class of the cabin
pax_count | 旅客人数 | passengers by kind
seat_capacity | 座位数 | seats of the class
origination_date | 始发日期 | day of the shared flight at its origin
usage | 用途 | planned, actual ... or kind of the count
resource | 资源 | resources of one end of the leg
operation_qualifier | 事件 |
time_type | 时刻类型 |
airline_type | 航空公司类型 | operating, marketing ...
type | 类型 | kind
weight | 重量 | weight with its unit
destination_type | 去向 | local, transfer or transit
airport_zone | 区域 | zone of the airport
aircraft_parking_position | 机位 | stand of the aircraft
passenger_gate | 登机口 | gate of the passengers
remote_operational_gate | 远机位登机口 | gate to the buses
runway | 跑道 | runway
aircraft_terminal | 停靠航站楼 | terminal where the aircraft stands
public_terminal | 旅客航站楼 | terminal the passengers use
crew_bus_ind | 机组车 | the crew goes by bus
pax_bus_ind | 摆渡车 | passengers go by bus
baggage_claim_unit | 行李转盘 | belt of arriving baggage
baggage_makeup_belt | 行李装载转盘 | belt where departing baggage is sorted
check_in_info | 值机柜台 | desks of check-in
de_ice_location | 除冰位 | place of de-icing
measurement_unit | 单位 | unit of the weight
flight_leg_scope | 航段范围 | arrival, departure or the whole leg
current_ind | 当前标志 | the attempt that counts now
airborne_return_number | 空中返航次数 | returns after take-off
flight_sequence | 前后段 | upline before this leg, downline behind it
general_aviation_leg_identifier | 通用航空航段标识 | what names a leg of general aviation
general_aviation_identifier | 通用航空识别 | call sign, registration or another name
category | 类别 | which kind of name it is
planned_departure_date_time | 计划出发时刻 | departure as first planned
origination_type | 来源 | local, transfer or transit before this leg
dcs_usage | 离港状态 | booked, accepted or boarded
inflight_service | 机上服务 | services on board
inflight_meal_service | 机上餐食 | meals on board
shared_alliance | 共享方联盟 | alliance of the airline that shares the code
open_time | 开放时刻 | when it opens
close_time | 关闭时刻 | when it closes
location | 位置 | place, compartment or unit load device
area_location | 区域位置 | part of the airport
service_class | 服务等级 | class it serves
baggage_process | 行李流程 | what is done with the bags there
segregation_name | 分拣名称 | bags that it is for
charge_type | 收费类别 | kind of charge for the resource
remote_operational_stand | 远机位 | stand away from the terminal
pre_cleared_gate_ind | 预检登机口 | gate behind border control
bag_count | 行李件数 | pieces of baggage
crew_info | 机组人数 | crew by cabin and airline
fuel | 燃油 | fuel by kind
extension | 扩展类别 | kind agreed between the partners
quantity | 数量 | quantity with its unit
flight_crew_airline | 飞行机组单位 | airline of the cockpit crew
cabin_crew_airline | 客舱机组单位 | airline of the cabin crew
clearance_agreement | 通关协议 | domestic, international, Schengen or transborder
dep_security_check_ind | 出发加强安检 | extra security checks at departure
arr_security_check_ind | 到达加强安检 | extra security checks at arrival
special_emphasis | 特别关注 | handling that needs attention, such as VIP
special_cargo | 特种货物 | special cargo on board
associated_general_aviation_flight_leg_aircraft | 关联通用航空航段 | such a leg of the same aircraft
operation_duration | 运行时长 | how long something takes
first_position | 首柜台 | first desk of a range
last_position | 末柜台 | last desk of a range
records | 记录 | records, in order
line_end | 行结束符 | bytes behind each line
ends_with_line_end | 末行有结束符 | the last line has its end too
title | 标题 | title of the data set
number_of_seasons | 航季数 | number of seasons in the file
data_set_serial_number | 数据集序号 | serial number of the data set
record_serial_number | 记录序号 | serial number of the record
time_mode | 时间制式 |
airline_designator | 航空公司代码 | airline of 2 or 3 characters
season | 航季 | season, W26 for the winter of 2026
schedule_validity_from | 有效期起 | first day of the schedule
schedule_validity_to | 有效期止 |
creation_date | 制作日期 | day the data set was made
title_of_data | 数据标题 | title of the carrier's data
release_date | 发布日期 | day it was, or may be, published
schedule_status | 计划状态 |
creator_reference | 制作方参考号 | reference of whoever made it
duplicate_airline_designator_marker | 代码重复标志 | the designator is shared with another airline
general_information | 一般信息 | free text
in_flight_service_information | 机上服务 | services on board, by code
electronic_ticketing_information | 电子客票 | ET: electronic tickets, EN: none
creation_time | 制作时间 | minutes after midnight
itinerary_variation_identifier | 行程变化号 | variation of the itinerary, two digits
leg_sequence_number | 航段序号 | number of the leg in the itinerary
period_of_operation_from | 执行期起 | first day of operation
period_of_operation_to | 执行期止 |
days_of_operation | 班期 | weekdays, 1 Monday to 7 Sunday
frequency_rate | 隔周标志 |
departure_station | 出发站 | airport of departure
passenger_std | 旅客离站时刻 | departure as passengers know it, minutes after midnight
aircraft_std | 航空器离站时刻 | departure of the aircraft, minutes after midnight
departure_utc_variation | 出发站时差 | minutes east of UTC
departure_passenger_terminal | 出发航站楼 | terminal of departure
arrival_station | 到达站 | airport of arrival
aircraft_sta | 航空器到站时刻 | arrival of the aircraft, minutes after midnight
passenger_sta | 旅客到站时刻 | arrival as passengers know it, minutes after midnight
arrival_utc_variation | 到达站时差 | minutes east of UTC
arrival_passenger_terminal | 到达航站楼 | terminal of arrival
passenger_reservations_booking_designator | 订座舱位 | classes that can be booked
passenger_reservations_booking_modifier | 订座修饰 | modifiers of the booking classes
meal_service_note | 餐食 | meals by class
joint_operation_airline_designators | 联营航空公司 | airlines that operate it together
minimum_connecting_time_status | 最短衔接类型 | international or domestic, for connecting times
secure_flight_indicator | 安全航班标志 | S: passenger data are required before
itinerary_variation_overflow | 行程变化溢出位 | first digit of a variation above 99
aircraft_owner | 航空器所有人 | airline that owns the aircraft
cockpit_crew_employer | 飞行机组单位 | airline of the cockpit crew
cabin_crew_employer | 客舱机组单位 | airline of the cabin crew
onward_airline_designator | 后续航空公司 | airline of the aircraft's next flight
onward_flight_number | 后续航班号 | number of the aircraft's next flight
aircraft_rotation_layover | 周转跨日 | days until the next flight
onward_operational_suffix | 后续航班后缀 | letter behind the next flight's number
flight_transit_layover | 过站跨日 | days of the stop
operating_airline_disclosure | 实际承运披露 | L, X, S, Z: who operates it is to be told
traffic_restriction_code | 载运限制 | restrictions of traffic, leg by leg
traffic_restriction_code_leg_overflow | 载运限制溢出 | restrictions go on in other records
aircraft_configuration | 座位布局 | cabins with their seats, or freight
departure_date_variation | 出发跨日 |
arrival_date_variation | 到达跨日 |
board_point_indicator | 登机点标识 |
off_point_indicator | 下机点标识 |
data_element_identifier | 数据元标识 |
board_point | 登机站 | airport where the segment begins
off_point | 下机站 | airport where the segment ends
data | 数据 |
serial_number_check_reference | 序号校验 |
continuation_end_code | 续/终标志 |
count | 数量 | how many
envelope | 信封 | who sends it to whom, and when
identifier | 报文标识 | standard message identifier
first_line | 首行 |
form | 电报形式 | wire, file of keywords, or none
priority | 优先级 |
addresses | 收电地址 | addresses, in order
double_signature | 双签 |
filed | 发报时刻 |
more | 其余 | what follows on the line, kept
received | 接收信息 |
named_twice | 标识重复 |
sent | 发报时刻（含日期） |
preamble | 前导行 |
address_lines | 地址行 |
correction | 更正报 | a COR line stands below the identifier
flight | 航班 | the flight
aircraft_registration | 航空器注册号 | registration, without its hyphen
station | 航站 | airport
lines | 行 | elements, line by line
day | 日期 |
day_as_sent | 日期（原文） |
first | 第一时刻 | see the table of the codes
second | 第二时刻 | see the table of the codes
with_day | 含日期 |
second_with_day | 第二时刻含日期 | the second time was sent as ddhhmm
reasons | 原因 | reasons by their codes
durations | 时长 | minutes, one for each reason
total | 合计 | the total
as_sent | 原文 | as it was sent
known | 可识别 | it belongs to the message's own free text
crew | 机组 | cockpit and cabin crew as sent
entries | 条目 | indicators with their texts
supplementary | 补充信息 | supplementary information as sent
emergency | 紧急情况 | phase of emergency, who says so, what has happened
estimate | 预计飞越 | when a boundary point is crossed, at which level
survival | 救生信息 | what item 19 says
alerting | 告警信息 | item 20 as sent
failure | 通信失效信息 | item 21 as sent
nature | 紧急情况性质 | what has happened
crossing_level | 飞越高度 | level at the point
crossing_condition | 飞越条件 | A at or above the level, B at or below it
endurance | 续航时间 | minutes of fuel
point | 飞越点 | a name, a position, or a bearing and distance
remarks | 备注 | remarks as sent
persons_on_board | 机上人数 |
emergency_radio | 应急无线电 |
jackets | 救生衣 |
dinghies | 救生艇 |
colour_and_markings | 颜色和标志 | of the aircraft
destination | 目的站 | where it goes
passengers | 旅客 | passengers, as sent or one by one
cabin_baggage | 客舱行李 |
compartments | 货舱 |
pax | 旅客数 |
pad | 可拉下旅客 |
parts | 各部分 |
continued | 续行 |
reference | 参考号 | reference of the message
sub_messages | 子报文 | changes, one after the other
text_apart | 自由文本前有分隔 | // stands before the free text
existing | 原执行期 | the period that is revised
date | 日期 |
group | 组号 | number of the group of messages
ends | 结束标志 |
part | 部分序号 | number of this part of several
creator | 制作方参考 |
action | 动作 | what happens with the flights
secondary | 次级动作 | reasons behind the action
points | 航站对 | stations of the legs
new_flight | 新航班号 |
elements | 数据元 | data elements
begin | 起始日 | first day of the period
to | 截止日 |
days | 班期 |
fortnightly | 隔周 |
booking_designator | 订座舱位 |
booking_modifier | 订座修饰 |
configuration | 座位布局 |
dotless | 缺少前导点 |
departure | 出发 | station and time of departure
arrival | 到达 | station and time of arrival
element | 数据元 | the data element
time | 时刻 | time of day
day_change | 跨日 |
passenger_time | 旅客时刻 |
onward | 后续航班 | onward flights with their passengers
totals | 合计 |
unknown | 未识别行 | lines that are not known, kept
end | 结束行 | how the message ends
apart, names_apart | 分写 |
dashed | 目的站前有短横的格式 | the layout with a dash before the destination
listed | 旅客行 | lines of passengers, as sent
bags, bag_weight, bag_weight_unit | 行李 |
names | 姓名 |
destinations | 各目的站 | passengers with special needs, by destination
ssr | 特殊服务数 | code of the secondary radar
name | 名称 | name
seat | 座位 | row and letter
services | 服务 | services of the passenger, line by line
start | 起始 |
message_type | 报文类型 | FPL, DEP, ARR, DLA, CHG, CNL or another
number | 编号 | number, where there are several
identification | 航空器识别 | item 7
rules | 飞行规则 | item 8
aircraft | 航空器 | item 9
equipment | 机载设备 | item 10
route | 航路 | item 15
other | 其他情报 | item 18
amendments | 修改 | items 22 of a CHG
items | 编组 |
departure_at | 出发时刻 |
breaks | 换行处 |
aircraft_identification | 航空器识别标志 | call sign of the flight
flight_rules | 飞行规则 | I, V, Y or Z
type_of_flight | 飞行种类 | S scheduled, N other air transport, G general, M military, X others
wake | 尾流等级 | L, M, H or J
radio | 通信导航设备 | radio and navigation equipment
surveillance | 监视设备 | surveillance equipment
aerodrome | 机场 | four letters of ICAO
speed | 巡航速度 | K km/h, N knots, M Mach
level | 巡航高度层 | F flight level, S tens of metres, A altitude
elapsed | 预计飞行时长 | minutes from departure to destination
alternates | 备降机场 | alternate aerodromes
before | 前置空白 | text in front of the first indicator
item | 编组号 | number of the item that is changed
fields | 字段 | fields, in order
eobt | 预计撤轮挡时刻 |
is_list | 列表 |
lead, end_lead | 前置空白 |
document | 文档 | the whole document, unknown elements too
zone | 时区 | zone in which times without one are taken
head | 文首 | what stands before the root
tail | 文尾 | what stands behind the root
namespaces | 命名空间 |
children | 子元素 | elements inside, in order
nil | 清空 |
after | 后置空白 |
line | 行号 |
meta | 报文头 | head of the message
steps | 步骤 | groups of tags of single steps
flights | 航班 | flights of the message
sys_info | 系统信息 | head of the message
key | 航班键 | what names the flight
changes | 变更 | what changed, and from what
phase | 阶段 | of a subscription, a snapshot, a change or an emergency
"""

_NOTICES: Final = """
no-time-stamp | 根元素没有 TimeStamp
time-without-zone | 时间没有时区，按 UTC 处理
date-with-time | 日期后带有时刻，时刻未取用
empty-element | 元素为空且未标 nil，不作变更
text-in-attribute | 文本写在属性 Code 中（航空公司或机场）
broken-element | 关联航段或代码共享无法读取，已保留
repeated-element | 只应出现一次的元素重复，以最后一个为准
too-many | 同类元素超过允许数量
repeat-index-gap | RepeatIndex 没有从 1 连续编号
missing-attribute | 缺少标准要求的属性
unknown-attribute | 未知属性，已保留
unknown-element | 未知元素，已保留
stray-text | 元素之间有多余文本
odd-form | 字段形式不符，原样保留
spare-not-blank | 备用字节不为空，已保留
record-length | 记录不足或超过 200 字节
line-end | 各行结束方式不同
blank-record | 空行
byte-order-mark | 文件开头有字节顺序标记
end-mark | 文件末尾有结束标记
no-header | 缺少头记录
no-carrier | 缺少承运人记录
no-trailer | 缺少尾记录
other-airline | 航空公司与承运人记录不同
serial-gap | 记录序号不连续
serial-check | 尾记录的序号校验不符
duplicate-leg | 同一航段重复，内容相同
conflicting-leg | 同一航段重复，内容不同
leg-sequence | 前面缺少航段
leg-chain | 航段的出发站不是前一段的到达站
segment-without-leg | 段数据没有对应的航段
period-reversed | 执行期止早于起
no-days | 没有任何执行日
unknown-line | 未知的行，已保留
text-behind | 元素后有多余文本，已保留
delay-durations | 延误时长与延误代码数量不一致
second-missing | 斜线之后没有第二个时刻，斜线已略去
time-order | 第二时刻早于第一时刻
blank | 代码后或点号旁多了空格
date-rest | 航班日期后多了一位数字
px | 旅客数写成 PAX 或带 INF
icao-station | 航站用了四字码
relayed | 电报由另一网络的 ZCZC 与 NNNN 括起
registration-missing | 没有给出注册号，或只有问号
repeated | 元素重复
no-movement | 既没有时刻也没有延误
station-missing | EA 后没有航站
priority | 不是标准规定的优先级
line-long | 行超过 69 个字符
not-ascii | 含有 ASCII 以外的字符
no-address | 没有地址行
identity | 发报地址后没有日期时刻
origin-blank | 发报行有多余空格
second-heading | 出现第二个报头
unknown-keyword | 未知的关键字块
repeated-keyword | 重复的关键字块
preamble | 报文标识前有其他行
one-line | 整份电报写在一行
compartment-sum | 各货舱之和不等于合计
class-sum | 各舱人数之和与旅客数不符
unknown-part | 未知的部分，已保留
no-total | 缺少业载合计
no-pax | 缺少分舱人数
total-apart | 合计与重量之间有空格
crew | 机组缺失或形式异常，已保留
version | 座位布局缺失或形式异常，已保留
no-load | 没有任何目的站
time-mode | 没有时间制式，按 UTC 处理
repeated-head | 子报文前重复报头，已略去
no-priority | 有地址而没有优先级
joined | 本应用点分隔处写了斜线或空格
classes-apart | PAX 或 PAD 与数字之间有多余的点
no-infants | 婴儿数为空，按没有处理
unknown-word | 行内有未知内容，已保留
no-flight | 动作没有对应航班
no-date | ASM 航班没有日期
no-period | 需要执行期的 SSM 动作没有执行期
configuration | 座位布局形式异常，已保留
days | 执行日之间有空格
no-end | 缺少结束标志
no-start | 信道与流水号前缺少 ZCZC
no-address | ZCZC 之后没有等级和收电地址
priority-apart | 等级单独成行
address-glued | 等级、地址或申报时间之后没有空格
heading-blanks | 报头有多余空格
short-end | 结束标志只有三个 N
end-beside | 结束标志与正文写在同一行
glued | 时刻与其后的字段之间没有空格
behind-end | 结束之后还有文本
pax-total | 旅客数与合计不符
no-destination | 没有任何目的站
unknown-type | 标准中没有的报文类型，编组未解读
other-text | 编组 18 的指示符前有文本
indicator | 未知的指示符
hyphen | 编组 18 内的连字符按文本处理
dof | DOF 不是日期
no-type-of-flight | 编组 8 没有飞行种类
ssr-apart | SSR 代码与航空器识别分开书写
blanks | 连字符后或编组 16 的机场之间有多余空格
wake | 尾流类别不在 L、M、H、J 之内
estimate-more | 编组 14 的高度之后有其他内容，已保留
no-arrival-time | 编组 17 缺少到达时刻
no-other | FPL 没有编组 18
unnamed | ZZZZ 或 AFIL 在编组 18 没有说明
no-elapsed | FPL 的编组 16 没有飞行时长
no-departure-time | 编组 13 缺少时刻
outside | 括号之外有文本
bracket | 正文内有括号，按文本处理
no-bracket | 缺少右括号
no-amendment | CHG 没有编组 22
text-long | 电文超过 1800 个字符
no-title | 第一个字段不是 TITLE
eobt | EOBT 或 EOBD 不是时刻或日期
meta-missing | META 缺少标签
no-body | 除 META 外没有内容
key | FFID 的形式不对
key-differs | FFID 与旁边的标签不一致
direction | FLIO 不是 A 或 D
code-text | 资源代码旁有文本，已截去
sysinfo-missing | SysInfo 缺少元素
mode | OperationMode 不在四种之内
service | 未知的 ServiceType
message-type | 未知的 MessageType
empty-message | 既没有 Data 也没有 Operation
no-key | Data 没有 PrimaryKey
imf-time | 名为时间的元素不是时间
time | 不是有效的时刻
flight-line | 不是航班、注册号和航站的行
flight | 不是航班号
delay | 不是延误代码及时长
wrong-form | 字段无法读取
record-type | 没有这种记录
not-xml | 不是格式良好的 XML
doctype | 不接受文档类型声明
declaration | XML 声明的形式不对
encoding | 不接受这种编码
empty | 没有内容
too-deep | 元素嵌套过深
too-dense | 标签和属性过密
too-many-references | 字符引用过多
too-many-attributes | 属性过多
root | 根元素不对
malformed | 不符合格式
"""

_PERSONAL: Final = """
names passengers/more passengers/name passengers/as_sent passengers/services ptm:unknown ptm:listed ptm:more
psm:unknown psm:lines ats:supplementary ats:alerting ats:failure
"""

WORDS: Final = WireWords(
    fields=meanings(_FIELDS),
    notices=sentences(_NOTICES),
    personal=frozenset(_PERSONAL.split()),
)
