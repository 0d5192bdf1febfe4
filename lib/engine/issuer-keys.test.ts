import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openIssuerKeys } from './issuer-keys.ts'

const ISSUER = 'https://issuer.example.com/a'
const jwk = (kid: string) => ({ ...generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }), kid })

/** An issuer whose documents a test changes, and a clock that it moves. */
function world(issuer = ISSUER) {
  const state = {
    now: 1_000_000,
    asked: [] as string[],
    kids: ['one'],
    up: true,
    issuer,
    uri: 'https://keys.example.com/set',
  }
  const keys = openIssuerKeys(
    async (url) => {
      state.asked.push(url)
      if (!state.up) throw new Error('down')
      const discovery = { issuer: state.issuer, jwks_uri: state.uri }
      const document = url.endsWith('/.well-known/openid-configuration')
        ? discovery
        : { keys: state.kids.map(jwk) }
      return Buffer.from(JSON.stringify(document))
    },
    () => state.now,
  )
  const kids = async (kid?: string) => (await keys.of(ISSUER, kid))?.keys.map((key) => key.kid)
  return { state, kids }
}

describe('the keys of an issuer', () => {
  it('are found by its discovery document, once, however many ask', async () => {
    const { state, kids } = world()
    expect(await Promise.all([kids('one'), kids('one'), kids('one')])).toEqual([['one'], ['one'], ['one']])
    expect(state.asked).toEqual([
      `${ISSUER}/.well-known/openid-configuration`,
      'https://keys.example.com/set',
    ])
    state.now += 3_599_000
    expect(await kids('one')).toEqual(['one'])
    expect(state.asked).toHaveLength(2)
  })

  it('are fetched again after an hour', async () => {
    const { state, kids } = world()
    await kids('one')
    state.kids = ['two']
    state.now += 3_601_000
    expect(await kids('two')).toEqual(['two'])
  })

  it('are fetched again for one that is not among them, at most once a minute', async () => {
    const { state, kids } = world()
    await kids('one')
    state.kids = ['one', 'two']
    expect(await kids('two')).toEqual(['one'])
    state.now += 61_000
    expect(await kids('two')).toEqual(['one', 'two'])
    for (let i = 0; i < 10; i++) await kids('three')
    expect(state.asked).toHaveLength(4)
  })

  it('stay what they were while it is away, for an hour, and it is not asked again and again', async () => {
    const { state, kids } = world()
    await kids('one')
    state.up = false
    state.now += 61_000
    expect(await kids('two')).toEqual(['one'])
    state.now += 3_600_000
    expect(await kids('one')).toBeUndefined()
    const asked = state.asked.length
    expect(await kids('one')).toBeUndefined()
    expect(state.asked).toHaveLength(asked)
  })

  it('are not those of another that its document names', async () => {
    const { state, kids } = world('https://evil.example.com')
    expect(await kids('one')).toBeUndefined()
    expect(state.asked).toHaveLength(1)
  })

  it('are never asked for where nothing can be fetched', async () => {
    expect(await openIssuerKeys(undefined, () => 0).of(ISSUER, 'one')).toBeUndefined()
  })
})
