/** What must hold for every ciphertext and every encryption context, through the door. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KmsError } from '#lib/domain/refusal.ts'
import { base64, openWorld, type World } from '#lib/testing/world.ts'

let world: World
let KeyId: string
beforeAll(async () => {
  world = await openWorld()
  KeyId = (await world.as('admin').call('CreateKey')).KeyMetadata.KeyId
})
afterAll(() => world?.close())

type Context = Record<string, string>

async function sealed(EncryptionContext: Context): Promise<Uint8Array> {
  const input = { KeyId, Plaintext: base64('order 42'), EncryptionContext }
  return (await world.as('admin').call('Encrypt', input)).CiphertextBlob
}

/** The plaintext, or the whole refusal. */
async function opened(
  blob: Uint8Array,
  EncryptionContext: Context,
  named: object = { KeyId },
): Promise<string> {
  const CiphertextBlob = Buffer.from(blob).toString('base64')
  try {
    const answer = await world.as('admin').call('Decrypt', { CiphertextBlob, EncryptionContext, ...named })
    return Buffer.from(answer.Plaintext).toString()
  } catch (thrown) {
    if (!(thrown instanceof KmsError)) throw thrown
    return `${thrown.code}: ${thrown.message}`
  }
}

const REFUSED = 'InvalidCiphertextException: '
// Few letters, so that boundaries between keys and values can move without anything else changing.
const words = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '"', ':'), maxLength: 3 })
const contexts = fc.dictionary(words, words, { maxKeys: 3, noNullPrototype: true })
const sorted = (context: Context) => JSON.stringify(Object.entries(context).sort())

describe('an encryption context', () => {
  it('has no order, and opens nothing that was sealed with another', async () => {
    await fc.assert(
      fc.asyncProperty(contexts, contexts, async (context, other) => {
        const blob = await sealed(context)
        expect(await opened(blob, Object.fromEntries(Object.entries(context).reverse()))).toBe('order 42')
        if (sorted(context) !== sorted(other)) expect(await opened(blob, other)).toBe(REFUSED)
      }),
      { numRuns: 60 },
    )
  })

  it('of {ab: c} never opens {a: bc}, however a text is cut in two', async () => {
    for (const text of ['abc', 'aaaa', 'tenant:acme']) {
      const cuts = Array.from({ length: text.length + 1 }, (_, at) => ({
        [text.slice(0, at)]: text.slice(at),
      }))
      for (const context of cuts) {
        const blob = await sealed(context)
        for (const other of cuts)
          expect(await opened(blob, other)).toBe(other === context ? 'order 42' : REFUSED)
      }
    }
  })
})

describe('a ciphertext', () => {
  it('of which any byte is changed is refused in one way by the key that made it', async () => {
    const blob = await sealed({ tenant: 'acme' })
    const answers = new Set<string>()
    for (let at = 0; at < blob.length; at++)
      for (const change of [0x01, 0x80]) {
        const spoiled = Uint8Array.from(blob)
        spoiled[at] = (spoiled[at] ?? 0) ^ change
        answers.add(await opened(spoiled, { tenant: 'acme' }))
      }
    expect([...answers]).toEqual([REFUSED])
  })

  it('of which any byte is missing, or to which one is added, is refused in the same way', async () => {
    const blob = await sealed({})
    const answers = new Set<string>()
    for (let at = 0; at < blob.length; at++)
      answers.add(await opened(Uint8Array.from([...blob.slice(0, at), ...blob.slice(at + 1)]), {}))
    for (const longer of [
      [...blob, 0],
      [0, ...blob],
    ])
      answers.add(await opened(Uint8Array.from(longer), {}))
    expect([...answers]).toEqual([REFUSED])
  })

  it('of which any byte is changed opens for nobody who does not name the key either', async () => {
    const blob = await sealed({})
    const codes = new Set<string>()
    for (let at = 0; at < blob.length; at++) {
      const spoiled = Uint8Array.from(blob)
      spoiled[at] = (spoiled[at] ?? 0) ^ 0x10
      codes.add((await opened(spoiled, {}, {})).replace(/:.*/s, ''))
    }
    // Where the bytes name another key, that key is not there (facts §6.4).
    expect([...codes].sort()).toEqual(['AccessDeniedException', 'InvalidCiphertextException'])
  })
})
