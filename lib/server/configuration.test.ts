import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigurationError, childEnvironment, readConfiguration, readSurroundings } from './configuration.ts'

const refusal = (env: Record<string, string>): string => {
  try {
    readConfiguration(env)
    return 'accepted'
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message
    throw error
  }
}

const TLS = { KEYHOUSE_TLS_CERT: 'a.pem', KEYHOUSE_TLS_KEY: 'a.key' }

describe('a configuration', () => {
  it('has a default for everything', () => {
    expect(readConfiguration({ PATH: '/bin' })).toEqual({
      home: resolve('.keyhouse'),
      engineListen: { host: '127.0.0.1', port: 4566 },
      consoleListen: { host: '127.0.0.1', port: 3000 },
      consoleUrl: 'http://127.0.0.1:3000',
      tls: undefined,
      seed: undefined,
      nitroRoot: undefined,
      vpcEndpoint: undefined,
      throttle: undefined,
      vectors: undefined,
      databaseUrl: undefined,
      migrateUrl: undefined,
      insecureHttp: false,
      logLevel: 'info',
    })
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readConfiguration({ KEYHOUSE_ENGINE_LISTEN: '' }).engineListen.port).toBe(4566)
  })

  it.each([
    ['an address and port', { KEYHOUSE_ENGINE_LISTEN: 'localhost:8443' }],
    ['an IPv6 loopback', { KEYHOUSE_CONSOLE_LISTEN: '[::1]:3001' }],
    ['another machine with TLS', { KEYHOUSE_ENGINE_LISTEN: '0.0.0.0:4566', ...TLS }],
    [
      'another machine with the flag',
      { KEYHOUSE_ENGINE_LISTEN: '10.0.0.4:4566', KEYHOUSE_INSECURE_HTTP: '1' },
    ],
    ['https in front of a loopback console', { KEYHOUSE_CONSOLE_URL: 'https://keys.example.com' }],
    ['AWS’s request quotas', { KEYHOUSE_THROTTLE: 'aws' }],
    ['half of them', { KEYHOUSE_THROTTLE: '0.5' }],
    ['a database on this machine', { DATABASE_URL: 'postgresql://u:p@127.0.0.1/keyhouse' }],
    ['a database behind a socket', { DATABASE_URL: 'postgresql:///keyhouse?host=/run/postgresql' }],
    [
      'a far database that is verified',
      { DATABASE_URL: 'postgres://u:p@db.example.com/k?sslmode=verify-full' },
    ],
    ['a far database with the flag', { DATABASE_URL: 'postgres://u:p@db/k', KEYHOUSE_INSECURE_HTTP: '1' }],
  ])('accepts %s', (_, env) => {
    expect(refusal(env)).toBe('accepted')
  })

  it.each([
    ['a misspelt name', { KEYHOUSE_ENGIN_LISTEN: '127.0.0.1:1' }, 'Did you mean KEYHOUSE_ENGINE_LISTEN?'],
    ['a name nobody knows', { KEYHOUSE_HOMES: 'x' }, 'Did you mean KEYHOUSE_HOME?'],
    [
      'a port alone',
      { KEYHOUSE_ENGINE_LISTEN: '4566' },
      'KEYHOUSE_ENGINE_LISTEN must be an address and a port',
    ],
    ['a throttle that is no number', { KEYHOUSE_THROTTLE: 'on' }, "KEYHOUSE_THROTTLE must be 'aws'"],
    ['a throttle that stops everything', { KEYHOUSE_THROTTLE: '0' }, "KEYHOUSE_THROTTLE must be 'aws'"],
    ['port 0', { KEYHOUSE_ENGINE_LISTEN: '127.0.0.1:0' }, 'must be an address and a port'],
    ['port 65536', { KEYHOUSE_ENGINE_LISTEN: '127.0.0.1:65536' }, 'must be an address and a port'],
    [
      'another machine without TLS',
      { KEYHOUSE_ENGINE_LISTEN: '0.0.0.0:4566' },
      'can be reached from other machines',
    ],
    [
      'a name that may resolve anywhere',
      { KEYHOUSE_ENGINE_LISTEN: 'keys:4566' },
      'can be reached from other machines',
    ],
    [
      'a name that starts like loopback',
      { KEYHOUSE_ENGINE_LISTEN: '127.evil.example:1' },
      'can be reached from other',
    ],
    ['a certificate without its key', { KEYHOUSE_TLS_CERT: 'a.pem' }, 'belong together'],
    ['plain http for people elsewhere', { KEYHOUSE_CONSOLE_URL: 'http://keys.example.com' }, 'must be https'],
    ['a console URL with a path', { KEYHOUSE_CONSOLE_URL: 'https://a.example/keys' }, 'without a path'],
    [
      'every address and no console URL',
      { KEYHOUSE_CONSOLE_LISTEN: '[::]:3000', ...TLS },
      'set KEYHOUSE_CONSOLE_URL',
    ],
    [
      'a database of another kind',
      { DATABASE_URL: 'mysql://u:p@127.0.0.1/k' },
      'DATABASE_URL must look like',
    ],
    ['a far database in the clear', { DATABASE_URL: 'postgresql://u:p@db/k' }, 'sslmode=verify-full'],
    [
      'TLS that trusts anybody',
      { DATABASE_URL: 'postgresql://u:p@db/k?sslmode=require' },
      'sslmode=verify-full',
    ],
    [
      'a far migration login in the clear',
      { KEYHOUSE_MIGRATE_URL: 'postgresql://u:p@db/k' },
      'KEYHOUSE_MIGRATE_URL',
    ],
    ['a flag that is neither 0 nor 1', { KEYHOUSE_INSECURE_HTTP: 'yes' }, 'must be 0 or 1'],
    ['a log level nobody has', { KEYHOUSE_LOG_LEVEL: 'loud' }, 'must be one of'],
  ])('refuses %s', (_, env, words) => {
    expect(refusal(env)).toContain(words)
  })

  it('names every fault at once', () => {
    expect(refusal({ KEYHOUSE_HOEM: 'x', KEYHOUSE_LOG_LEVEL: 'loud' }).split('\n')).toHaveLength(2)
  })

  it('does not repeat the password of a database', () => {
    expect(refusal({ DATABASE_URL: 'postgresql://u:hunter2@db/k' })).not.toContain('hunter2')
    expect(refusal({ DATABASE_URL: 'mysql://u:hunter2@db/k' })).not.toContain('hunter2')
  })
})

describe('the surroundings', () => {
  it.each([
    ['by ssh', { SSH_CONNECTION: '10.0.0.9 5000 10.0.0.4 22', DISPLAY: ':0' }, true, '10.0.0.4'],
    ['at a screen', { DISPLAY: ':0' }, false, undefined],
    ['at a Wayland screen', { WAYLAND_DISPLAY: 'wayland-0' }, false, undefined],
  ])('of a person %s', (_, env, headless, sshAddress) => {
    expect(readSurroundings(env)).toMatchObject({ headless, sshAddress })
  })
})

it('keeps what changes Node, and secrets, from children', () => {
  process.env.NODE_OPTIONS ??= ''
  process.env.DATABASE_URL ??= ''
  expect(Object.keys(childEnvironment({ PORT: '1' }))).not.toEqual(expect.arrayContaining(['NODE_OPTIONS']))
  expect(Object.keys(childEnvironment({ PORT: '1' }))).not.toEqual(expect.arrayContaining(['DATABASE_URL']))
  expect(childEnvironment({ PORT: '1' }).PORT).toBe('1')
})
