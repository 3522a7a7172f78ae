"""What the fields and notices of cargo formats mean, in both languages."""

from __future__ import annotations

from typing import Final

from service_bus import WireWords, meanings, sentences

_IMP: Final = """
version | 版本 | version of the message
consignment | 货物 | air waybill, from-to and quantity
flights | 航班 | booked flights with their days
routing | 航线 | airport and carrier of each leg
shipper | 发货人 | who sends the goods
consignee | 收货人 | who receives the goods
notify | 通知方 | who else is to be told
agent | 代理人 | the agent
special_service | 特殊服务请求 | requests for special service
other_service | 其他服务信息 | other service information, line by line
accounting | 结算信息 | accounting identifiers with their texts
charge_declaration | 运费声明 | currency, way of paying and declared values
rates | 费率行 | rate lines with their details
other_charges | 其他费用 | other charges, prepaid or collect
prepaid | 预付合计 | totals of what is prepaid
collect | 到付合计 | totals of what is collect
certification | 发货人证明 | signature of the shipper
issue | 签发 | when, where and by whom it was issued
customs_origin | 海关原产地 | code of the goods' customs origin
special_handling | 特殊操作代码 | special handling codes
customs | 海关信息 | customs information, or the value declared for customs
further | 其他段 | further segments as they stand
unread | 未解读 | what is not known, kept
layout | 书写次序 | order in which it was written
envelope | 信封 | lines around the message
original | 原始字节 | the bytes it came in
notices | 提示 | what was odd
awb | 主运单号 | air waybill number, eleven digits
origin | 始发站 | airport of departure
destination | 目的站 | airport of destination
quantity | 数量 | pieces, weight and volume
flight | 航班 | flight as written
day | 日期 | day of the month
airport | 机场 | airport, or city
carrier | 承运人 | carrier
form | 书写形式 | which form it is written in
account | 账号 | account number
name | 名称 | name
address | 地址 | address
place | 地点 | place
state | 州/省 | state or province
country | 国家 | country, two letters of ISO 3166
post_code | 邮编 | post code
contacts | 联系方式 | ways to reach them
iata_code | IATA 代码 | code of the agent, seven digits
cass | CASS 地址 | address in the settlement system, four digits
participant | 参与方标识 | kind of the participant
identifier | 标识 | identifier of the lines
text | 文本 | text, as it stands
currency | 货币 | currency, three letters of ISO 4217
charge_code | 费用代码 | code of how charges are paid
prepaid_collect | 预付/到付 | P or C, for weight and other charges
carriage | 运输声明价值 | value declared for carriage, or NVD
insurance | 保险金额 | amount insured, or XXX
number | 编号 | number
pieces | 件数 | pieces
rate_point | 费率组合点 | airport at which rates are combined
weight_unit | 重量单位 | K kilogram, L pound
gross | 毛重 | gross weight
rate_class | 运价等级 | class of the rate: M, N, Q, C, S ...
item | 商品编号 | commodity item
chargeable | 计费重量 | weight the charge is computed from
rate | 费率 | rate or charge
total | 合计 | total
details | 明细 | lines under the rate line
indicator | 标志 | indicator
charges | 费用 | charges
lines | 行 | lines, field by field
date | 日期 | date
signature | 签名 | signature
information | 信息标识 | information identifier, or information
value | 值 | the value
whole | 整行 | the line as a whole, where it has not its four fields
after | 所在之后 | what it stood behind
code | 代码 | code, as the standard has it
weight | 重量 | weight
volume | 体积 | volume
volume_unit | 体积单位 | unit of the volume
density | 密度组 | density group, 0 to 10
kind | 类型 | kind
dimensions, sizes, size | 尺寸 | dimensions of pieces
entitlement | 归属 | A due to the agent, C due to the carrier
amount | 金额 | amount
unit | 单位 | unit of the dimensions
length | 长 | length
width | 宽 | width
height | 高 | height
master | 主单 | the master air waybill
houses | 分运单 | house waybills
slac | 发货人计数 | shipper's load and count
goods | 品名 | goods, in a few characters
handling | 特殊操作代码 | special handling codes
more_goods | 品名续行 | lines that go on with the goods
texts | 品名详述 | goods in full
harmonised | 协调编码 | harmonised commodity codes
type | 类型 | type of the message, or kind
points | 卸货站 | airports of unloading with their cargo
nil | 无货 | there is no cargo
end | 结束标志 | LAST, or CONT when pages follow
page | 页码 | number of the page
when | 时刻 | day and time at the airport
registration | 注册号 | registration of the aircraft
first_arrival | 首个入境点 | first airport of the country of arrival
local | 当地时刻 | moment, station-local
has_time | 含时刻 | a time of day was given
nil_below | 下行无货 | a line below says so
arrival | 到达 | arrival
departure | 出发 | departure
bulk | 散货 | air waybills outside of any ULD
ulds | 集装器 | unit load devices
handling_apart | 代码分写 | codes stand apart
onward | 续程 | onward flights
volume_available | 剩余容积代码 | code of the room that is left
service | 服务信息 | service lines
line | 行号 | line of the message, or an address line
id | 编号 | identity: a number, a code or an address
remarks | 备注 | free text
waybills | 运单 | air waybills
statuses | 状态 | statuses reported
station | 航站 | where it happened
to | 到达站 | airport of arrival
flight_day | 航班日期 | day of the flight
from_station | 出发站 | airport of departure
discrepancy | 异常代码 | code of the discrepancy
other_carrier | 对方承运人 | the other carrier of a transfer
manifest | 转运舱单号 | number of the transfer manifest
departure_time | 出发时刻 | time of departure and its kind
arrival_time | 到达时刻 | time of arrival and its kind
time | 时刻 | hhmm, station-local
day_change | 跨日 | N next day, P day before, or another day
reference | 参考号 | references of the sender
reasons | 原因 | reasons, one a line
inner | 原报文 | the message it answers
about | 所答报文 | type of the message it answers
"""

_XML: Final = """
message_header_document | 报文头 | identity, type, time and way of the message
business_header_document | 业务头 | the document the message is
master_consignment | 主单货物 | consignment of the master air waybill
xml | XML 内容 | the element as canonical XML
type_code | 类型代码 | code of the kind
issue_date_time | 签发时间 | when it was issued
purpose_code | 用途代码 | creation, update, deletion ...
version_id | 版本 | version of the message
conversation_id | 会话标识 | identity of the exchange
sender_party | 发送方 | who sends it
recipient_party | 接收方 | who is to receive it
sender_assigned_id | 发送方编号 | number that the sender gave
included_header_note | 头部备注 | notes of the header
signatory_consignor_authentication | 发货人签证 | certification by the shipper
signatory_carrier_authentication | 承运人签证 | execution by the carrier
additional_id | 附加编号 | a further number
freight_forwarder_assigned_id | 货代编号 | number that the forwarder gave
associated_reference_id | 关联参考号 | reference it belongs to
nil_carriage_value_indicator | 无运输声明价值 | no value is declared for carriage
declared_value_for_carriage_amount | 运输声明价值 | value declared for carriage
nil_customs_value_indicator | 无海关声明价值 | no value is declared for customs
declared_value_for_customs_amount | 海关声明价值 | value declared for customs
nil_insurance_value_indicator | 未投保 | there is no insurance
insurance_value_amount | 保险金额 | amount insured
total_charge_prepaid_indicator | 运费预付 | weight and valuation charges are prepaid
total_disbursement_prepaid_indicator | 杂费预付 | other charges are prepaid
included_tare_gross_weight_measure | 毛重（含皮重） | gross weight with tare
gross_volume_measure | 总体积 | gross volume
density_group_code | 密度组 | density group
package_quantity | 包装件数 | packages
total_piece_quantity | 总件数 | pieces in all
product_id | 产品代码 | product of the carrier
consignor_party, consignor | 发货人 | who sends the goods
consignee_party | 收货人 | who receives the goods
freight_forwarder_party | 货代 | the forwarder or agent
associated_party | 其他相关方 | other parties, such as who is to be told
origin_location | 始发站 | airport of departure
final_destination_location | 目的站 | airport of destination
specified_logistics_transport_movement | 航班 | movement: a flight with its times
logistics_transport_movement | 航班 | movement: a flight with its times
utilized_logistics_transport_equipment | 运输设备 | equipment used
handling_sph_instructions | 特殊操作 | special handling
handling_ssr_instructions | 特殊服务请求 | special service requests
handling_osi_instructions | 其他服务信息 | other service information
included_accounting_note | 结算备注 | accounting information
included_customs_note | 海关备注 | customs information
associated_reference_document | 关联单证 | documents it refers to
associated_consignment_customs_procedure | 海关手续 | customs procedure
related_consignment_customs_procedure | 海关手续 | customs procedure
applicable_origin_currency_exchange | 始发货币 | currency at origin
applicable_destination_currency_exchange | 目的地货币 | currency at destination and its rate
applicable_logistics_service_charge | 服务费 | how the service is charged
applicable_logistics_allowance_charge | 其他费用 | other charges and allowances
applicable_rating | 运价 | ratings
applicable_total_rating | 运价合计 | totals of a rating
primary_id | 主标识 | identity with its scheme
content_code | 内容代码 | code of the note
content | 内容 | text of the note
signatory | 签署人 | who signed
actual_date_time | 实际时间 | when it really happened
issue_authentication_location | 签发地 | where it was signed
currency_id, currency_type_code | 货币 | currency of the amount
unit_code | 单位 | unit, UN/ECE Recommendation 20
role_code | 角色代码 | code of the party's role
role | 角色 | role of the party
account_id | 账号 | account number
cargo_agent_id | 代理人代码 | IATA code of the agent
postal_structured_address, freight_forwarder_address | 邮政地址 | postal address
specified_cargo_agent_location | 代理 CASS 地址 | the agent's address in the settlement system
defined_trade_contact | 联系人 | person to ask
stage_code | 运输阶段 | main carriage, pre-carriage, on-carriage
mode_code | 运输方式代码 | code of the mode: 4 air, 3 road
mode | 运输方式 | mode of transport
sequence_numeric | 序号 | number in the sequence
used_logistics_transport_means | 运输工具 | means of transport: the aircraft or flight
border_transport_means | 运输工具 | means of transport: the aircraft or flight
arrival_event | 到达 | arrival, with place and time
departure_event | 出发 | departure, with place and time
characteristic_code | 特征代码 | type of the equipment
characteristic | 特征 | what kind it is
affixed_logistics_seal | 封志 | seals on it
description | 描述 | description
description_code | 描述代码 | code of the description
subject_code | 主题代码 | what the note is about
country_id, country_code | 国家代码 | country, two letters of ISO 3166
goods_status_code | 货物状态代码 | customs status of the goods
source_currency_code | 源货币 | currency of origin
target_currency_code | 目标货币 | currency of destination
market_id | 市场 | market of the rate of exchange
conversion_rate | 汇率 | rate of exchange
transport_payment_method_code | 付款方式 | how transport is paid
service_type_code | 服务类型 | kind of the service
prepaid_indicator | 预付 | prepaid, otherwise collect
location_type_code | 地点类型 | at origin or at destination
reason | 原因 | why
party_type_code | 归属方 | due to agent or to carrier
actual_amount | 实际金额 | amount charged
time_basis_quantity | 计时数量 | time it is charged for
item_basis_quantity | 计件数量 | items it is charged for
service_date | 服务日期 | day of the service
special_service_description | 特殊服务描述 | description of the special service
special_service_time | 特殊服务时间 | time of the special service
total_charge_amount | 费用合计 | charges in all
consignment_item_quantity | 条目数 | items in the consignment
included_master_consignment_item | 货物条目 | items of the consignment
included_house_consignment_item | 货物条目 | items of the consignment
consignment_item | 货物条目 | items of the consignment
applicable_destination_currency_service_charge | 目的地货币费用 | collect charges at destination
applicable_prepaid_collect_monetary_summation | 预付到付合计 | totals of prepaid or collect charges
scheme_id | 标识体系 | scheme of the identifier
scheme_agency_id | 体系机构 | agency of the scheme
postcode_code, postcode_id | 邮编 | post code
street_name | 街道 | street and number
city_name | 城市 | city
country_name | 国家 | country, in words
country_sub_division_name, country_sub_entity_name | 州/省 | state or province, in words
post_office_box | 邮政信箱 | post office box
city_id | 城市代码 | code of the city
country_sub_division_id, country_sub_entity_id | 州/省代码 | code of the state or province
specified_address_location | 地址地点 | place of the address
person_name | 人名 | name of the person
department_name | 部门 | department
direct_telephone_communication | 电话 | telephone
fax_communication | 传真 | fax
uri_email_communication | 电子邮件 | electronic mail
telex_communication | 电传 | telex
registration_country | 注册国 | country where the aircraft is registered
scheduled_occurrence_date_time | 计划时间 | scheduled time
occurrence_arrival_location | 到达地点 | place of arrival
occurrence_departure_location | 出发地点 | place of departure
occurrence_destination_location | 目的地点 | place of destination
gross_weight_measure | 毛重 | gross weight
piece_quantity | 件数 | pieces
volumetric_factor | 体积系数 | factor between volume and weight
nature_identification_transport_cargo | 货物性质 | nature of the goods
origin_country | 原产国 | country of origin
associated_unit_load_transport_equipment | 集装器 | unit load device
utilized_unit_load_transport_equipment | 集装器 | unit load device
transport_logistics_package | 包装 | packages with their dimensions
applicable_freight_rate_service_charge | 运价费用 | charge by the freight rate
specified_rate_combination_point_location | 费率组合点 | airport at which rates are combined
applicable_unit_load_device_rate_class | 集装器运价等级 | rate class of a unit load device
collect_applied_amount | 到付手续费 | collect charges applied
destination_applied_amount | 目的地费用 | charges at destination
total_applied_amount | 费用合计 | charges in all
weight_charge_total_amount, weight_total_charge_amount | 航空运费合计 | weight charges in all
valuation_charge_total_amount, valuation_total_charge_amount | 声明价值附加费合计 | valuation charges in all
tax_total_amount, tax_total_charge_amount | 税费合计 | taxes in all
agent_total_due_payable_amount, agent_total_disbursement_amount | 代理人杂费 | other charges due to the agent
carrier_total_due_payable_amount | 承运人杂费 | other charges due to the carrier
carrier_total_disbursement_amount | 承运人杂费 | other charges due to the carrier
grand_total_amount | 总计 | all charges together
complete_number | 完整号码 | the whole number
uriid | 地址 | address of electronic mail
list_agency_id | 代码表机构 | agency of the code list
identification | 品名 | goods, in words
tare_weight_measure | 皮重 | weight of the empty device
loaded_package_quantity | 装载件数 | packages loaded
build_type_code | 组装类型 | how it was built up
used_capacity_code | 利用率代码 | how full it is
operational_status_code | 状态代码 | operational state of the device
loading_remark | 装载备注 | remark on the loading
serviceability | 可用性 | whether it may be used
operating_party | 所属方 | who owns or operates it
item_quantity | 件数 | items of these dimensions
linear_spatial_dimension | 尺寸 | length, width and height
category_code | 运价类别 | category of the rate
commodity_item_id | 商品编号 | commodity item
chargeable_weight_measure | 计费重量 | weight the charge is computed from
applied_rate | 适用费率 | rate applied
applied_amount | 适用金额 | charge applied
basis_code | 计价基础 | basis of the rate
applied_percent | 适用百分比 | percentage applied
reference_id | 参考号 | reference
reference_type_code | 参考类型 | kind of the reference
width_measure | 宽 | width
length_measure | 长 | length
height_measure | 高 | height
transport_contract_document | 运输合同单证 | document of the contract: the air waybill
included_house_consignment | 分单货物 | consignments of the house waybills
total_prepaid_charge_amount | 预付合计 | prepaid charges in all
total_collect_charge_amount | 到付合计 | collect charges in all
summary_description | 品名摘要 | goods, in a few words
freight_rate_type_code | 运价类型 | kind of the freight rate
applicable_transport_cargo_insurance | 货物保险 | insurance of the goods
coverage_insurance_party | 承保方 | who insures them
total_gross_weight_measure, total_gross_mass_measure | 总毛重 | gross weight in all
total_gross_volume_measure | 总体积 | gross volume in all
total_package_quantity | 总包装件数 | packages in all
total_transport_equipment_quantity | 集装器总数 | unit load devices in all
carrier_party | 承运人 | the carrier
arrival_occurrence_date_time, arrival_date_time | 到达时间 | time of arrival
arrival_date_time_type_code | 到达时间类型 | scheduled, estimated or actual
departure_occurrence_date_time, departure_date_time | 出发时间 | time of departure
departure_date_time_type_code | 出发时间类型 | scheduled, estimated or actual
associated_transport_cargo | 运载货物 | cargo for this airport: ULD, bulk or nil
first_arrival_country_id | 首个入境国 | country of first arrival
first_arrival_location_id | 首个入境点 | place of first arrival
included_master_consignment | 主单货物 | consignments of master air waybills
transport_split_description | 分批说明 | T total, P part, S split, D divided
movement_priority_code | 优先级 | priority of carriage
master_responsible_transport_person | 机长 | the person who answers for the flight
positioning_event | 装载位置事件 | where the device is put in the aircraft
occurrence_positioning_location | 装载位置 | position in the aircraft
on_carriage_transport_movement | 续程航班 | onward carriage
on_carriage_event | 续程事件 | departure and arrival of the onward carriage
arrival_destination_event | 到达目的地 | arrival at the destination
load_type_code | 装载类型 | kind of the load
routing_location | 途经地 | place on the route
reported_status | 上报状态 | statuses reported
reason_code | 状态代码 | code of the status
associated_status_consignment | 状态所涉货物 | what of the consignment it is about
discrepancy_description_code | 异常代码 | code of the discrepancy
associated_manifest_document | 舱单 | manifest it belongs to
notified_party | 被通知方 | who was told
delivery_party | 提货方 | who took delivery
associated_received_from_party | 移交方 | who handed it over
associated_transferred_from_party | 转出方 | who transferred it
scheduled_arrival_event | 计划到达 | scheduled arrival
specified_location | 发生地点 | where it happened
specified_event | 发生时间 | when it happened
flight_status_type_code | 航班状态 | state of the flight at the station
handover_location | 交接地点 | where it was handed over
geolocation | 地理位置 | position on the earth
occurrence_date_time | 发生时间 | when it happened
date_time_type_code | 时间类型 | scheduled, estimated or actual
latitude | 纬度 | degrees, south negative
longitude | 经度 | degrees, west negative
altitude | 高度 | height
"""

_CUSTOMS: Final = """
head | 报文头 | identity of the message
declaration | 申报内容 | what is declared
response | 回执 | the answer of customs
message_id | 报文编号 | number of the message
function_code | 功能代码 | 2 add, 3 delete, 5 change, 9 first declaration
message_type | 报文类型 | MT and four digits
sender_id | 发送方代码 | code of the sender
receiver_id | 接收方代码 | code of the customs district
send_time | 发送时间 | time of sending, Beijing time
declaration_office_id | 申报地海关 | customs office of the declaration
representative_person | 传输人 | who files for the carrier
exit_customs_office | 出境地海关 | customs office of exit
completed_date_time | 完成时间 | when the work was completed
loading_location | 装货地 | place of loading
unloading_location | 卸货地 | place of unloading
tally_party | 理货方 | who tallied
transport_equipment | 集装器 | transport equipment
additional_information | 附加信息 | remarks
functional_reference_id | 所答报文编号 | number of the message answered
response_type | 回执类型 | code and text of the answer
journey_id | 航次 | flight number, slant and day
loading_date | 装货日期 | day of loading
arrival_date | 到达日期 | day of arrival
communication | 通讯方式 | ways to reach them
contact | 联系人 | person to ask
native_bill_no | 本地单号 | number of the bill at home
associated_transport_document | 分运单 | the house waybill
value_amount | 价值 | value of the goods
goods_receipt_place | 收货地 | where the goods were received
transhipment_location | 中转地 | where they are transhipped
transit_destination | 转运目的地 | destination of the transit
goods_consigned_place | 托运地 | where they were consigned
routing_country_code | 途经国 | countries on the route
transport_split_indicator | 分批标志 | the consignment comes in parts
freight_payment | 运费支付 | how freight is paid
consignment_packaging, consignment_item_packaging | 包装 | packages and their kind
previous_customs_document | 前置单证 | customs document before this one
delivery_destination | 交货地 | where they are delivered
intermediate_carrier | 中间承运人 | carrier in between
notify_party | 通知方 | who is to be told
undg_contact | 危险品联系人 | whom to ask about dangerous goods
equipment_identification | 设备编号 | number of the equipment
fullness_code | 满载代码 | how full it is
type_id | 类型 | kind: TE telephone, FX fax, EM mail
condition_code | 条款代码 | condition of the contract
consolidator | 拼箱方 | who consolidates
method_code | 方式代码 | code of the way of paying
quantity_quantity | 件数 | packages
aeo | AEO 代码 | code of an authorised economic operator
commodity | 商品 | the commodity
goods_measure | 货物重量 | weight of the item
cargo_description | 货物描述 | goods, in words
classification | 归类 | tariff or dangerous goods classification
gross_mass_measure | 毛重 | gross weight
marks_numbers | 唛头 | what is written on the pieces
undg_code | 危险品编号 | UN number of dangerous goods
tariff_classification_code | 税号 | tariff code of the goods
supplier_party_type_code | 来源代码 | who provides the equipment
seal_id | 封志号 | seals
agency_code | 施封人 | who put the seal on
customs_procedure | 海关手续 | customs procedure of the goods
current_code | 海关手续代码 | code of the customs procedure
ucr | 唯一货物编号 | unique references of the consignment
goods_origin | 原产地 | where the goods come from
origin_country_code | 原产国代码 | country the goods come from
nodes | 节点 | nodes of the graph
graph | 命名图 | name of the graph that says this of the node
types | 类型 | classes of the node
properties | 属性 | properties with their values
datatype | 数据类型 | IRI of the type of the value
language | 语言 | language of the text
values | 值 | values, in order
"""

_NOTICES: Final = """
line-end | 最后一行没有结束符
line-long | 行超过 69 个字符
length | 报文超过手册规定的 3500 个字符
lower-case | 小写字母按大写读取
not-ascii | 自由文本含 ASCII 以外的字符
blank-line | 跳过了报文中的空行
envelope | 报文外层的内容作为信封保留
version | 版本未知，按最接近的版本读取
version-missing | 报文没有版本号
unknown-line | 此处不该有的行，未解读
field-long | 字段超长，整体保留
text-slant | 文本中含有斜线
slant-last | 行末的斜线之后没有内容
awb-hyphen | 运单号缺少连字符
carrier-long | 航班承运人写成三字代码，原样保留
uld-unnamed | 集装器不是类型、编号和所有人，原样保留
quantity-total | 非分批货物出现了总件数
oci-fields | OCI 行缺少斜线，整体保留
identifier-apart | 标识单独成行，内容从下一行开始
party-lines | 地址行没有地点，按街道保留
party-country | 缺少国家行
country-line | 国家行的邮编过长，或电话与类别不成对
party-contacts | 电话单独成行
flight-missing | 状态缺少航班
time-missing | 只有日期没有时刻
discrepancy | 异常代码不在代码表中
no-status | 报文没有任何状态
consignments | 一份报文含多票货物，各票按单独报文读取
day-change | 跨日标志不存在
clock | 没有这一时刻
end-missing | 页末没有 CONT 或 LAST
after-end | 结束之后的行被跳过
handling-code | 特殊操作代码不是三位一组
goods-long | 品名超过 15 个字符
more-than-total | 本页件数多于总件数
dimensions | 尺寸无法读取，按文本保留
nil-with-cargo | 标为无货的航站却有货物
goods-more | 品名续行出现在操作代码的位置
no-house | 没有列出分运单
slac-missing | 品名写在内装件数的位置
sum-pieces | 分单件数之和多于主单
sum-weight | 分单重量之和大于主单
house-number | 分运单号超长或含其他字符
charge-code | CVD 的费用代码与单证不符
insurance-missing | CVD 缺少保险金额
issue-form | ISU 缺少填开地点，或年份写了四位
before-house | 分单段出现在分单之前，未解读
repeated | 只应出现一次的内容重复，以第一个为准
no-reason | 拒绝但没有原因
reason-line | 原因续行没有斜线
no-original | 没有附原报文
answer | 原报文本身就是应答
missing | 缺少必备内容
routing-end | 航线终点不是目的站
quantity-code | 数量不是总数
dimension-pieces | 有尺寸的件数多于总件数
charges-total | 费用合计与各项之和不符
other-charges | 其他费用与应付合计不符
participant | 代理人的参与方标识不是三个字母
flight-month | 航班日期写了月份
flight-day | 航班日期只有一位数字，或没有这一天
accounting-code | 结算信息缺少标识
rate-order | 费率行字段次序不同
rate-detail | 费率明细无法读取，按文本保留
unknown-element | 未知元素，已保留
empty-value | 数字、日期或标志为空
date-only | 应为日期时间之处只有日期
midnight | 24:00 按次日零点处理
date-form | 日期时间的写法不合 XML Schema
namespace | 命名空间与标准不同
root | 根元素名称与标准不同
type | 报文类型不在所列之中
function | 功能代码不是 2、3、5、9
sender | 发送方代码格式不对
receiver | 接收方代码既不是四位关区也不是 EPORT
send-time | 发送时间格式不对
journey | 航次不是“航班/日期”
not-air | 运输工具不是航空器
awb | 运输合同号不是主运单号
duplicate | 同一票货物出现两次
unmapped | 名称没有任何上下文定义，已跳过
vocabulary | 上下文写成了本体地址，按该本体的词汇读取
iri-blank | IRI 两端有空格，已去掉
bad-awb | 主运单号不正确
unknown-status | 未知的状态或行
wrong-value | 值不符合要求
not-xml | 不是格式良好的 XML
doctype | 不接受文档类型声明
declaration | XML 声明的形式不对
encoding | 不接受这种编码
empty | 没有内容
too-deep | 元素嵌套过深
too-dense | 标签和属性过密
too-many-references | 字符引用过多
too-many-attributes | 属性过多
malformed | 不符合格式
"""

_PERSONAL: Final = """
shipper/name shipper/address shipper/account consignee/name consignee/address consignee/account
notify/name notify/address contacts/number certification signature signatory agent/name statuses/name
person_name complete_number uriid street_name post_office_box contact/name representative_person/name
customs/value customs/whole unread/* unread consignor_party/name consignee_party/name associated_party/name
freight_forwarder_party/name notified_party/name delivery_party/name consignor/name notify_party/name
undg_contact/name communication/id master_responsible_transport_person/name inner
"""

WORDS: Final = WireWords(
    fields=meanings(_IMP + _XML.lstrip() + _CUSTOMS.lstrip()),
    notices=sentences(_NOTICES),
    personal=frozenset(_PERSONAL.split()),
)
