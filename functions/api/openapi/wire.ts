// What a type is once it has been JSON: how the schemas of answers are held to the operations' types, by the compiler.
import type { CalendarDate } from '../../../shared/core/calendar-date.ts';

/** The type as JSON has it: dates are text, nothing is readonly. */
export type Wire<T> = T extends CalendarDate
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? Wire<Item>[]
      : { -readonly [Name in keyof T]: Wire<T[Name]> };

/** `true` when two types are the same to the last optional field, else `never`. */
export type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
