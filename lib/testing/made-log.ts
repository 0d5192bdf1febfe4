/** A log of events that never happened, with its tree and its key, as an export's feed: for tests and measurements. */
import { Buffer } from 'node:buffer'
import type { LoggedEvent } from '#lib/audit/folder/event-line.ts'
import type { Feed } from '#lib/audit/folder/write.ts'
import { leafHash } from '#lib/audit/tree/hash.ts'
import {
  parseVerifierKey,
  printVerifierKey,
  signCheckpoint,
  signText,
  type TreeHead,
  type VerifierKey,
} from '#lib/audit/tree/note.ts'
import { edgeOf, grow, type Tile, tileName } from '#lib/audit/tree/tiles.ts'
import { sha256 } from '#lib/crypto/digest.ts'
import { logSigner } from '#lib/crypto/log-signer.ts'
import { secretKey } from '#lib/crypto/secret-key.ts'
import { leafText } from '#lib/domain/log-leaf.ts'

const ORIGIN = 'keyhouse/made-log'
const ENGINE = '0b3c8f1e-0000-4000-8000-000000000001'
const START = Date.UTC(2026, 10, 25)

const hashOf = (text: string) => sha256(text).toString('base64')

/** The n-th event of a made log, the same each time. */
export function madeEvent(index: number): LoggedEvent {
  const time = new Date(START + index * 10).toISOString()
  const id = `0193${String(index).padStart(8, '0').slice(0, 4)}-${String(index).padStart(8, '0').slice(4)}-7000-8000-${String(index).padStart(12, '0')}`
  const record = JSON.stringify({
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: 'arn:aws:iam::111122223333:user/orders',
      accountId: '111122223333',
      accessKeyId: 'AKIAEXAMPLE',
      userName: 'orders',
    },
    eventTime: `${time.slice(0, 19)}Z`,
    eventSource: 'kms.amazonaws.com',
    eventName: 'Encrypt',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.7',
    userAgent:
      'aws-cli/2.31.0 md/Botocore#1.40.1 ua/2.1 os/linux md/arch#x86_64 lang/python#3.13 md/pyimpl#CPython',
    requestParameters: {
      keyId: 'alias/payments',
      encryptionContext: { order: String(index), tenant: 'acme' },
    },
    responseElements: null,
    requestID: id,
    eventID: id,
    readOnly: true,
    resources: [
      {
        accountId: '111122223333',
        type: 'AWS::KMS::Key',
        ARN: 'arn:aws:kms:eu-west-1:111122223333:key/3f81c2d4-0000-4000-8000-000000000001',
      },
    ],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    keyhouse: { class: 'crypto', outcome: 'ok', source: 'wire', aliasName: 'alias/payments' },
  })
  const decision = JSON.stringify({
    decisions: [
      {
        action: 'kms:Encrypt',
        resource: 'arn:aws:kms:eu-west-1:111122223333:key/3f81c2d4-0000-4000-8000-000000000001',
        allowed: true,
        gates: ['explicit deny: none', 'key policy: statement 2'],
        policies: [hashOf('a'), hashOf('b')],
      },
    ],
  })
  const context = JSON.stringify({ 'aws:SourceIp': ['192.0.2.7'], 'aws:PrincipalAccount': ['111122223333'] })
  const leaf = leafText({
    id,
    time,
    account: '111122223333',
    region: 'eu-west-1',
    keyId: '3f81c2d4-0000-4000-8000-000000000001',
    engineId: ENGINE,
    stream: 'batch',
    counter: String(index + 1),
    bodyHash: hashOf(record),
    decisionHash: hashOf(decision),
    contextHash: hashOf(context),
  })
  return { index, leaf, record: Buffer.from(record), decision, context }
}

export type MadeLog = {
  readonly head: TreeHead
  /** The signed head of the first `size` events. */
  readonly checkpoint: (size?: number) => string
  readonly key: VerifierKey
  readonly verifierKey: string
  readonly feed: Feed
  readonly headAt: (size: number) => TreeHead
  /** A note over any text. */
  readonly sign: (text: string) => string
}

/** Its key is the same in every run. */
export function makeLog(size: number): MadeLog {
  const signer = logSigner(secretKey(Buffer.alloc(32, 7)))
  const tiles = new Map<string, Tile>()
  const heads = new Map<number, TreeHead>()
  let head: TreeHead = { origin: ORIGIN, size: 0, root: grow([], 0, []).root }
  for (let from = 0; from < size; from += 4096) {
    const edge = edgeOf(from).flatMap((key) => tiles.get(tileName(key)) ?? [])
    const leaves = Array.from({ length: Math.min(4096, size - from) }, (_, i) =>
      leafHash(Buffer.from(madeEvent(from + i).leaf)),
    )
    const grown = grow(edge, from, leaves)
    for (const tile of grown.tiles) tiles.set(tileName(tile), tile)
    head = { origin: ORIGIN, size: grown.size, root: grown.root }
    heads.set(head.size, head)
  }
  const headAt = (at: number): TreeHead => heads.get(at) ?? (at === size ? head : makeLog(at).head)
  return {
    head,
    headAt,
    sign: (text) => signText(Buffer.from(text), ORIGIN, signer),
    checkpoint: (at = size) => signCheckpoint(headAt(at), signer),
    verifierKey: printVerifierKey(ORIGIN, signer.publicKey),
    key: parseVerifierKey(printVerifierKey(ORIGIN, signer.publicKey)),
    feed: {
      async events(first, end) {
        const next = Math.min(end, first + 1000)
        return { events: Array.from({ length: next - first }, (_, i) => madeEvent(first + i)), next }
      },
      async tiles(level, first) {
        const found = [...tiles.values()].filter((tile) => tile.level === level && tile.index >= first)
        return found.sort((a, b) => a.index - b.index).slice(0, 256)
      },
    },
  }
}
