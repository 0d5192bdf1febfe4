import { describe, expect, it } from 'vitest'
import { type Announced, announcement } from './announcement.ts'
import { readConfiguration } from './configuration.ts'

const facts: Announced = {
  checkout: '/srv/keys',
  configuration: readConfiguration({ KEYHOUSE_CONSOLE_LISTEN: '127.0.0.1:3100' }),
  surroundings: { runtimeFolder: undefined, headless: false, sshAddress: undefined, user: 'ada' },
  endpoint: 'http://127.0.0.1:4566',
  rootKey: '/srv/keys/.keyhouse/root.key',
  rootKeyIsNew: false,
  setupLink: undefined,
}
const headless = { ...facts.surroundings, headless: true }

describe('the announcement', () => {
  it.each([
    ['names the console', {}, 'console   http://127.0.0.1:3100'],
    ['names the endpoint', {}, 'endpoint  http://127.0.0.1:4566'],
    ['names the root key each time', {}, 'root key  /srv/keys/.keyhouse/root.key'],
    ['asks for a backup of a new root key', { rootKeyIsNew: true }, 'Back it up, apart from the database'],
    [
      'warns of git clean in a clone',
      { rootKeyIsNew: true },
      '`git clean -fdx` in this clone would delete it',
    ],
    [
      'gives the set-up link',
      { setupLink: 'http://127.0.0.1:3100/first-run#t' },
      '  http://127.0.0.1:3100/first-run#t',
    ],
    [
      'gives the tunnel over ssh',
      { surroundings: { ...headless, sshAddress: '10.0.0.4' } },
      'ssh -L 3100:127.0.0.1:3100 -L 4566:127.0.0.1:4566 ada@10.0.0.4',
    ],
    ['gives the tunnel where there is no screen', { surroundings: headless }, 'ada@this-machine'],
  ])('%s', (_, more, words) => {
    expect(announcement({ ...facts, ...more })).toContain(words)
  })

  it.each([
    ['no tunnel at a screen', {}, 'ssh'],
    ['no link once it is set up', {}, 'first-run'],
    [
      'no git warning for a key outside the clone',
      { rootKeyIsNew: true, rootKey: '/etc/keyhouse/root.key' },
      'git clean',
    ],
    [
      'no tunnel to a console that the network reaches',
      {
        surroundings: headless,
        configuration: readConfiguration({ KEYHOUSE_CONSOLE_URL: 'https://keys.example.com' }),
      },
      'ssh',
    ],
  ])('has %s', (_, more, words) => {
    expect(announcement({ ...facts, ...more })).not.toContain(words)
  })
})
