/** Documents as the hardware signs them are believed; with any one thing wrong they are not. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type AuthorityPlan,
  attestationDocument,
  cbor,
  type DocumentPlan,
  extension,
  type Item,
  MODULE_ID,
  openAuthority,
  openEnclave,
  PCRS,
  USAGE,
} from '#lib/testing/attestation.ts'
import { verifyAttestation } from './cose-attestation.ts'

const NOW = new Date('2026-11-24T12:00:00Z')
const authority = openAuthority({ now: NOW })
const stranger = openAuthority({ now: NOW })
const enclave = openEnclave()

const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)

const made = (plan: Partial<DocumentPlan> = {}) =>
  attestationDocument({ authority, publicKey: enclave.publicKey, timestamp: NOW, ...plan })

const verified = (document: Uint8Array, roots: readonly Uint8Array[] = [authority.root]) =>
  verifyAttestation(document, { roots, now: NOW })

const refusal = async (document: Uint8Array, roots?: readonly Uint8Array[]): Promise<string> => {
  const thrown = await verified(document, roots).then(
    () => new Error('accepted'),
    (error: unknown) => error,
  )
  expect(thrown).toMatchObject({ code: 'ValidationException' })
  return String(Reflect.get(Object(thrown), 'message'))
}

const set = (name: string, value: Item) => ({
  payload: (members: Map<string, Item>) => void members.set(name, value),
})
const without = (name: string) => ({ payload: (members: Map<string, Item>) => void members.delete(name) })
const spki = (make: 'ec' | 'rsa', bits = 1024) =>
  (make === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: bits === 2048 ? 3 : 65537 })
  ).publicKey.export({ format: 'der', type: 'spki' })

describe('an attestation document', () => {
  it('says which module, which registers and which key', async () => {
    const said = await verified(made())
    expect(said).toMatchObject({ moduleId: MODULE_ID, kind: 'enclave', timestamp: NOW })
    expect(Object.fromEntries(said.pcrs)).toEqual(PCRS)
    expect(said.publicKey.export({ format: 'der', type: 'spki' })).toEqual(enclave.publicKey)
  })

  it.each<[string, () => Buffer]>([
    ['with the tag of COSE_Sign1', () => Buffer.concat([Buffer.of(0xd2), made()])],
    ['with a payload without a count', () => made({ openMap: true })],
    ['four minutes old', () => made({ timestamp: ago(240) })],
    ['from a clock that is ahead', () => made({ timestamp: ago(-240) })],
    ['with a nonce', () => made(set('nonce', Buffer.alloc(512)))],
    ['without user data', () => made(without('user_data'))],
    [
      'with all 32 registers',
      () =>
        made({
          pcrs: Object.fromEntries(Array.from({ length: 32 }, (_, i) => [i, '00'.repeat(48)])),
        }),
    ],
    ['with a 4096-bit key', () => made({ publicKey: openEnclave(4096).publicKey })],
  ])('is believed %s', async (_, document) => {
    expect((await verified(document())).moduleId).toBe(MODULE_ID)
  })

  it('of a NitroTPM has registers of its own kind', async () => {
    const document = made({
      payload(members) {
        members.set('nitrotpm_pcrs', members.get('pcrs') ?? null)
        members.delete('pcrs')
      },
    })
    expect(await verified(document)).toMatchObject({ kind: 'tpm' })
  })

  it.each<[string, Partial<DocumentPlan>, string]>([
    ['six minutes old', { timestamp: ago(360) }, 'last 5 minutes'],
    ['from the future', { timestamp: ago(-360) }, 'last 5 minutes'],
    ['without a timestamp', without('timestamp'), 'timestamp'],
    ['with a timestamp of 0', set('timestamp', 0), 'timestamp'],
    ['with a timestamp as text', set('timestamp', NOW.toISOString()), 'timestamp'],
    ['without a module', without('module_id'), 'module_id'],
    ['with an empty module', set('module_id', ''), 'module_id'],
    ['with another digest', set('digest', 'SHA256'), 'digest'],
    ['without a digest', without('digest'), 'digest'],
    ['without registers', without('pcrs'), 'registers'],
    ['with no register in the map', set('pcrs', new Map()), 'registers'],
    ['with registers as a list', set('pcrs', [Buffer.alloc(48)]), 'registers'],
    ['with a register 32', { pcrs: { 32: '00'.repeat(48) } }, 'over 31'],
    ['with a register named by text', set('pcrs', new Map<Item, Item>([['0', Buffer.alloc(48)]])), 'over 31'],
    ['with a register of 47 bytes', { pcrs: { 0: '00'.repeat(47) } }, 'register 0'],
    [
      'with both kinds of registers',
      set('nitrotpm_pcrs', new Map<Item, Item>([[0, Buffer.alloc(48)]])),
      'two kinds',
    ],
    ['without a certificate', without('certificate'), 'certificate'],
    ['with a certificate that is none', set('certificate', Buffer.alloc(100, 1)), 'cannot be read'],
    [
      'with a byte behind the certificate',
      set('certificate', Buffer.concat([authority.leaf, Buffer.of(0)])),
      'cannot be read',
    ],
    ['with another certificate of the chain', set('certificate', stranger.leaf), 'not a chain'],
    ['without a bundle', without('cabundle'), 'bundle'],
    ['with an empty bundle', set('cabundle', []), 'bundle'],
    ['with nine certificates in the bundle', set('cabundle', Array(9).fill(authority.root)), 'bundle'],
    ['with a link missing', set('cabundle', authority.bundle.toSpliced(1, 1)), 'not a chain'],
    ['with the root behind', set('cabundle', authority.bundle.toReversed()), 'root that is trusted'],
    ['without a key to answer to', without('public_key'), 'public key'],
    ['with null for a key', set('public_key', null), 'public key'],
    ['with a key on a curve', { publicKey: spki('ec') }, 'RSA key of 2048'],
    ['with a key of 1024 bits', { publicKey: spki('rsa') }, 'RSA key of 2048'],
    ['with a public exponent of 3', { publicKey: spki('rsa', 2048) }, 'RSA key of 2048'],
    [
      'with a byte behind the key',
      { publicKey: Buffer.concat([enclave.publicKey, Buffer.of(0)]) },
      'RSA key of 2048',
    ],
    ['with a nonce that is text', set('nonce', 'once'), 'nonce'],
    ['with user data that is too long', set('user_data', Buffer.alloc(1025)), 'user_data'],
    ['with a member that nobody knows', set('debug', 1), 'not known'],
    ['with an algorithm that is not ES384', { protectedHeader: new Map<Item, Item>([[1, -7]]) }, 'ES384'],
    [
      'with a header more',
      {
        protectedHeader: new Map<Item, Item>([
          [1, -35],
          [4, Buffer.of(1)],
        ]),
      },
      'ES384',
    ],
    [
      'with a header outside the signature',
      { parts: ([a, , c, d]) => [a, new Map([[4, 1]]), c, d] as Item },
      'not signed',
    ],
    ['with three parts', { parts: (parts) => parts.slice(0, 3) }, 'COSE_Sign1'],
    [
      'with a signature of 95 bytes',
      { parts: ([a, b, c, d]) => [a, b, c, Buffer.from(d as Uint8Array).subarray(1)] as Item },
      'signature',
    ],
    ['with an empty payload', { parts: ([a, b, , d]) => [a, b, Buffer.alloc(0), d] as Item }, 'payload'],
    ['in a bag', { parts: (parts) => new Map([[1, parts]]) }, 'COSE_Sign1'],
  ])('is not believed %s', async (_, plan, text) => {
    expect(await refusal(made(plan))).toContain(text)
  })

  it.each<[string, AuthorityPlan['different'], string]>([
    ['of a root that has expired', { root: { to: ago(1) } }, 'expired'],
    ['of a zone that is not valid yet', { zone: { from: ago(-60) } }, 'expired'],
    ['whose own certificate has expired', { leaf: { to: ago(1) } }, 'expired'],
    ['of an instance that is no authority', { instance: { ca: false } }, 'not a chain'],
    ['of an instance that may not certify', { instance: { usage: USAGE.sign } }, 'not a chain'],
    ['of a root that allows one authority below it', { root: { pathLength: 1 } }, 'not a chain'],
    [
      'of a certificate named by someone else',
      { leaf: { issuer: { name: 'test.nitro instance', privateKey: stranger.leafKey } } },
      'not a chain',
    ],
    [
      'of another issuer',
      { zone: { issuer: { name: 'elsewhere', privateKey: authority.leafKey } } },
      'not a chain',
    ],
    ['whose certificate is an authority', { leaf: { ca: true } }, 'signs documents'],
    ['whose certificate may not sign', { leaf: { usage: USAGE.certify } }, 'signs documents'],
    [
      'with a critical extension that nobody obeys',
      { zone: { extra: extension('2.5.29.30', Buffer.of(0x30, 0)) } },
      'critical extension',
    ],
    [
      'with an extension twice',
      { zone: { extra: extension('2.5.29.15', Buffer.of(3, 2, 0, 4)) } },
      'extension twice',
    ],
  ])('is not believed %s', async (_, different, text) => {
    const broken = openAuthority({ now: NOW, ...(different && { different }) })
    expect(await refusal(made({ authority: broken }), [broken.root])).toContain(text)
  })

  it('is believed where path lengths allow exactly this chain', async () => {
    const exact = openAuthority({
      now: NOW,
      different: { root: { pathLength: 2 }, instance: { pathLength: 0 } },
    })
    expect((await verified(made({ authority: exact }), [exact.root])).moduleId).toBe(MODULE_ID)
  })

  it('of another root is not believed', async () => {
    expect(await refusal(made({ authority: stranger }))).toContain('root that is trusted')
    expect(await refusal(made(), [])).toContain('root that is trusted')
  })

  it('signed by a key that is not the certificate’s is not believed', async () => {
    expect(await refusal(made({ authority: { ...authority, leafKey: stranger.leafKey } }))).toContain(
      'signature',
    )
  })

  it('with any byte of its payload changed is not believed', async () => {
    const document = made()
    const start = document.indexOf('module_id') + 'module_id'.length + 2
    for (let i = start; i < document.length; i += 97) {
      const changed = Buffer.from(document)
      changed.writeUInt8(changed.readUInt8(i) ^ 1, i)
      await refusal(changed)
    }
  })

  it('cut off anywhere is not believed', async () => {
    const document = made()
    for (let length = 0; length < document.length; length += 61) await refusal(document.subarray(0, length))
  })

  it('with its signature for the same bytes without their context is not believed', async () => {
    const document = made({
      parts: ([header, unprotected, payload]) => {
        const key = { key: authority.leafKey, dsaEncoding: 'ieee-p1363' } as const
        return [header, unprotected, payload, sign('sha384', payload as Uint8Array, key)] as Item
      },
    })
    expect(await refusal(document)).toContain('signature')
  })

  it('that is not CBOR is refused without saying where', async () => {
    expect(await refusal(Buffer.from('hello'))).toContain('CBOR')
    expect(await refusal(Buffer.concat([made(), cbor(0)]))).toContain('CBOR')
  })
})
