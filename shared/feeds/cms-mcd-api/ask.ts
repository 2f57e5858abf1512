// Asks the Coverage API in one run: page after page, with the licence token where one is needed, and counts requests.
import type { FindingList } from '../../formats/finding-list.ts';
import type { PolicyDiscoveryContext, PolicyFile } from '../policy-feed.ts';
import { nextPage, paths } from './addresses.ts';
import { type ApiRow, answerBytesMax, readAnswer } from './answer.ts';

/** Pages of one table at most: the largest answers known have one. */
const pagesMax = 20;

/** What a path answers, whole. */
export type Answer = { readonly rows: readonly ApiRow[]; readonly files: readonly PolicyFile[] };

/** Asks in one run. */
export type Asking = {
  /** Requests so far. */
  readonly requests: () => number;
  /** Every page of a path; undefined, with a finding, when one of them could not be had or read. */
  readonly get: (
    path: string,
    how?: { readonly token?: string; readonly mayBeMissing?: true },
  ) => Promise<Answer | undefined>;
  /** A licence token; undefined, with a finding, when there is none. It is in no file of the archive. */
  readonly licence: () => Promise<string | undefined>;
};

const licenceBytesMax = 100_000;
// What may stand in a header; the token itself is in no message.
const tokenForm = /^[\w.~+/=-]{8,4096}$/;

/** Asks at `base`, `https://api.coverage.cms.gov`. */
export function createAsking(
  base: string,
  context: Pick<PolicyDiscoveryContext, 'get' | 'bytesOf'>,
  list: FindingList,
): Asking {
  let requests = 0;
  const page = async (path: string, how: Parameters<Asking['get']>[1]) => {
    requests += 1;
    const url = `${base}${path}`;
    const file = await context.get({ url, bytesMax: answerBytesMax, ...how });
    const answer = file && readAnswer(await context.bytesOf(file), url, list);
    return answer && { file, ...answer };
  };
  return {
    requests: () => requests,
    async get(path, how) {
      const rows: ApiRow[] = [];
      const files: PolicyFile[] = [];
      let next: string | undefined = path;
      while (next !== undefined) {
        const got: Awaited<ReturnType<typeof page>> = await page(next, how);
        if (!got) return undefined;
        rows.push(...got.rows);
        files.push(got.file);
        next = got.nextToken === undefined ? undefined : nextPage(path, got.nextToken);
        if (next !== undefined && files.length === pagesMax) {
          const message = `It goes on after ${pagesMax} pages; nothing of it is taken.`;
          list.add('mcd-api-pages', 'warning', `${base}${path}`, message);
          return undefined;
        }
      }
      return { rows, files };
    },
    async licence() {
      requests += 1;
      const url = `${base}${paths.licence}`;
      const file = await context.get({ url, bytesMax: licenceBytesMax, secret: true });
      const answer = file && readAnswer(await context.bytesOf(file), url, list);
      const token = answer?.rows[0]?.token;
      if (typeof token === 'string' && tokenForm.test(token)) return token;
      const message = 'It gives no licence token; documents are read at the next run.';
      list.add('mcd-api-no-token', 'warning', url, message);
      return undefined;
    },
  };
}
