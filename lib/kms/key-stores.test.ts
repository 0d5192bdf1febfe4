/** Custom key stores: none is there, none can be made, and what is asked is judged as AWS judges it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '#lib/testing/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const PASSWORD = 'not to be logged'
const SECRET = 'DXjSUawnel2fr6SKC7G25CNxTyWKE5PF9XX6H/u9pSo='

const CREATE = {
  CustomKeyStoreName: 'vault',
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  KeyStorePassword: PASSWORD,
  XksProxyUriEndpoint: 'https://proxy.example.com',
  XksProxyUriPath: '/example/kms/xks/v1',
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  XksProxyAuthenticationCredential: {
    AccessKeyId: 'ABCDE12345670EXAMPLE'.replaceAll(/[01]/g, '2'),
    RawSecretAccessKey: SECRET,
  },
}

describe('custom key stores', () => {
  it('there is none', async () => {
    expect(await world.as('admin').call('DescribeCustomKeyStores', { Limit: 10 })).toEqual({
      CustomKeyStores: [],
      Truncated: false,
    })
  })

  it.each([
    ['by an id', { CustomKeyStoreId: 'cks-1234567890abcdef0' }, 'CustomKeyStoreNotFoundException'],
    ['by a name', { CustomKeyStoreName: 'vault' }, 'CustomKeyStoreNotFoundException'],
    ['by both', { CustomKeyStoreId: 'cks-1', CustomKeyStoreName: 'vault' }, 'ValidationException'],
    ['after a marker that nobody gave', { Marker: 'x' }, 'InvalidMarkerException'],
    ['a thousand and one at a time', { Limit: 1001 }, 'ValidationException'],
  ])('none is found %s', async (_, input, code) => {
    expect((await world.as('admin').refusal('DescribeCustomKeyStores', input)).code).toBe(code)
  })

  it.each([
    ['CreateCustomKeyStore', CREATE],
    ['UpdateCustomKeyStore', { CustomKeyStoreId: 'cks-1', NewCustomKeyStoreName: 'safe' }],
    ['ConnectCustomKeyStore', { CustomKeyStoreId: 'cks-1' }],
    ['DisconnectCustomKeyStore', { CustomKeyStoreId: 'cks-1' }],
    ['DeleteCustomKeyStore', { CustomKeyStoreId: 'cks-1' }],
  ])('%s says that they are not offered, to whoever may ask', async (operation, input) => {
    const refusal = await world.as('admin').refusal(operation, input)
    expect(refusal.code).toBe('UnsupportedOperationException')
    expect((await world.as('stranger').refusal(operation, input)).code).toBe('AccessDeniedException')
  })

  it.each([
    ['no name', { CustomKeyStoreName: undefined }, "Value null at 'customKeyStoreName'"],
    ['a password of six characters', { KeyStorePassword: 'secret' }, "Value at 'keyStorePassword'"],
    [
      'a cluster of another form',
      { CloudHsmClusterId: 'cluster-0000000000000' },
      'cluster-[2-7a-zA-Z]{11,16}',
    ],
    [
      'an endpoint without TLS',
      { XksProxyUriEndpoint: 'http://proxy.example.com' },
      "at 'xksProxyUriEndpoint'",
    ],
    ['a path of another API', { XksProxyUriPath: '/example/v1/other' }, "at 'xksProxyUriPath'"],
    ['an owner that is no account', { XksProxyVpcEndpointServiceOwner: '12345678901x' }, '[0-9]{12}'],
    [
      'a credential with half a secret',
      {
        XksProxyAuthenticationCredential: {
          ...CREATE.XksProxyAuthenticationCredential,
          RawSecretAccessKey: 'half',
        },
      },
      "Value at 'xksProxyAuthenticationCredential.rawSecretAccessKey' failed to satisfy",
    ],
  ])(
    'CreateCustomKeyStore with %s is a ValidationException that repeats no secret',
    async (_, more, text) => {
      const refusal = await world.as('admin').refusal('CreateCustomKeyStore', { ...CREATE, ...more })
      expect(refusal.code).toBe('ValidationException')
      expect(refusal.message).toContain(text)
      expect(refusal.message).not.toMatch(/'secret'|'half'/)
    },
  )

  it('an event has the name and the place of the store, without password or credential', async () => {
    await world.as('admin').refusal('CreateCustomKeyStore', CREATE)
    const { record } = await world.lastEvent()
    expect(record).toMatchObject({
      eventName: 'CreateCustomKeyStore',
      readOnly: false,
      errorCode: 'UnsupportedOperationException',
      requestParameters: { customKeyStoreName: 'vault', xksProxyUriEndpoint: 'https://proxy.example.com' },
    })
    expect(JSON.stringify(record)).not.toContain(PASSWORD)
    expect(JSON.stringify(record)).not.toContain(SECRET)
  })
})
