// Opens a zip from upstream without trusting it: what it says of itself is checked, and what comes out is counted.
import * as yauzl from 'yauzl';
import type { QualityFinding } from '../core/release.ts';
import { createFindingList } from './finding-list.ts';
import { looksLikeHtml } from './looks-like-html.ts';
import {
  defaultZipLimits,
  listMembers,
  type Members,
  type ZipEntry,
  type ZipFault,
  type ZipLimits,
} from './zip-directory.ts';
import { type MemberStream, streamMember, unpackMember } from './zip-member.ts';

export type { ZipEntry, ZipLimits } from './zip-directory.ts';

/** An opened zip. `read` never throws for bad content: it answers no bytes and the findings. */
export type ZipContents = {
  readonly entries: readonly ZipEntry[];
  readonly findings: readonly QualityFinding[];
  read(name: string): Promise<{ bytes: Uint8Array; findings: readonly QualityFinding[] }>;
  /** Unpacks a member while it is read, for one too large to hold; undefined when there is none that may be read. */
  stream(name: string): MemberStream | undefined;
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Why the bytes could not be opened as a zip: not one at all, a web page, cut off, or damaged. */
function faultOfOpening(bytes: Uint8Array, error: unknown): ZipFault {
  if (looksLikeHtml(bytes)) {
    return {
      code: 'html-instead-of-file',
      message: 'This is a web page, not the file. Look at the URL.',
    };
  }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    return {
      code: 'not-a-zip',
      message: `These ${bytes.byteLength} bytes are not a zip. Fetch the file again.`,
    };
  }
  const reason = messageOf(error);
  if (/End of central directory/.test(reason)) {
    return {
      code: 'zip-truncated',
      message: 'The zip is cut off: its directory is missing. Fetch it again.',
    };
  }
  return { code: 'zip-damaged', message: `The zip cannot be opened: ${reason}` };
}

const nothing: Uint8Array = new Uint8Array(0);

function refuse(findings: readonly QualityFinding[]): ZipContents {
  return {
    entries: [],
    findings,
    read: async () => ({ bytes: nothing, findings }),
    stream: () => undefined,
  };
}

function openDirectory(source: Buffer): Promise<yauzl.ZipFile> {
  return yauzl.fromBufferPromise(source, {
    autoClose: false,
    decodeStrings: false,
    validateEntrySizes: false,
  });
}

/**
 * Opens a zip. Findings, all errors, each for its own reason: `not-a-zip`, `html-instead-of-file`, `zip-truncated`,
 * `zip-damaged`, `zip-entries-max`, `zip-bytes-max`, `zip-ratio-max`, `zip-path`, `zip-encrypted`; from `read` also
 * `zip-member-missing`. Members with a finding are not listed. Format: PKWARE APPNOTE.
 */
export async function openZip(
  bytes: Uint8Array,
  options: { readonly where: string; readonly limits?: ZipLimits },
): Promise<ZipContents> {
  const { where, limits = defaultZipLimits } = options;
  const list = createFindingList();
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let members: Members;
  let zip: yauzl.ZipFile;
  try {
    zip = await openDirectory(source);
    if (zip.entryCount > limits.entriesMax) {
      const message = `It has ${zip.entryCount} members; at most ${limits.entriesMax} are read.`;
      list.add('zip-entries-max', 'error', where, message);
      return refuse(list.all());
    }
    members = await listMembers(zip, limits, where, list);
  } catch (error) {
    const encrypted = /encrypt/i.test(messageOf(error));
    const fault = encrypted
      ? { code: 'zip-encrypted', message: 'The zip is encrypted.' }
      : faultOfOpening(bytes, error);
    list.add(fault.code, 'error', where, fault.message);
    return refuse(list.all());
  }
  return {
    entries: [...members.values()].map((member) => member.shown),
    findings: list.all(),
    async read(name) {
      const member = members.get(name);
      const unpacked = member
        ? await unpackMember(source, zip, member.entry)
        : {
            code: 'zip-member-missing',
            message: 'The zip has no such member, or it may not be read.',
          };
      if (unpacked instanceof Uint8Array) return { bytes: unpacked, findings: [] };
      const finding = { ...unpacked, severity: 'error', where: `${where} member ${name}` } as const;
      return { bytes: nothing, findings: [finding] };
    },
    stream(name) {
      const member = members.get(name);
      return member && streamMember(source, zip, member.entry);
    },
  };
}
