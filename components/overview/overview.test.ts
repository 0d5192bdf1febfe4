/** What the overview says, by what it was told. */
import { describe, expect, it } from 'vitest'
import { attentionItems, MOST_ITEMS, type Sources } from './attention-items.ts'
import { deniedGroups } from './denied-lately.ts'

const scope = { account: '111122223333', region: 'eu-west-1' }
const NOW = 1_795_000_000
const KEY = '3f81c2d4-0000-4000-8000-000000000000'
const user = (name: string) => `arn:aws:iam::111122223333:user/${name}`

// As much of a key and an event as is looked at.
const key = (part: object) =>
  ({ id: KEY, aliases: ['alias/orders'], ...part }) as unknown as Sources['doomed'][number]
const event = (part: object) => ({ keyId: KEY, ts: NOW, ...part }) as unknown as Sources['refused'][number]
const NONE: Sources = { access: [], doomed: [], refused: [], expiring: [], overdue: [] }
const access = (
  Kind: Sources['access'][number]['Kind'],
  Principals: string[],
  KeyId: string | null = KEY,
) => ({
  ...{ Kind, KeyId, Principals, At: NOW, EventId: 'an-event' },
  Alias: KeyId === null ? null : 'alias/orders',
})
const facts = (sources: Partial<Sources>) =>
  attentionItems(scope, { ...NONE, ...sources }, NOW).map(({ name, fact }) => `${name} ${fact}`)

describe('needs attention', () => {
  it.each<[string, Partial<Sources>, string[]]>([
    ['nothing', {}, []],
    [
      'one person who manages and uses',
      { access: [access('overlap', [user('alice')])] },
      ['alias/orders alice manages and uses it'],
    ],
    [
      'two of them',
      { access: [access('overlap', [user('alice'), user('bob')])] },
      ['alias/orders alice and bob manage and use it'],
    ],
    [
      'another account',
      { access: [access('other-account', ['444455556666'])] },
      ['alias/orders can be used by account 444455556666 since this change'],
    ],
    [
      'somebody who is gone',
      { access: [access('deleted-principal', ['AIDAEXAMPLE'])] },
      ['alias/orders its policy names 1 deleted principal'],
    ],
    ['the root', { access: [access('root-used', [user('x')], null)] }, ['account root was used']],
    ['no key that nobody misses', { doomed: [key({ deletionDate: NOW })] }, []],
    [
      'a key that somebody misses',
      { doomed: [key({ deletionDate: NOW })], refused: [event({}), event({})] },
      ['alias/orders will be deleted on 18 November 2026, and 2 calls of the last week failed for it'],
    ],
    ['no material with time left', { expiring: [key({ imported: { expires: NOW + 15 * 86_400 } })] }, []],
    [
      'material that expires',
      { expiring: [key({ imported: { expires: NOW + 86_400 } })] },
      ['alias/orders its imported material expires on 19 November 2026'],
    ],
  ])('%s', (_, sources, expected) => {
    expect(facts(sources)).toEqual(expected)
  })

  it('has the most that a person reads', () => {
    const overdue = Array.from({ length: 20 }, () => key({ nextRotation: NOW }))
    expect(facts({ overdue })).toHaveLength(MOST_ITEMS)
  })
})

describe('refusals of a day', () => {
  it('are gathered by who, what and where, the most frequent first', () => {
    const refused = (actor: string, eventName: string) => event({ actorArn: user(actor), eventName })
    const groups = deniedGroups([
      refused('bob', 'DisableKey'),
      refused('alice', 'Encrypt'),
      refused('bob', 'DisableKey'),
    ])
    expect(groups.map(({ count, filter }) => [count, filter])).toEqual([
      [2, `outcome:denied event:DisableKey actor:"${user('bob')}" key:${KEY}`],
      [1, `outcome:denied event:Encrypt actor:"${user('alice')}" key:${KEY}`],
    ])
  })
})
