// Lambda face of edit lists: what operators leave in the inbox, each list taken in by itself, all of it or nothing.
import { fileOf, type InboxRecord, parseInboxMessage } from '../../shared/edge/inbox-message.ts';
import { editsPrefix, editsResultsPrefix } from '../../shared/edge/inbox-prefixes.ts';
import { type EdgePorts, portsFromEnvironment } from '../../shared/edge/ports-from-environment.ts';
import { handleEach, type SqsBatch, type SqsBatchResult } from '../../shared/edge/sqs-batch.ts';
import { type EditsResult, takeInEditsFile } from '../../shared/steps/take-in-edits-file.ts';

/** What the handler needs. */
export type EditsHandlerPorts = Pick<
  EdgePorts,
  'codeItems' | 'archive' | 'inbox' | 'clock' | 'log'
> & { readonly progress?: (line: string) => void };

/** Findings of a list that are logged; its result has all. */
const loggedMax = 20;

const why = ({ refusal, findings = [] }: EditsResult): readonly string[] =>
  refusal === undefined
    ? findings
        .slice(0, loggedMax)
        .map(({ where, message, code }) => `${where}: ${message} (${code})`)
    : [refusal];

const lineOf = (result: EditsResult): string => {
  const what = { yes: 'taken in', already: 'was taken in before', no: 'refused' }[result.takenIn];
  const reasons = result.takenIn === 'no' ? `: ${why(result).join('; ')}` : '';
  return `edits: ${result.file} ${what}${reasons}`;
};

/** The handler over given ports: Lambda and the local runtime use the same. */
export function createHandler(
  ports: EditsHandlerPorts,
): (event: SqsBatch) => Promise<SqsBatchResult> {
  const { codeItems: items, archive, inbox, clock, log } = ports;
  const prefixes = { files: editsPrefix, results: editsResultsPrefix };
  const takeOne = async (record: InboxRecord): Promise<void> => {
    const file = fileOf(record);
    // What a console makes for a folder: there is nothing in it.
    if (file.key.endsWith('/')) return;
    const result = await takeInEditsFile({ items, archive, inbox, clock, prefixes }, file);
    if (!result) {
      log.info('edits file gone');
      return;
    }
    const { takenIn, version, counts } = result;
    // Operators name these files, and they hold nothing of a patient: name and reasons may be told.
    const told = { file: result.file, version, counts, why: why(result) };
    if (takenIn === 'no') log.warn('edits file refused', told);
    else log.info('edits file taken in', { takenIn, ...told });
    ports.progress?.(lineOf(result));
  };
  return (event) => {
    const take = async (body: unknown): Promise<void> => {
      for (const record of parseInboxMessage(body)) await takeOne(record);
    };
    return handleEach(event, take, (messageId, error) =>
      log.error('edits failed', error, { messageId }),
    );
  };
}

let ready: ReturnType<typeof createHandler> | undefined;

/** Lambda's entry; ports are made at the first message. */
export const handler: ReturnType<typeof createHandler> = (event) => {
  if (!ready) {
    const { codeItems, archive, inbox, clock, log } = portsFromEnvironment(process.env);
    ready = createHandler({ codeItems, archive, inbox, clock, log });
  }
  return ready(event);
};
