import { enteredMoney } from '../money/money-field.tsx';
import { readWhole } from './mass.ts';
import type { FieldError } from './scenario.ts';
import { ppmOf } from './share.ts';

export type Reader = ReturnType<typeof readerOf>;

/** Reads a form field by field and gathers what is wrong with each, under the name that the platform would use as well. */
export function readerOf(data: FormData) {
  const errors: FieldError[] = [];
  const refuse = (name: string, message: string) =>
    void errors.push({ pointer: `/${name.replaceAll('.', '/')}`, message });
  const said = (name: string) => String(data.get(name) ?? '').trim();
  const integer = (name: string, min: number, max: number, message: string) => {
    const count = readWhole(said(name));
    if (count !== undefined && count >= min && count <= max) return count;
    refuse(name, message);
    return 0;
  };
  return {
    errors,
    refuse,
    said,
    isTicked: (name: string) => data.get(name) !== null,
    /** The names that rows of a list begin with, `terms.lines.0`, in their order. */
    rows(list: string): string[] {
      const indexes = [...data.keys()].flatMap((name) => {
        const [, index] = name.startsWith(`${list}.`) ? (/^\.(\d+)\./.exec(name.slice(list.length)) ?? []) : [];
        return index === undefined ? [] : [Number(index)];
      });
      return [...new Set(indexes)].sort((a, b) => a - b).map((index) => `${list}.${index}`);
    },
    required(name: string, message: string): string {
      const text = said(name);
      if (text === '') refuse(name, message);
      return text;
    },
    kg: (name: string) => integer(name, 1, 1_000_000_000, 'Enter whole kilograms.'),
    whole: (name: string, min: number, max: number) =>
      integer(name, min, max, `Enter a whole number from ${min} to ${max}.`),
    /** In parts per million; nothing said is none. */
    percent(name: string, max: number): number {
      const text = said(name);
      const ppm = text === '' ? 0 : ppmOf(text);
      if (ppm !== undefined && ppm <= max * 10_000) return ppm;
      refuse(name, `Enter a share from 0 to ${max} per cent.`);
      return 0;
    },
    money: (name: string, currency: string) => enteredMoney(data, name, currency),
  };
}

/** Origins that are there twice: only the first would count. */
export function twiceErrors(freight: readonly { origin: string }[] = []): FieldError[] {
  return freight.flatMap(({ origin }, index) =>
    freight.findIndex((each) => each.origin === origin) < index
      ? [{ pointer: `/terms/costModel/freight/${index}/origin`, message: 'This origin is there already.' }]
      : [],
  );
}
