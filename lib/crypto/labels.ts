/**
 * Every label that separates one derived use of a key from another (R11).
 * A label is part of stored data: once released it is never changed and never given a second meaning.
 */
export const LABELS = {
  /** One-use keys of records wrapped by a domain key (wrap.ts). */
  wrap: 'wrap/v1',
  /** One-use keys and commitments of ciphertext blobs (blob.ts). */
  blob: 'blob/v1',
  /** One-use keys of domain keys wrapped by the root key. */
  rootWrap: 'root-wrap/v1',
  /** Check values of keys (check-value.ts). */
  checkValue: 'check-value/v1',
  /** The key of the MACs of rows (row-mac.ts). */
  rowMac: 'row-mac/v1',
  /** The key of the MACs of audit events. */
  auditMac: 'audit-mac/v1',
  /** Pagination markers (marker.ts). */
  pageToken: 'page-token/v1',
  /** Hashes of opaque tokens (opaque-token.ts). */
  opaqueToken: 'opaque-token/v1',
  /** Key material ids (material-id.ts). */
  materialId: 'keyhouse/material/v1',
  /** The secret that next-auth encrypts its cookie with. */
  nextAuth: 'next-auth/v1',
  /** The secret between the console and the engine. */
  channel: 'channel/v1',
  /** Grant tokens. */
  grantToken: 'grant-token/v1',
  /** Import tokens. */
  importToken: 'import-token/v1',
  /** Sessions of people. */
  session: 'session/v1',
  /** Hashes of invocation ids. */
  invocation: 'invocation/v1',
  /** Hashes of who failed to sign in and from where. */
  signInAttempt: 'sign-in-attempt/v1',
  /** Passwords of the database roles. */
  databaseRole: 'database-role/v1',
  /** The seed of the signing key of checkpoints. */
  checkpoint: 'checkpoint/v1',
} as const

export type Label = (typeof LABELS)[keyof typeof LABELS]
