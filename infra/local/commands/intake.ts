// `codewatch intake <files…>`: stores claims and templates for the tenant `local`, each checked at once.
import { artifactBody } from '../../../functions/api/artifact-body.ts';
import type { Artifact } from '../../../shared/core/artifact.ts';
import type { Finding } from '../../../shared/core/finding.ts';
import { countOf } from '../../../shared/core/wording.ts';
import { thousands } from '../closing-table.ts';
import { type AskApi, openSession } from '../session.ts';
import { exitCodes } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { bodyOf, type Command } from './command.ts';
import { readArtifactFiles } from './read-artifact-files.ts';

/** Records on their way at once. */
const concurrencyMax = 8;

/** Exit code 1 when a record was refused; the others are stored all the same. */
export const intake: Command = async ({ words, settings, terminal }) => {
  if (words.length === 0) throw new UsageError('intake takes one or more files');
  const { artifacts, rejected } = await readArtifactFiles(words);
  const session = await openSession(settings, 'intake', console.error);
  try {
    const findings = await store(
      session.ask,
      artifacts.map((one) => one.artifact),
    );
    const accepted = artifacts.length;
    const refused = rejected.map(({ file, where, ...why }) => ({
      where: `${file}, ${where}`,
      ...why,
    }));
    terminal.answer({ accepted, rejected: refused, findings: findings.length }, () => {
      const lines = refused.map((one) => `${one.where}: ${one.message} (${one.code})`);
      const hit = `${countOf(findings.length, 'finding')} on them`;
      const stored = `${countOf(accepted, 'record')} stored, ${thousands(refused.length)} refused`;
      return [...lines, ...byCode(findings), `${stored}; ${hit}`].join('\n');
    });
    return refused.length > 0 ? exitCodes.findings : exitCodes.ok;
  } finally {
    await session.close();
  }
};

/** Puts every artifact; answers what hits them, as the API says it. */
async function store(ask: AskApi, artifacts: readonly Artifact[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const waiting = artifacts.values();
  const worker = async (): Promise<void> => {
    for (const artifact of waiting) {
      const { type, id, ...body } = artifactBody(artifact);
      const path = `/v1/${type}s/${encodeURIComponent(id)}`;
      const stored = await bodyOf<{ findings: Finding[] }>(await ask('PUT', path, body));
      findings.push(...stored.findings);
    }
  };
  await Promise.all(Array.from({ length: concurrencyMax }, worker));
  return findings;
}

/** One line a code: how many records use it though they may not. */
function byCode(findings: readonly Finding[]): string[] {
  const groups = Map.groupBy(
    findings,
    ({ code, kind, release }) => `${code}, ${kind} in ${release}`,
  );
  return [...groups].map(([what, all]) => `${what}: ${countOf(all.length, 'record')}`);
}
