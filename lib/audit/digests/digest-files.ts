/**
 * CloudTrail's log files and digest files (facts §17.4), as a folder instead of a bucket. What differs, and why:
 *
 *   - Digests are signed with the log's Ed25519 key, not by RSA, so that one public key checks everything. The signature
 *     is a signed note (C2SP) beside the digest, under its name and .note, where S3 has it in the object's metadata:
 *
 *       keyhouse-audit-digest/v1           every line ends in a line feed
 *       <digestEndTime>
 *       <path of the digest>
 *       <SHA-256 of the digest's JSON, hexadecimal>
 *       <signature of the digest before, base64, or null>
 *
 *   - digestSignatureAlgorithm is Ed25519, and digestPublicKeyFingerprint the verifier key's name and id.
 */
import type { Buffer } from 'node:buffer'
import { sha256Hex } from '../../crypto/digest.ts'

export const BUCKET = 'keyhouse'
const TRAIL = 'keyhouse'

/** Whose files: each account and Region has its own chain. */
export type Trail = { readonly account: string; readonly region: string }

/** 2026-11-25T02:00:00Z */
export const seconds = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`
/** 20261125T020000Z */
const compact = (at: Date) => seconds(at).replace(/[-:]/g, '')
const dayPath = (at: Date) => at.toISOString().slice(0, 10).replaceAll('-', '/')

/** The n-th log file of the hour that ends then. */
export function logPath({ account, region }: Trail, end: Date, part: number): string {
  const minute = `${compact(end).slice(0, 13)}Z`
  const unique = sha256Hex(`${account}/${region}/${compact(end)}/${part}`).slice(0, 16)
  return `AWSLogs/${account}/CloudTrail/${region}/${dayPath(end)}/${account}_CloudTrail_${region}_${minute}_${unique}.json.gz`
}

export const digestPath = ({ account, region }: Trail, end: Date): string =>
  `AWSLogs/${account}/CloudTrail-Digest/${region}/${dayPath(end)}/${account}_CloudTrail-Digest_${region}_${TRAIL}_${region}_${compact(end)}.json.gz`

export const notePath = (digest: string): string => `${digest}.note`

/** The records' exact texts, in one JSON. */
export const logFile = (records: readonly string[]): string => `{"Records":[${records.join(',')}]}`

export type LogFile = {
  readonly path: string
  /** SHA-256 of the uncompressed file, hexadecimal. */
  readonly hash: string
  readonly oldest: Date
  readonly newest: Date
}

/** What a digest is chained to. */
export type Link = { readonly path: string; readonly hash: string; readonly signature: string }

export type Digest = {
  readonly trail: Trail
  readonly start: Date
  readonly end: Date
  readonly files: readonly LogFile[]
  readonly before: Link | null
  readonly fingerprint: string
}

const timeOrNull = (times: readonly Date[], pick: (...numbers: number[]) => number) =>
  times.length === 0 ? null : seconds(new Date(pick(...times.map((time) => time.getTime()))))

/** The digest's JSON. */
export function digestFile({ trail, start, end, files, before, fingerprint }: Digest): string {
  return JSON.stringify({
    awsAccountId: trail.account,
    digestStartTime: seconds(start),
    digestEndTime: seconds(end),
    digestS3Bucket: BUCKET,
    digestS3Object: digestPath(trail, end),
    digestPublicKeyFingerprint: fingerprint,
    digestSignatureAlgorithm: 'Ed25519',
    newestEventTime: timeOrNull(
      files.map((file) => file.newest),
      Math.max,
    ),
    oldestEventTime: timeOrNull(
      files.map((file) => file.oldest),
      Math.min,
    ),
    previousDigestS3Bucket: before ? BUCKET : null,
    previousDigestS3Object: before?.path ?? null,
    previousDigestHashValue: before?.hash ?? null,
    previousDigestHashAlgorithm: before ? 'SHA-256' : null,
    previousDigestSignature: before?.signature ?? null,
    logFiles: files.map(({ path, hash, oldest, newest }) => ({
      s3Bucket: BUCKET,
      s3Object: path,
      hashValue: hash,
      hashAlgorithm: 'SHA-256',
      newestEventTime: seconds(newest),
      oldestEventTime: seconds(oldest),
    })),
  })
}

/** What is signed of a digest. */
export const digestStatement = (digest: Digest, json: Buffer | string): string =>
  `keyhouse-audit-digest/v1\n${seconds(digest.end)}\n${digestPath(digest.trail, digest.end)}\n${sha256Hex(json)}\n${digest.before?.signature ?? 'null'}\n`

/** The signature of a note, base64, as the next digest states it. */
export const signatureOf = (note: string): string => note.trimEnd().split(' ').at(-1) ?? ''
