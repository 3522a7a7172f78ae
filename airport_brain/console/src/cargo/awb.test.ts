import { describe, expect, it } from 'vitest';
import { addressOf, askable, checkDigit, MOST_AT_ONCE, readAwbs, written } from './awb';

const good = (awb: string) => ({ kind: 'good', awb });

describe('checkDigit', () => {
  it('is the remainder of seven', () => {
    expect(checkDigit('1234567')).toBe('5');
    expect(checkDigit('0000007')).toBe('0');
    expect(checkDigit('9999999')).toBe(String(9999999 % 7));
  });
});

describe('readAwbs', () => {
  it.each([
    '112-12345675',
    '11212345675',
    '112 12345675',
    '112 1234 5675',
    '112-1234 5675',
    ' 112 - 12345675 ',
    'AWB 112-12345675',
    'MAWB No. 112-12345675',
    'awb:112-12345675',
    '１１２－１２３４５６７５',
    '112–12345675',
    '112—1234 5675',
  ])('reads %j', (text) => {
    expect(readAwbs(text)).toEqual([good('112-12345675')]);
  });

  it.each([' ', '\n', ', ', '；', '、', '\t', '/', '|'])('parts numbers at %j', (between) => {
    expect(readAwbs(`112-12345675${between}933-22405670`)).toEqual([
      good('112-12345675'),
      good('933-22405670'),
    ]);
  });

  it('names the digit that is wrong and the right one', () => {
    expect(readAwbs('112-12345676')).toEqual([
      { kind: 'digit', awb: '112-12345676', found: '6', expected: '5' },
    ]);
  });

  it('finds every wrong last digit', () => {
    for (let digit = 0; digit <= 9; digit += 1) {
      const [entry] = readAwbs(`112-1234567${digit}`);
      expect(entry?.kind).toBe(digit === 5 ? 'good' : 'digit');
    }
  });

  it.each(['112-1234567', '11-212345675', '112-123456755', 'hello', '1'])(
    'tells that %j is no number',
    (text) => {
      expect(readAwbs(text)).toEqual([{ kind: 'form', text }]);
    },
  );

  it('keeps what is not a number beside one that is', () => {
    expect(readAwbs('112-12345675 hello')).toEqual([
      good('112-12345675'),
      { kind: 'form', text: 'hello' },
    ]);
  });

  it('asks for a number once', () => {
    expect(readAwbs('112-12345675 11212345675')).toHaveLength(1);
  });

  it('sees nothing in nothing', () => {
    expect(readAwbs('')).toEqual([]);
    expect(readAwbs(' \n , - ')).toEqual([]);
  });

  it('reads long input in a moment', () => {
    const started = performance.now();
    readAwbs('1'.repeat(4000));
    readAwbs('AWB '.repeat(1000));
    readAwbs('112 '.repeat(1000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('askable', () => {
  it('stops at the limit and counts what is beyond', () => {
    const numbers = Array.from({ length: MOST_AT_ONCE + 3 }, (_, n) => {
      const serial = String(1_000_000 + n);
      return written('112', serial + checkDigit(serial));
    });
    const { awbs, beyond } = askable(readAwbs(numbers.join('\n')));
    expect(awbs).toEqual(numbers.slice(0, MOST_AT_ONCE));
    expect(beyond).toBe(3);
  });

  it('leaves wrong numbers out', () => {
    expect(askable(readAwbs('112-12345676 x')).awbs).toEqual([]);
  });
});

it('writes addresses that it can read again', () => {
  const awbs = ['112-12345675', '933-22405670'];
  expect(addressOf(awbs)).toBe('/cargo/112-12345675,933-22405670');
  expect(askable(readAwbs(addressOf(awbs).split('/')[2]!)).awbs).toEqual(awbs);
  expect(addressOf([])).toBe('/cargo');
});
