// The AWS stack synthesised as `npm run synth` does it, into a temporary folder.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, type Stack } from 'aws-cdk-lib';
import { codewatchStack } from '../../infra/aws/stack.ts';

/** One resource of the template, as far as tests look. */
export type Resource = {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
};

/** The stack, its template's resources by logical id, and the folder of the cloud assembly. */
export type Synthesized = {
  readonly app: App;
  readonly stack: Stack;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly folder: string;
};

const settings: { readonly context: Record<string, unknown> } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../cdk.json', import.meta.url)), 'utf8'),
);

/**
 * Synthesises with the context of cdk.json and what is added to it. With `bundles`, esbuild runs as for a deployment and
 * the folder is left to the caller to remove.
 */
export function synthesizeStack(
  added: Readonly<Record<string, unknown>> = {},
  { bundles = false } = {},
): Synthesized {
  const context = { ...added, ...(bundles ? {} : { 'aws:cdk:bundling-stacks': [] }) };
  const folder = mkdtempSync(join(tmpdir(), 'codewatch-synth-'));
  const app = new App({ context: { ...settings.context, ...context }, outdir: folder });
  const stack = codewatchStack(app);
  const assembly = app.synth();
  const { Resources } = assembly.getStackArtifact(stack.artifactId).template;
  if (!bundles) rmSync(folder, { recursive: true });
  return { app, stack, resources: Resources, folder };
}

/** The logical id of the resource that CDK made for a construct path without slashes; throws when there is none. */
export function logicalId(from: Synthesized, path: string): string {
  const named = new RegExp(`^${path}[0-9A-F]{8}$`);
  const id = Object.keys(from.resources).find((each) => named.test(each));
  if (id === undefined) throw new Error(`the template has no ${path}`);
  return id;
}

/** The resource that CDK made for a construct path without slashes. */
export function resource(from: Synthesized, path: string): Resource {
  const found = from.resources[logicalId(from, path)];
  if (!found) throw new Error(`the template has no ${path}`);
  return found;
}

/** All resources of a type. */
export function resourcesOf(from: Synthesized, type: string): Resource[] {
  return Object.values(from.resources).filter((each) => each.Type === type);
}
