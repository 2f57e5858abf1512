// The name of a claim that tells nothing of its number to whoever lacks the tenant's key: HMAC-SHA256
// (RFC 2104) of the id as sent. docs/decisions/0010-hashed-references.md says where the key lies.
import { createHmac } from 'node:crypto';
import type { Claim } from './artifact.ts';

/** 256 bits as base64url, behind a mark that tells a hash from an id as sent, and its version. */
const shape = /^h1-[\w-]{43}$/;

/** True for a name that {@link hashedReference} made. */
export const isHashedReference = (id: string): boolean => shape.test(id);

/**
 * The name of the claim of this id under the tenant's key; of a name it made before, that name, so
 * that what an answer or finding calls a claim finds it again.
 */
export function hashedReference(key: string, id: string): string {
  if (isHashedReference(id)) return id;
  return `h1-${createHmac('sha256', key).update(id).digest('base64url')}`;
}

/** The claim under its hashed name, without the other one it was shown by, which could tell. */
export function hashedClaim(key: string, { name: _, ...claim }: Claim): Claim {
  return { ...claim, id: hashedReference(key, claim.id) };
}
