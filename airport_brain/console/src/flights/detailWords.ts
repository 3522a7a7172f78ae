/** Words of the drawer: events, kinds of times, fields and resources of a flight leg. */
import { words } from '../language';

export const DETAIL = words({
  zh: {
    summary: '概况',
    clocks: '时间记录',
    statements: '各方所述',
    messages: '报文',
    close: '关闭',
    event: '节点',
    kind: '类型',
    value: '时间',
    source: '来源',
    received: '收到',
    asOf: '消息时间',
    current: '当前采用',
    late: '迟到，未采用',
    cleared: '已清除',
    field: '项目',
    said: '内容',
    nothingSaid: '明确为空',
    original: '下载原文',
    originalHint: '按收到时的字节原样保存',
    warnings: (n: number) => `${n} 条提示`,
    noWarnings: '无提示',
    planned: '计划',
    actual: '实际',
    unstated: '未说明',
    arrival: '进港',
    departure: '出港',
    codeshares: '共享航班',
    registration: '机号',
    aircraft: '机型',
    callSign: '呼号',
    originDate: '始发日期',
    leg: '航段',
    remarks: '备注',
    resources: '资源',
    noResources: '尚未分配资源',
    noTimes: '尚无时间',
    noClocks: '报文中没有时间',
    position: '位置',
    via: '来自',
    conflict: '各方说法不一',
    all: '全部',
    currentOnly: '仅当前',
  },
  en: {
    summary: 'Summary',
    clocks: 'Clocks',
    statements: 'Who said what',
    messages: 'Messages',
    close: 'Close',
    event: 'Event',
    kind: 'Kind',
    value: 'Time',
    source: 'Source',
    received: 'Received',
    asOf: 'Stated at',
    current: 'shown now',
    late: 'came late, not used',
    cleared: 'cleared',
    field: 'Field',
    said: 'Value',
    nothingSaid: 'stated as empty',
    original: 'Download original',
    originalHint: 'kept byte for byte as received',
    warnings: (n: number) => (n === 1 ? '1 notice' : `${n} notices`),
    noWarnings: 'no notices',
    planned: 'planned',
    actual: 'actual',
    unstated: 'not stated',
    arrival: 'arrival',
    departure: 'departure',
    codeshares: 'Codeshares',
    registration: 'Registration',
    aircraft: 'Aircraft',
    callSign: 'Call sign',
    originDate: 'Origin date',
    leg: 'Leg',
    remarks: 'Remarks',
    resources: 'Resources',
    noResources: 'No resources allocated yet',
    noTimes: 'No times yet',
    noClocks: 'No times in the messages',
    position: 'Place',
    via: 'from',
    conflict: 'sources disagree',
    all: 'All',
    currentOnly: 'Shown now',
  },
});

type Pair = readonly [zh: string, en: string];

const EVENTS: Readonly<Record<string, Pair>> = {
  ATO: ['外站起飞', 'Take-off at origin'],
  TKO: ['起飞', 'Take-off'],
  OFB: ['撤轮挡', 'Off block'],
  TDN: ['接地', 'Touchdown'],
  ONB: ['上轮挡', 'In block'],
  TEN: ['十海里', 'Ten miles out'],
  FNL: ['最后进近', 'Final approach'],
  CHK: ['值机开放', 'Check-in opens'],
  CHC: ['值机截止', 'Check-in closes'],
  GTO: ['登机口开放', 'Gate opens'],
  BST: ['开始登机', 'Boarding starts'],
  FCT: ['最后登机', 'Final call'],
  BEN: ['登机结束', 'Boarding ends'],
  GCL: ['登机口关闭', 'Gate closes'],
  FBG: ['首件行李', 'First bag'],
  LBG: ['末件行李', 'Last bag'],
  CTO: ['计算起飞', 'Calculated take-off'],
};

const KINDS: Readonly<Record<string, Pair>> = {
  SCT: ['计划', 'Scheduled'],
  EST: ['预计', 'Estimated'],
  ACT: ['实际', 'Actual'],
  TAR: ['目标', 'Target'],
  CAL: ['计算', 'Calculated'],
  PUB: ['公布', 'Published'],
};

const FIELDS: Readonly<Record<string, Pair>> = {
  agents: ['代理', 'Agents'],
  aircraft_type: ['机型', 'Aircraft type'],
  aircraft_sub_type: ['机型细分', 'Aircraft subtype'],
  belts: ['行李转盘', 'Belts'],
  cabins: ['舱位', 'Cabins'],
  call_sign: ['呼号', 'Call sign'],
  codeshares: ['共享航班', 'Codeshares'],
  counters: ['值机柜台', 'Counters'],
  exit: ['出口', 'Exit'],
  flight_duration: ['飞行时长', 'Flight duration'],
  gates: ['登机口', 'Gates'],
  international_status: ['国内/国际', 'Domestic/international'],
  linked_legs: ['关联航段', 'Linked legs'],
  owner_airline: ['所属航空公司', 'Owner airline'],
  public_status: ['公布状态', 'Public status'],
  public_terminals: ['公布航站楼', 'Public terminals'],
  registration: ['机号', 'Registration'],
  remarks: ['备注', 'Remarks'],
  route: ['航路经停', 'Route'],
  runway: ['跑道', 'Runway'],
  service_type: ['服务类型', 'Service type'],
  special_action: ['特殊处理', 'Special action'],
  stand: ['机位', 'Stand'],
  status: ['状态', 'Status'],
  terminal: ['航站楼', 'Terminal'],
  zone: ['区域', 'Zone'],
};

type Language = 'zh' | 'en';

function lookUp(table: Readonly<Record<string, Pair>>, code: string, language: Language): string {
  return table[code]?.[language === 'zh' ? 0 : 1] ?? code;
}

export function eventName(code: string, language: Language): string {
  return lookUp(EVENTS, code, language);
}

export function kindName(code: string, language: Language): string {
  return lookUp(KINDS, code, language);
}

/** Name of a field; `arrival.planned.stand` becomes three words. */
export function fieldName(field: string, language: Language): string {
  const w = DETAIL[language];
  const sides: Readonly<Record<string, string>> = {
    arrival: w.arrival,
    departure: w.departure,
    planned: w.planned,
    actual: w.actual,
  };
  return field
    .split('.')
    .filter(Boolean)
    .map((part) => sides[part] ?? lookUp(FIELDS, part, language))
    .join(' · ');
}
