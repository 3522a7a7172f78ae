"""What the fields and notices of passenger formats mean, in both languages."""

from __future__ import annotations

from typing import Final

from service_bus import WireWords, meanings, sentences

_FIELDS: Final = """
booking_reference | 订座编码 | booking reference
region | 地区码 | where the number was first given
province | 省份 | province of the region, in both languages
checks_fit | 校验位全部相符 | every check digit fits
concerns | 可疑之处 | what a reader may mind about the document
sender | 发送方 | who sends the interchange
recipient | 接收方 | who is to receive it
control | 控制号 | control reference of the interchange
grouped | 有分组 | messages stand in groups
date | 日期 | scheduled day of departure
from | 出发机场 | IATA code of the airport of departure
origin | 出发机场 | IATA code of the airport of departure
std | 计划离站时刻 | scheduled time of departure, UTC
seat | 座位 | row and letter
sequence | 值机序号 | number of the passenger at check-in
gate | 登机口 | gate of departure
screened_at | 安检时间 | when the passenger passed security
status | 状态 | what happened to the booking
flight | 航班 | carrier and number
given_names | 名 | given names, as they stand
passenger_name | 旅客姓名 | name as on the pass, SURNAME/GIVEN, cut at 20 characters
electronic_ticket_indicator | 电子客票标志 | E for an electronic ticket
legs | 航段 | one to four flights, in order
unique | 全程条件项 |
security | 安全数据 | signature of the carrier after the last leg
prefix | 前缀 |
trailing | 尾随文本 |
separators | 分隔符 |
original | 原始字节 |
notices | 提示 |
operating_carrier_pnr_code | 承运人订座编码 | booking reference at the operating carrier
from_city_airport_code | 出发机场 | IATA code of the airport of departure
to_city_airport_code | 到达机场 | IATA code of the airport of arrival
operating_carrier_designator | 实际承运人 | who operates the flight
flight_number | 航班号 | digits and a suffix
date_of_flight | 航班日期（年积日） | day of the year, without the year
compartment_code | 舱位 | booking class
seat_number | 座位 | row and letter, INF, or blank
check_in_sequence_number | 值机序号 | number of the passenger at check-in
passenger_status | 旅客状态 | state of check-in, the standard's code
repeated | 逐段条件项 |
airline_individual_use | 承运人自用 |
flight_date | 航班日期 |
written | 书写方式 | how it was written where that differs from the standard's way
version_number | 版本号 |
passenger_description | 旅客类型 | 0 adult, 1 male, 2 female, 3 child, 4 infant ...
source_of_check_in | 值机来源 | W web, K kiosk, O airport counter ...
source_of_boarding_pass_issuance | 出牌来源 | the same codes as for check-in
date_of_issue_of_boarding_pass | 出牌日期 | last digit of the year and day of the year
document_type | 单证类型 | B boarding pass, I itinerary receipt
airline_designator_of_boarding_pass_issuer | 出牌承运人 | who issued the pass
baggage_tag_license_plate_numbers | 行李牌号 | first tag of a range of consecutive numbers
first_non_consecutive_baggage_tag_license_plate_numbers | 第一组不连号行李牌 | first tag of a second range
second_non_consecutive_baggage_tag_license_plate_numbers | 第二组不连号行李牌 | first tag of a third range
extra | 多出的文本 |
issue_date | 出牌日期（含年） |
type_of_security_data | 安全数据类型 | the carrier's own code
security_data | 安全数据内容 | the signature; only the carrier can check it
size | 长度 |
airline_numeric_code | 票证结算代码 | first three digits of the ticket number
document_form_serial_number | 票号 | ten digits of the ticket number
selectee_indicator | 选定安检标志 | chosen for further screening
international_document_verification | 国际证件核验 | 1 check needed, 2 check done
marketing_carrier_designator | 市场承运人 | who sold the flight
frequent_flyer_airline_designator | 常旅客计划承运人 | whose programme it is
frequent_flyer_number | 常旅客号 | number in the programme
id_ad_indicator | 员工/代理折扣标志 | staff and agency discounts
free_baggage_allowance | 免费行李额 | weight or pieces, 20K or 2PC
fast_track | 快速通道 | Y or N
variable | 可变区长度 |
unique_length | 全程项字符数 |
repeated_length | 逐段项字符数 |
short_carrier | 承运人只占两位 |
missing | 缺少的字符数 |
format | 格式 |
document_code | 证件类型 | P passport, V visa, I or A or C identity card
issuing_state | 签发国 | state or organisation that issued it
document_number | 证件号码 | number of the document, or its check digit
nationality | 国籍 | three letters of ICAO
date_of_birth | 出生日期 | date of birth, or its check digit
sex | 性别 |
date_of_expiry | 有效期至 | YYMMDD, last day of validity
names | 姓名 | names, as they stand or one by one
optional_data | 可选数据 | data of the issuer, or their check digit
optional_data_2 | 可选数据二 |
checks | 校验位结果 |
birth_date | 出生日期（含世纪） |
expiry_date | 有效期（含世纪） |
composite | 总校验位 | check digit over several fields
number | 号码 |
kind | 种类 |
carrier | 承运人 |
suffix | 航班后缀 |
day | 日期（原文） |
board_point | 登机站 |
part | 部分序号 |
last | 最后一部分 |
header | 头部 | segment or lines that open it
totals | 合计 |
envelope | 信封 |
charset | 字符集 |
line_end | 行结束符 |
ended | 有结束行 |
ends_line | 末行有结束符 |
destination | 到达站 | IATA code of the airport of arrival
count | 人数 |
booking_class | 订座舱位 |
pad | 可拉下旅客数 |
rest | 同行余文 |
notes | 备注行 |
changes | 变更 | what happens with whom: ADD, DEL, CHG, or nothing said
places | 书写位数 |
pad_places | 书写位数 |
action | 动作 | ADD, DEL, CHG; empty in a full list
surname | 姓 | family name
group_code | 团队代码 |
group_size | 团队人数 |
elements | 元素 | elements of the name before them, in order
folds | 折行处 |
code | 代码 |
text | 文本 |
starts_line | 另起一行 |
record_locator | 订座记录编号 | booking reference, that of the party where only its first name says it
remarks | 备注与服务请求 | remarks and service requests, what goes on in .RN/ put behind
connections | 衔接航班 | inbound and onward flights, and the flight as sold
order | 次序 | 1 next to the flight of the list, 2 the one beyond
time | 当地时刻 | local, HHMM: arrival of an inbound flight, departure of the others
days | 日期差 | days by which the time is of another day
groups | 组 | groups of messages; one without header where there is none
trailer | 尾部 | the segment that closes it
characters | 服务字符 |
advice, advice_after | UNA 服务串 |
before, after | 段间字符 |
component | 成分分隔符 | divides components
element | 元素分隔符 | divides data elements
decimal | 小数点 | mark of decimals
release | 转义符 | makes the character behind it text
repetition | 重复分隔符 | divides repetitions, or a blank
terminator | 段结束符 | ends a segment
messages | 报文 | messages of the group, in order
tag | 段标识 |
offset | 字节位置 |
broken | 段内换行 |
reference | 参考号 |
type, version, agency, association | 报文类型信息 |
common_reference | 公共参考号 |
transfer, transfer_mark | 分报序号与首末标志 |
function | 报文功能代码 |
revision | 修订号 |
issued | 签发日期 |
issue_place | 签发地 |
related | 相关地点 |
Place.name | 地名 |
document | 单证代码 |
reporters | 申报人 |
contacts | 联系方式 |
flights | 航班 |
people | 人员 |
segments | 全部段 |
stage | 运输阶段 |
moments | 时刻 |
qualifier | 限定符 |
address | 地址 |
references | 参考号 |
documents | 证件 |
others | 其他段 |
local | 当地时间 |
value | 值 |
expiry | 有效期 |
Document.number | 证件号码 | number of the document
Document.type | 证件类型 | P passport, V visa ...
Flight.number | 航班号 | carrier and number
Moment.format | 时间格式 | code of the format: 201 YYMMDDhhmm, 102 CCYYMMDD ...
NameList.number | 航班号 | number of the flight as written
"""

_NOTICES: Final = """
blank-item | 必填项为空
empty-leg | 航段除承运人外没有内容
lower-case | 应为大写之处是小写
padding | 补位方式与标准不同
unusual-value | 值不在标准所列范围内
no-version | 可变区没有版本号，按承运人自用文本保留
size | 所述长度与实际文本不符，以文本为准
item-cut | 长度止于某一项中间
extra-items | 长度超出已知项目，余下保留
short-carrier | 两字常旅客承运人没有补足三位
day-366 | 参考年份附近没有第 366 天
separator | 文本中有分隔符，未计入长度的已跳过
symbology | 阅读器在前面加了码制标识
short | 登机牌在航班日期或舱位之后结束，其余留空
trailing | 登机牌结束后还有文本，未解读
check-digit | 校验位不符
date | 日期在日历中不存在
blanks | 去掉了多余的空格或连字符
one-line | 各行没有分开，按长度切分
line-short | 姓名末尾缺少填充符，已补足
legacy | 15 位旧号码，已换算为 18 位
wide | 全角字符按半角读取
region | 地区码只到省，没有区县
no-part | 航班行没有说明是第几部分
no-end | 缺少结束标记
no-action | 变更名单中姓名出现在 ADD、DEL、CHG 之前
name | 姓名含标准没有的字符或形式
count, pnl-count | 姓名前的人数与名字个数不符
unknown-line | 未知类型的行，原样保留
blank-line | 跳过了名单中的空行
not-ascii | 含有 ASCII 以外的字符
folded-name | 姓名在行末折行，已连接
day | 参考年份附近没有这一天
after-end | 结束之后的文本被略去
paxlst-count | 尾段所述的段、报文或组的数量不符
reference | 尾段的参考号与头段不同
total | 申报人数与列出人数不同
no-interchange | 报文没有 UNB 和 UNZ
envelope | 报文外层的行作为信封保留
line-breaks | 段内的换行已略去
terminator | 段以双引号结束，而没有 UNA 说明
charset | 含有 UNB 字符集以外的字符
no-name | 列出的人员没有姓名
order | 段所在位置没有对应的人员或航班
wrong-checksum | 校验码不符
wrong-length | 长度不对
wrong-character | 此处不该有这个字符
wrong-date | 日期不存在
wrong-format | 不是这种格式
wrong-value | 值不符合要求
wrong-size | 长度字段不是十六进制
cut-short | 内容过早结束
missing | 缺少必填字段
unknown-field | 不认识的字段
not-json | 不是 JSON
not-utf8 | 不是 UTF-8
malformed | 不符合格式
"""

_PERSONAL: Final = """
passenger_name surname given_names names document_number date_of_birth birth_date optional_data
optional_data_2 document_form_serial_number frequent_flyer_number operating_carrier_pnr_code
booking_reference document_last4 id_number baggage_tag_license_plate_numbers security_data
record_locator remarks
first_non_consecutive_baggage_tag_license_plate_numbers airline_individual_use
second_non_consecutive_baggage_tag_license_plate_numbers gb11643:number elements/text notes address contacts
reporters references/value documents/number others/* trailing places/name places/related
"""

WORDS: Final = WireWords(
    fields=meanings(_FIELDS),
    notices=sentences(_NOTICES),
    personal=frozenset(_PERSONAL.split()),
)
