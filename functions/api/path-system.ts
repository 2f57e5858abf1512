// The code system a path names.
import { type CodeSystemId, codeSystemIds, isCodeSystemId } from '../../shared/core/code-system.ts';
import { CodewatchError } from '../../shared/core/errors.ts';

/** The id in a path; throws `not-found`, naming those there are, for any other text. */
export function systemInPath(text: string): CodeSystemId {
  if (isCodeSystemId(text)) return text;
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  throw new CodewatchError(
    'not-found',
    `no code system ${shown}; there are ${codeSystemIds.join(', ')}`,
  );
}
