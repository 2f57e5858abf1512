// Stores what the sample clinic uses, for the tenant `local`: its templates and claims.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArtifact } from '../../shared/claims/parse-artifact.ts';
import type { Artifact } from '../../shared/core/artifact.ts';
import { type RegisterPorts, registerArtifact } from '../../shared/steps/register.ts';
import { localTenant } from './create-resources.ts';
import { sampleTenantFolder } from './sample/sample.ts';

/** Registers the sample clinic; safe to repeat. Answers how many of each there are. */
export async function registerSampleTenant(
  ports: RegisterPorts,
): Promise<{ templates: number; claims: number }> {
  const templates = await readSample('templates.json', 'template');
  const claims = await readSample('claims.json', 'claim');
  await Promise.all(
    [...templates, ...claims].map((one) => registerArtifact(ports, localTenant, one)),
  );
  return { templates: templates.length, claims: claims.length };
}

async function readSample(name: string, type: Artifact['type']): Promise<readonly Artifact[]> {
  const bodies: { id: string }[] = JSON.parse(
    await readFile(join(sampleTenantFolder, name), 'utf8'),
  );
  return bodies.map((body) => {
    const { artifact, refusal } = parseArtifact(body, type, body.id);
    // The sample is ours: a record in it that is refused is a defect.
    if (!artifact) throw new Error(`sample ${name}, ${body.id}: ${refusal.message}`);
    return artifact;
  });
}
