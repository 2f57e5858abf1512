// The snapshot of the official releases as a file. Built, where it is not there yet, in a process of its own: taking all
// releases in leaves a large heap behind, and what is measured in the same process then pays for it.
import { execFileSync } from 'node:child_process';

const program = `
  import { officialSnapshotPath } from ${JSON.stringify(import.meta.resolve('../support/official-snapshot.ts'))};
  console.log(await officialSnapshotPath());
`;

/** Path of the file; it stays for the next run. */
export function officialFile(): string {
  const args = ['--input-type=module', '--eval', program];
  return execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
}
