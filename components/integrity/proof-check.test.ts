/** What a browser says of proofs that the engine's own code made, and of the same proofs after somebody touched them. */
import { describe, expect, it } from 'vitest'
import { checkProof, parseProof } from '#lib/audit/folder/proof-file.ts'
import { leafHash } from '#lib/audit/tree/hash.ts'
import { parseVerifierKey, printVerifierKey, signCheckpoint } from '#lib/audit/tree/note.ts'
import { consistencyRanges, inclusionRanges, proofFrom } from '#lib/audit/tree/proof.ts'
import { grow, type TileKey, tileName } from '#lib/audit/tree/tiles.ts'
import { logSigner } from '#lib/crypto/log-signer.ts'
import { generateSecretKey } from '#lib/crypto/secret-key.ts'
import { leafText } from '#lib/domain/log-leaf.ts'
import { keyStep } from './key-step.ts'
import { isSameKey, seeKey, trustKey } from './known-keys.ts'
import {
  type ConsistencyProofView,
  checkConsistency,
  checkEventProof,
  type EventProofView,
  outcomeOf,
} from './proof-check.ts'
import { proofFile, textsOf } from './proof-file.ts'
import { sha256, toBase64, utf8 } from './tree-check.ts'

const { subtle } = crypto
const ORIGIN = 'keyhouse/test'
const RECORD = '{"eventName":"Decrypt","eventID":"the one"}'
const signer = logSigner(generateSecretKey().key)
const stranger = logSigner(generateSecretKey().key)
const KEY = printVerifierKey(ORIGIN, signer.publicKey)

const fields = {
  ...{ id: 'the one', time: '2026-11-25T01:00:00.000Z', account: '111122223333', region: 'eu-west-1' },
  ...{ keyId: null, engineId: 'an engine', stream: 'batch', counter: '7' },
  ...{ bodyHash: toBase64(await sha256(subtle, utf8(RECORD))), contextHash: null },
  decisionHash: toBase64(await sha256(subtle, utf8('{"verdict":"allow"}'))),
}
const LEAF = leafText(fields)

/** A log of `size` events in which the one stands at `index`. */
function logOf(size: number, index: number) {
  const leaves = Array.from({ length: size }, (_, at) =>
    leafHash(Buffer.from(at === index ? LEAF : `leaf ${at}`)),
  )
  const { root, tiles } = grow([], 0, leaves)
  const byName = new Map(tiles.map((tile) => [tileName(tile), tile.hashes]))
  return { root, leaves, tile: (key: TileKey) => byName.get(tileName(key)) }
}

const checkpoint = (size: number, root: Buffer, by = signer) => ({
  ...{ Origin: ORIGIN, Size: size, Root: root.toString('base64'), At: 1_795_000_000 },
  Note: signCheckpoint({ origin: ORIGIN, size, root }, by),
})
const base64 = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('base64'))

function proofOf(size: number, index: number): EventProofView {
  const { root, tile } = logOf(size, index)
  return {
    ...{ EventId: 'the one', Index: index, Leaf: LEAF, VerifierKey: KEY },
    LeafHash: leafHash(Buffer.from(LEAF)).toString('base64'),
    Hashes: base64(proofFrom(inclusionRanges(index, size), tile)),
    Checkpoint: checkpoint(size, root),
  }
}

const PROOF = proofOf(700, 300)
const OTHER = toBase64(await sha256(subtle, utf8('another')))
const DECISION = '{"verdict":"allow"}'
const texts = (record = RECORD) => ({ record, decision: DECISION, context: null })
const failing = async (proof: EventProofView, record = RECORD) =>
  (await checkEventProof(subtle, proof, texts(record)))
    .filter(({ holds }) => holds !== true)
    .map(({ name }) => name)

describe('a proof of one event', () => {
  it.each([
    [1, 0],
    [2, 0],
    [2, 1],
    [3, 2],
    [255, 254],
    [256, 0],
    [257, 256],
    [700, 300],
    [1000, 999],
  ])('of a log of %i holds at place %i', async (size, index) => {
    const steps = await checkEventProof(subtle, proofOf(size, index), texts())
    expect(steps.map(({ name }) => name)).toEqual([
      ...['Record', 'Decision', 'Leaf hash', 'Path', 'Checkpoint', 'Signature'],
    ])
    expect(outcomeOf(steps)).toBe('holds')
  })

  const changed = (part: Partial<EventProofView>) => ({ ...PROOF, ...part })
  const head = (part: Partial<EventProofView['Checkpoint']>) =>
    changed({ Checkpoint: { ...PROOF.Checkpoint, ...part } })
  it.each<[string, EventProofView, string | undefined, string[]]>([
    ['a record with one letter changed', PROOF, RECORD.replace('Decrypt', 'Encrypt'), ['Record']],
    [
      'a leaf that was made again from a changed event',
      changed({ Leaf: leafText({ ...fields, bodyHash: OTHER }) }),
      undefined,
      ['Record', 'Leaf hash'],
    ],
    ['a leaf at another time', changed({ Leaf: LEAF.replace('01:00', '02:00') }), undefined, ['Leaf hash']],
    ['the leaf of another event', changed({ EventId: 'another' }), undefined, ['Record']],
    ['a leaf that is none', changed({ Leaf: 'leaf' }), undefined, ['Record', 'Decision', 'Leaf hash']],
    ['another hash in the log', changed({ LeafHash: OTHER }), undefined, ['Leaf hash', 'Path']],
    ['another place', changed({ Index: 301 }), undefined, ['Path']],
    ['a place beyond the end', changed({ Index: 700 }), undefined, ['Path']],
    ['a path that is too short', changed({ Hashes: PROOF.Hashes.slice(1) }), undefined, ['Path']],
    ['a path that is too long', changed({ Hashes: [...PROOF.Hashes, OTHER] }), undefined, ['Path']],
    ['a hash that is no base64', changed({ Hashes: ['?', ...PROOF.Hashes.slice(1)] }), undefined, ['Path']],
    ['a root that the note does not state', head({ Root: OTHER }), undefined, ['Checkpoint']],
    ['a size that the note does not state', head({ Size: 701 }), undefined, ['Checkpoint']],
    [
      'a note of another size',
      head({ Note: PROOF.Checkpoint.Note.replace('\n700\n', '\n500\n') }),
      undefined,
      ['Path', 'Checkpoint', 'Signature'],
    ],
    ['a note that is none', head({ Note: 'note' }), undefined, ['Checkpoint']],
    [
      'a note that nobody signed',
      head({ Note: PROOF.Checkpoint.Note.replace(/— .*\n$/, '') }),
      undefined,
      ['Signature'],
    ],
    [
      'a note that somebody else signed',
      head({ Note: checkpoint(700, logOf(700, 300).root, stranger).Note }),
      undefined,
      ['Signature'],
    ],
    [
      'the key of somebody else',
      changed({ VerifierKey: printVerifierKey(ORIGIN, stranger.publicKey) }),
      undefined,
      ['Signature'],
    ],
    [
      'a key with the id of another',
      changed({ VerifierKey: KEY.replace(/\+[0-9a-f]{8}\+/, '+00000000+') }),
      undefined,
      ['Signature'],
    ],
  ])('fails with %s', async (_, proof, record, expected) => {
    expect(await failing(proof, record)).toEqual(expected)
  })

  it('is incomplete with another decision than the leaf names', async () => {
    const steps = await checkEventProof(subtle, PROOF, { ...texts(), decision: '{}' })
    expect(steps.filter(({ holds }) => holds !== true).map(({ name, holds }) => [name, holds])).toEqual([
      ['Decision', 'unknown'],
    ])
    expect(outcomeOf(steps)).toBe('incomplete')
  })

  it('is incomplete where the browser has no Ed25519', async () => {
    const without = {
      digest: subtle.digest.bind(subtle),
      importKey: () => Promise.reject(new DOMException('no Ed25519', 'NotSupportedError')),
    } as unknown as SubtleCrypto
    const steps = await checkEventProof(without, PROOF, texts())
    expect(steps.at(-1)?.sentence).toBe('Not checked here: this browser has no Ed25519.')
    expect(outcomeOf(steps)).toBe('incomplete')
  })
})

describe('a proof as a file', () => {
  const printed = (proof: EventProofView, record = RECORD) =>
    parseProof(JSON.stringify(proofFile(proof, texts(record))))
  const check = (file: ReturnType<typeof printed>) => file && checkProof(file, [parseVerifierKey(KEY)]).fault

  it('is the one that the command line checks', () => {
    const file = printed(PROOF)
    expect(file?.event.record).toBe(RECORD)
    expect(check(file)).toBeUndefined()
    expect(check(printed(PROOF, RECORD.replace('Decrypt', 'Encrypt')))).toMatch(/not the one/)
  })

  it('is none where the event is no longer stored', () => {
    expect(proofFile({ ...PROOF, Leaf: '' }, texts())).toBeUndefined()
  })

  it('has the texts of decision and values as the engine wrote them', () => {
    // As much of an answer as is looked at.
    const answer = { Record: RECORD, Decision: { verdict: 'allow' }, Context: null } as unknown
    expect(textsOf(answer as Parameters<typeof textsOf>[0])).toEqual(texts())
  })
})

describe('two checkpoints', () => {
  const { root, tile, leaves } = logOf(700, 300)
  const between = (size: number): ConsistencyProofView => ({
    First: checkpoint(size, grow([], 0, leaves.slice(0, size)).root),
    Second: checkpoint(700, root),
    Hashes: base64(proofFrom(consistencyRanges(size, 700), tile)),
  })
  const outcome = async (proof: ConsistencyProofView, keys = [KEY]) =>
    outcomeOf(await checkConsistency(subtle, proof, keys))

  it.each([0, 1, 2, 3, 64, 255, 256, 257, 512, 699, 700])('of %i and 700 are one log', async (size) => {
    expect(await outcome(between(size))).toBe('holds')
  })

  const proof = between(257)
  it.each<[string, ConsistencyProofView, string[]]>([
    ['another history', { ...proof, First: checkpoint(257, leafHash(Buffer.from('x'))) }, [KEY]],
    ['a path that is too short', { ...proof, Hashes: proof.Hashes.slice(1) }, [KEY]],
    ['a path that is too long', { ...proof, Hashes: [...proof.Hashes, OTHER] }, [KEY]],
    ['the later one first', { ...proof, First: proof.Second, Second: proof.First }, [KEY]],
    ['no key', proof, []],
    ['the key of somebody else', proof, [printVerifierKey(ORIGIN, stranger.publicKey)]],
  ])('fail with %s', async (_, tampered, keys) => {
    expect(await outcome(tampered, keys)).toBe('fails')
  })

  it('may have been signed by an older key', async () => {
    expect(await outcome(proof, [printVerifierKey(ORIGIN, stranger.publicKey), KEY])).toBe('holds')
  })
})

describe('the key of a log', () => {
  const memory = () => {
    const kept = new Map<string, string>()
    return { getItem: (name: string) => kept.get(name) ?? null, setItem: kept.set.bind(kept) }
  }
  const other = printVerifierKey(ORIGIN, stranger.publicKey)

  it('is trusted when it is seen first, and another is told', () => {
    const kept = memory()
    expect(seeKey(kept, KEY)).toEqual({ sight: 'first' })
    expect(seeKey(kept, KEY)).toEqual({ sight: 'same' })
    expect(seeKey(kept, other)).toEqual({ sight: 'changed', before: KEY })
    expect(seeKey(kept, other)).toEqual({ sight: 'changed', before: KEY })
    trustKey(kept, other)
    expect(seeKey(kept, other)).toEqual({ sight: 'same' })
  })

  it('of a log that goes on under a new name is told with the one before', () => {
    const kept = memory()
    seeKey(kept, KEY)
    const next = printVerifierKey('keyhouse/test/2', signer.publicKey)
    expect(seeKey(kept, next)).toEqual({ sight: 'new-log', before: KEY })
    trustKey(kept, next)
    expect([seeKey(kept, next).sight, seeKey(kept, KEY).sight]).toEqual(['same', 'same'])
  })

  it('survives what it did not write', () => {
    const kept = memory()
    kept.setItem('keyhouse-log-keys', 'null')
    expect(seeKey(kept, KEY)).toEqual({ sight: 'first' })
  })

  it.each([
    ['holds when it is seen first', undefined, true],
    ['holds when it is known', KEY, true],
    ['fails when another is known', other, false],
    ['is not decided for a log of another name', KEY.replace(ORIGIN, 'keyhouse/before'), 'unknown'],
  ])('as a step %s', (_, known, holds) => {
    const kept = memory()
    if (known) trustKey(kept, known)
    expect(keyStep(kept, KEY).holds).toBe(holds)
  })

  it('is compared with the one that somebody was given', () => {
    expect(isSameKey(` ${KEY}\n`, KEY)).toBe(true)
    expect(isSameKey(other, KEY)).toBe(false)
  })
})
