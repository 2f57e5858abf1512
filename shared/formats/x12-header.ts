// The ISA segment that opens an X12 interchange and says which characters part its segments, elements and components
// (X12.5; ASC X12N TR3 appendix B.1.1.2.5, C.1).

/** The characters that part an interchange; ISA itself shows all of them. */
export type X12Separators = {
  readonly element: string;
  /** ISA16. */
  readonly component: string;
  /** ISA11 from version 00501 on; undefined where ISA11 holds a letter, as up to 00401. */
  readonly repetition?: string;
  readonly terminator: string;
};

/** What stands at a place where ISA must: the header, why it is none, or too little text to tell. */
export type HeaderReading =
  | {
      readonly kind: 'header';
      readonly separators: X12Separators;
      /** Element n at index n, `ISA` at 0. */
      readonly elements: readonly string[];
      /** Index behind the terminator. */
      readonly end: number;
    }
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'more' };

/** Where an interchange begins in any text: ISA, a separator, the two digits of ISA01, the separator again. */
export const headerStart = /ISA([^A-Za-z0-9\s])\d\d\1/;

// A true header has 106 characters; senders that pad wrongly stay well below this.
const headerCharsMax = 300;

const alphanumeric = /[A-Za-z0-9]/;

const fault = (message: string): HeaderReading => ({ kind: 'fault', message });

/** Why these characters cannot part an interchange, or undefined when they can. */
function separatorFault(separators: X12Separators): string | undefined {
  const { element, component, terminator } = separators;
  const all = [element, component, terminator];
  if (component === '~' && /[\r\n]/.test(terminator)) {
    return 'ISA16 is missing: put the component separator (usually :) before the terminator ~';
  }
  if (all.some((character) => alphanumeric.test(character)) || /\s/.test(element + component)) {
    return 'ISA does not hold 16 elements with the component separator last, then the terminator';
  }
  if (new Set(all).size < all.length) {
    return 'ISA: element separator, component separator and terminator must differ';
  }
  return undefined;
}

/**
 * Reads the header at index `at`, where `ISA` and its separator stand. Elements are counted, not
 * taken by column, so that a wrongly padded header still opens its interchange.
 */
export function readX12Header(text: string, at: number, isLast: boolean): HeaderReading {
  const element = text[at + 3];
  if (element === undefined) {
    return isLast ? fault('the file ends inside ISA; send it whole') : { kind: 'more' };
  }
  const window = text.slice(at, at + headerCharsMax);
  let cut = 0;
  for (let i = 0; i < 16 && cut >= 0; i += 1) cut = window.indexOf(element, cut + 1);
  const [component, terminator] = cut < 0 ? [] : window.slice(cut + 1, cut + 3);
  if (component === undefined || terminator === undefined) {
    if (window.length < headerCharsMax && !isLast) return { kind: 'more' };
    return fault('ISA does not hold 16 elements; send the file with its whole ISA segment');
  }
  const elements = window.slice(0, cut + 2).split(element);
  const repetition = elements[11] ?? '';
  const separators: X12Separators = {
    element,
    component,
    ...(/^[^A-Za-z0-9\s]$/.test(repetition) && { repetition }),
    terminator,
  };
  const wrong = separatorFault(separators);
  if (wrong !== undefined) return fault(wrong);
  return { kind: 'header', separators, elements, end: at + cut + 3 };
}
