// The environment of the functions in the local runtime: the embedded engines, what was made on them, and the source.
import { readFileSync } from 'node:fs';
import { readFeedConfiguration } from '../../shared/feeds/configured-feeds.ts';
import type { FeedConfiguration } from '../../shared/feeds/feed-configuration-file.ts';
import { baseUrl as baseUrlSpec, feedConfiguration } from '../topology.ts';
import type { LocalResources } from './create-resources.ts';
import type { Engines } from './engines.ts';
import { sampleMirrorFolder } from './sample/sample.ts';
import type { Settings, SourceSetting } from './settings.ts';
import { UsageError } from './usage.ts';

/** Payers and policy feeds: of the file named, else as deployed. Throws a UsageError that names what is wrong in it. */
export function configurationIn({ config }: Pick<Settings, 'config'>): FeedConfiguration {
  if (config === undefined) return feedConfiguration;
  try {
    return readFeedConfiguration(readFileSync(config), config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What the functions find in their environment; on AWS the CDK app sets the same variables. */
export function environmentOf(
  engines: Engines,
  resources: LocalResources,
  { source, baseUrl, now }: Pick<Settings, 'source' | 'now'> & { readonly baseUrl: string },
): Readonly<Record<string, string>> {
  return {
    ...resources.environment,
    CODEWATCH_DYNAMODB: engines.dynamodb.endpoint,
    CODEWATCH_AWS_ENDPOINT: engines.aws.endpoint,
    CODEWATCH_SOURCE: sourceText(source),
    [baseUrlSpec.variable]: baseUrl,
    ...(now !== undefined && { CODEWATCH_NOW: now }),
  };
}

function sourceText(source: SourceSetting): string {
  if (source.kind === 'mirror') return source.folder;
  return source.kind === 'sample' ? sampleMirrorFolder : 'live';
}
