// Routes to the published snapshot, for those who want the whole table as one SQLite file.
import { type Context, Hono } from 'hono';
import { CodewatchError } from '../../shared/core/errors.ts';
import type { SnapshotPointer, SnapshotReader } from '../../shared/ports/snapshot-store.ts';
import { readSnapshotPointer } from '../../shared/store/snapshot-pointer.ts';
import type { ApiPorts } from './api-ports.ts';
import { readQuery } from './read-query.ts';

/** What `GET /v1/snapshot` answers: what to fetch, and how to tell that it came whole. */
export type SnapshotBody = Omit<SnapshotPointer, 'name'> & {
  /** Path of the gzipped file; it stays the same file for ever. */
  readonly href: string;
};

/** As {@link SnapshotPointer.name} is made; nothing else is looked for. */
const nameShape = /^f\d+(?:_[a-z0-9]+-\d+)+_[0-9a-f]{12}\.sqlite\.gz$/;

/** A year: the bytes of a name never change. */
const keptSeconds = 31_536_000;

/** `GET /v1/snapshot` tells of the newest file, `GET /v1/snapshot/{name}` gives it. Public. */
export function snapshotRoutes(ports: ApiPorts): Hono {
  return new Hono()
    .get('/snapshot', async (c) => {
      readQuery(c, {});
      const pointer = await readSnapshotPointer(ports.codeItems);
      if (!pointer) throw none('no snapshot is published yet; the first release brings one');
      const { name, ...rest } = pointer;
      return c.json({ ...rest, href: `/v1/snapshot/${name}` } satisfies SnapshotBody);
    })
    .get('/snapshot/:name', async (c) => {
      readQuery(c, {});
      const name = c.req.param('name');
      if (!ports.snapshots || !nameShape.test(name)) throw noFile(name);
      const { link } = ports.snapshots;
      // Lambda takes 6 MB for an answer: there the file comes from S3, by a link that works for some minutes.
      if (link) return c.redirect(await link(name), 307);
      return answerFile(c, name, ports.snapshots);
    });
}

async function answerFile(c: Context, name: string, snapshots: SnapshotReader): Promise<Response> {
  const headers = {
    etag: `"${name}"`,
    'cache-control': `public, max-age=${keptSeconds}, immutable`,
    'content-type': 'application/gzip',
    'content-disposition': `attachment; filename="${name}"`,
  };
  // Its name stands for its bytes: whoever has it needs it never again.
  if (c.req.header('if-none-match')?.includes(headers.etag)) {
    return c.body(null, 304, headers);
  }
  try {
    return c.body(Uint8Array.from(await snapshots.read(name)), 200, headers);
  } catch (error) {
    if (error instanceof CodewatchError && error.code === 'archive-missing') throw noFile(name);
    throw error;
  }
}

const none = (message: string): CodewatchError => new CodewatchError('not-found', message);

const noFile = (name: string): CodewatchError =>
  none(`no snapshot file ${name.slice(0, 100)}; GET /v1/snapshot names the newest`);
