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

const OIDC = {
  KEYHOUSE_OIDC_ISSUER: 'https://login.example.com/realms/staff',
  KEYHOUSE_OIDC_CLIENT_ID: 'keyhouse',
  KEYHOUSE_OIDC_CLIENT_SECRET_FILE: 'oidc.secret',
  KEYHOUSE_OIDC_ROLE: 'arn:aws:iam::111122223333:role/people/staff',
  KEYHOUSE_OIDC_NAME: 'Acme login',
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
      checkpoints: { http: undefined, syslog: undefined, witness: undefined, requiredMinutes: undefined },
      streams: { webhook: undefined, syslog: undefined },
      auditFolders: { archive: undefined, digests: undefined },
      oidc: undefined,
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
    ['a web address for events', { KEYHOUSE_AUDIT_WEBHOOK: 'https://siem.example.com/in?token=1' }],
    ['a syslog relay on this machine', { KEYHOUSE_AUDIT_SYSLOG: 'udp://127.0.0.1:514' }],
    ['a far syslog with the flag', { KEYHOUSE_AUDIT_SYSLOG: 'tcp://siem', KEYHOUSE_INSECURE_HTTP: '1' }],
    ['a place for checkpoints', { KEYHOUSE_CHECKPOINT_HTTP: 'http://127.0.0.1:8080/log' }],
    ['syslog for checkpoints', { KEYHOUSE_CHECKPOINT_SYSLOG: 'tcp://logs.example.com:6514' }],
    [
      'a witness',
      { KEYHOUSE_CHECKPOINT_WITNESS: 'https://witness.example.com', KEYHOUSE_CHECKPOINT_REQUIRED: '30' },
    ],
    ['an identity provider', OIDC],
    ['one on this machine', { ...OIDC, KEYHOUSE_OIDC_ISSUER: 'http://127.0.0.1:8080/realms/staff' }],
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
    ['events in the clear to elsewhere', { KEYHOUSE_AUDIT_WEBHOOK: 'http://siem.example.com' }, 'use https'],
    ['syslog to elsewhere', { KEYHOUSE_AUDIT_SYSLOG: 'tcp://siem:514' }, 'leaves this machine unprotected'],
    ['syslog by another way', { KEYHOUSE_AUDIT_SYSLOG: 'https://siem' }, 'must look like udp://host:514'],
    [
      'a place for checkpoints that is none',
      { KEYHOUSE_CHECKPOINT_HTTP: 'ftp://x' },
      'must be an http or https address',
    ],
    [
      'syslog for checkpoints by another way',
      { KEYHOUSE_CHECKPOINT_SYSLOG: 'tls://x:1' },
      'must look like udp://host:514',
    ],
    ['no minutes', { KEYHOUSE_CHECKPOINT_REQUIRED: '0' }, 'must be a number of minutes'],
    [
      'an identity provider without its role',
      { ...OIDC, KEYHOUSE_OIDC_ROLE: '' },
      'KEYHOUSE_OIDC_ROLE is not set: the five KEYHOUSE_OIDC_ settings belong together.',
    ],
    [
      'an issuer alone',
      { KEYHOUSE_OIDC_ISSUER: 'https://login.example.com' },
      'KEYHOUSE_OIDC_NAME are not set',
    ],
    [
      'an issuer in the clear',
      { ...OIDC, KEYHOUSE_OIDC_ISSUER: 'http://login.example.com' },
      'KEYHOUSE_OIDC_ISSUER must be the https address of an issuer',
    ],
    [
      'an issuer with a port',
      { ...OIDC, KEYHOUSE_OIDC_ISSUER: 'https://login.example.com:8443' },
      'without a port',
    ],
    [
      'an issuer with a slash at the end',
      { ...OIDC, KEYHOUSE_OIDC_ISSUER: 'https://login.example.com/' },
      'without a slash at the end',
    ],
    [
      'a role by its name',
      { ...OIDC, KEYHOUSE_OIDC_ROLE: 'staff' },
      'KEYHOUSE_OIDC_ROLE must be the ARN of a role',
    ],
    ['a button of many words', { ...OIDC, KEYHOUSE_OIDC_NAME: 'x'.repeat(41) }, 'it stands on a button'],
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
