/**
 * What a passenger agrees to, in the words that are kept under a version.
 *
 * The texts belong to the version: change a word, and the version changes, because the consent record
 * names it.
 */

export const CONSENT_VERSION = '2026-11';

export const CONSENT_TEXT = {
  zh: [
    '目的：仅用于本次航班在登机口核验身份。',
    '处理：由照片生成加密的人脸特征模板，照片不保存。',
    '保存：航班起飞后 2 小时内销毁，最迟不超过计划起飞后 24 小时。',
    '可不使用：出示身份证件由工作人员办理同样可以登机，两种方式同等有效。',
    '可随时撤回：撤回后模板立即销毁，不影响乘机。',
    '未满 14 周岁须由监护人同意。',
  ],
  en: [
    'Purpose: to confirm your identity at the gate of this flight, nothing else.',
    'How: an encrypted face template is made from the photo; the photo is not kept.',
    'How long: destroyed within 2 hours after departure, at the latest 24 hours after the schedule.',
    'Not required: showing your ID to staff works just as well.',
    'Withdraw at any time: the template is destroyed at once and your journey is not affected.',
    'Below the age of 14 a guardian consents.',
  ],
} as const;

export const CHANNELS = ['counter', 'kiosk', 'phone'] as const;
export type Channel = (typeof CHANNELS)[number];
