// Which codes the adviser offers for a code on a date: what is below it, what it became, or what says more than it does.

import type { TitledCode } from '../core/advice-peel.ts';
import type { AdviceReason } from '../core/advice-text.ts';
import type { CalendarDate } from '../core/calendar-date.ts';
import { createFamily } from '../core/code-family.ts';
import { normalizeCode } from '../core/code-system.ts';
import type { FamilyCode } from '../core/family-titles.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { Lookup } from './look-up-code.ts';

/** Codes to choose among. */
export type Offer = {
  /** Billable on the date, in tabular order. Normal form, long titles. */
  readonly codes: readonly TitledCode[];
  /** Titles of the categories above them, by code. */
  readonly headings: ReadonlyMap<string, string>;
  /** The lowest category that all of them stand under. */
  readonly top: TitledCode | undefined;
};

/** An offer, and why it is made. */
export type ReasonedOffer = {
  readonly reason: AdviceReason;
  readonly offer: Offer;
  /**
   * Of a code that was divided or ended what it became, of a future one what it takes over from, of an unknown one what
   * may be meant. As officially written.
   */
  readonly linked: readonly string[];
};

const system = 'icd10cm';

/** A category (three characters) is the largest family there is, and none has nearly as many codes. */
const familyMax = 10_000;

const nothing: Offer = { codes: [], headings: new Map(), top: undefined };

/** What is offered for a code that was looked up. */
export async function offersFor(catalogue: Catalogue, lookup: Lookup): Promise<ReasonedOffer> {
  const { status, replacedBy, replaces, date, nearMisses } = lookup;
  const replacing = replacedBy.map(({ code }) => code);
  const replaced = replaces.map(({ code }) => code);
  switch (status) {
    case 'header': {
      const reason = replacing.length > 0 ? 'divided' : 'category';
      return { reason, offer: await below(catalogue, lookup), linked: replacing };
    }
    case 'ended':
      return { reason: status, offer: await listed(catalogue, replacing, date), linked: replacing };
    case 'future':
      return { reason: status, offer: await listed(catalogue, replaced, date), linked: replaced };
    case 'billable': {
      const offer = await moreSpecific(catalogue, lookup);
      return { reason: offer ? 'unspecified' : 'specific', offer: offer ?? nothing, linked: [] };
    }
    default: {
      const near = (nearMisses ?? []).filter((one) => one.system === system);
      return { reason: status, offer: nothing, linked: near.map(({ code }) => code) };
    }
  }
}

const normalOf = (code: string): string => normalizeCode(system, code) ?? code;

/** The whole category of a code on a date, in tabular order. */
async function familyOf(
  catalogue: Catalogue,
  code: string,
  date: CalendarDate,
): Promise<readonly FamilyCode[]> {
  const within = code.slice(0, 3);
  const query = { date, within, billableOnly: false, offset: 0, limit: familyMax };
  const { items } = await catalogue.list(system, query);
  return items.map((one) => ({
    code: one.code,
    title: one.long,
    billable: one.status === 'billable',
  }));
}

const headingsOf = (family: readonly FamilyCode[]): ReadonlyMap<string, string> =>
  new Map(family.filter(({ billable }) => !billable).map(({ code, title }) => [code, title]));

const titled = ({ code, title }: FamilyCode): TitledCode => ({ code, title });

/** What stands below a category; of one that was divided also what else it officially became. */
async function below(catalogue: Catalogue, { code, date, replacedBy }: Lookup): Promise<Offer> {
  const normal = normalOf(code);
  const family = await familyOf(catalogue, normal, date);
  const under = family.filter((one) => one.billable && one.code.startsWith(normal));
  const became = replacedBy.map((one) => normalOf(one.code));
  if (!became.every((one) => one.startsWith(normal))) {
    return listed(catalogue, [...under.map((one) => one.code), ...became], date);
  }
  const top = family.find((one) => one.code === normal);
  return { codes: under.map(titled), headings: headingsOf(family), top: top && titled(top) };
}

/** Codes of any categories, those that are billable on the date. */
async function listed(
  catalogue: Catalogue,
  codes: readonly string[],
  date: CalendarDate,
): Promise<Offer> {
  const wanted = new Set(codes.map(normalOf));
  const categories = new Set([...wanted].map((code) => code.slice(0, 3)));
  const families: FamilyCode[] = [];
  for (const category of categories) families.push(...(await familyOf(catalogue, category, date)));
  const found = families.filter((one) => one.billable && wanted.has(one.code));
  const top = families.findLast(
    (one) => !one.billable && found.every(({ code }) => code.startsWith(one.code)),
  );
  return { codes: found.map(titled), headings: headingsOf(families), top: top && titled(top) };
}

async function moreSpecific(
  catalogue: Catalogue,
  { code, date }: Lookup,
): Promise<Offer | undefined> {
  const family = await familyOf(catalogue, normalOf(code), date);
  const found = createFamily(family).moreSpecific(normalOf(code));
  return found && { codes: found.codes, headings: headingsOf(family), top: found.top };
}
