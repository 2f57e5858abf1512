// Stores what the sample clinic uses, for the tenant `local`: its templates and claims.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { readIntake } from '../../shared/claims/read-intake.ts';
import type { Artifact } from '../../shared/core/artifact.ts';
import { type RegisterPorts, registerArtifact } from '../../shared/steps/register.ts';
import { localTenant } from './create-resources.ts';
import { sampleTenantFolder } from './sample/sample.ts';

/** Registers the sample clinic; safe to repeat. Answers how many of each there are. */
export async function registerSampleTenant(
  ports: RegisterPorts,
): Promise<{ templates: number; claims: number }> {
  const stored = [...(await readSample('templates.json')), ...(await readSample('claims.json'))];
  await Promise.all(stored.map((one) => registerArtifact(ports, localTenant, one)));
  const templates = stored.filter((one) => one.type === 'template').length;
  return { templates, claims: stored.length - templates };
}

async function readSample(name: string): Promise<readonly Artifact[]> {
  const artifacts: Artifact[] = [];
  for await (const record of readIntake(createReadStream(join(sampleTenantFolder, name)))) {
    // The sample is ours: a record in it that is refused is a defect.
    if (record.kind !== 'accepted')
      throw new Error(`sample ${name}, ${record.where}: not accepted`);
    artifacts.push(record.artifact);
  }
  return artifacts;
}
