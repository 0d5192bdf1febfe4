/** What the overview says, by what it was told. */
import { describe, expect, it } from 'vitest'
import { ATTENTION_KINDS } from '#lib/domain/evidence.ts'
import { type AttentionView, attentionItems } from './attention-items.ts'
import { type Change, changeSentence } from './change-sentence.ts'
import { deniedGroups } from './denied-lately.ts'
import { areaPath, type Bucket, edgePath, scaleTop, totalOf } from './key-use-shape.ts'

const scope = { account: '111122223333', region: 'eu-west-1' }
const NOW = 1_795_000_000
const KEY = '3f81c2d4-0000-4000-8000-000000000000'
const user = (name: string) => `arn:aws:iam::111122223333:user/${name}`

const item = (part: Partial<AttentionView>): AttentionView => ({
  ...{ Kind: 'overlap', KeyId: KEY, Region: 'eu-west-1', Alias: 'alias/orders', Principals: [] },
  ...{ Sentence: 'alice manages and uses it', At: NOW, EventId: null },
  ...part,
})
const onNothing = { KeyId: null, Region: null, Alias: null }

describe('needs attention', () => {
  const line = (part: Partial<AttentionView>) =>
    attentionItems(scope, [item(part)]).map(({ name, fact, action }) => [name, fact, action.href])[0]

  it.each<[string, Partial<AttentionView>, [string, string]]>([
    ['a key by its alias', {}, ['alias/orders', `/111122223333/eu-west-1/keys/${KEY}/access`]],
    ['a key without one', { Alias: null }, ['Key 3f81c2d4', `/111122223333/eu-west-1/keys/${KEY}/access`]],
    [
      'a key of another Region',
      { Region: 'us-east-1' },
      ['alias/orders', `/111122223333/us-east-1/keys/${KEY}/access`],
    ],
    ['the log', { Kind: 'log', ...onNothing }, ['Audit log', '/111122223333/audit/integrity']],
    [
      'the clock',
      { Kind: 'clock-jump', ...onNothing },
      ['Clock', '/111122223333/audit?q=event%3AClockJump&last=30d'],
    ],
    [
      'the root and its event',
      { Kind: 'root-used', ...onNothing, EventId: 'an-event' },
      ['Account root', '/111122223333/audit?event=an-event'],
    ],
    ['the root', { Kind: 'root-used', ...onNothing }, ['Account root', '/111122223333/audit']],
  ])('names %s', (_, part, [name, href]) => {
    expect(line(part)).toEqual([name, 'alice manages and uses it', href])
  })

  it('leads somewhere from every kind, in the order that it was given', () => {
    const items = attentionItems(
      scope,
      ATTENTION_KINDS.map((Kind) => item({ Kind })),
    )
    expect(items.map(({ action }) => action.href.startsWith('/111122223333/'))).not.toContain(false)
    expect(items.map(({ id }) => id.split(' ')[0])).toEqual([...ATTENTION_KINDS])
  })
})

describe('refusals of a day', () => {
  it('are gathered by who, what and where, the most frequent first', () => {
    // As much of an event as is looked at.
    const refused = (actor: string, eventName: string) =>
      ({ keyId: KEY, ts: NOW, actorArn: user(actor), eventName }) as Parameters<
        typeof deniedGroups
      >[0][number]
    const groups = deniedGroups([
      refused('bob', 'DisableKey'),
      refused('alice', 'Encrypt'),
      refused('bob', 'DisableKey'),
    ])
    expect(groups.map(({ times, filter }) => [times, filter])).toEqual([
      [2, `outcome:denied event:DisableKey actor:"${user('bob')}" key:${KEY}`],
      [1, `outcome:denied event:Encrypt actor:"${user('alice')}" key:${KEY}`],
    ])
  })
})

describe('a change', () => {
  const change = (eventName: string, part: Partial<Change> = {}): Change => ({
    ...{ eventName, outcome: 'ok', class: 'admin', detail: '', actorArn: user('alice'), actorName: 'alice' },
    ...{ keyId: KEY, ...part },
  })
  it.each<[string, Change, number | undefined]>([
    ['alice changed the key policy of alias/orders, v6 to v7', change('PutKeyPolicy'), 7],
    ['alice changed the key policy of alias/orders', change('PutKeyPolicy'), undefined],
    ['alice scheduled the deletion of alias/orders', change('ScheduleKeyDeletion'), undefined],
    ['alice created key alias/orders', change('CreateKey'), 1],
    ['alice created alias/orders', change('CreateAlias'), undefined],
    ['alice called UpdateAlias on alias/orders', change('UpdateAlias'), undefined],
    ['alice called CreateUser', change('CreateUser', { keyId: null }), undefined],
    ['alice was denied DisableKey on alias/orders', change('DisableKey', { outcome: 'denied' }), undefined],
  ])('is told as: %s', (sentence, event, version) => {
    expect(changeSentence(event, 'alias/orders', version)).toBe(sentence)
  })
})

describe('the use of keys', () => {
  const step = (At: number, Ok: number, Denied: number): Bucket => ({ At, Ok, Denied, Error: 0 })
  const steps = [step(0, 0, 0), step(10, 3, 1), step(20, 0, 0), step(30, 1, 0)]

  it('has a sum for each outcome', () => {
    expect([totalOf(steps, 'Ok'), totalOf(steps, 'Denied'), totalOf(steps, 'Error')]).toEqual([4, 1, 0])
  })

  const frame = { width: 40, height: 8, top: 4 }
  it('is stacked: refusals stand on what went well', () => {
    expect(areaPath(steps, 'Ok', frame)).toBe('M5 8L15 2L25 8L35 6L35 8L25 8L15 8L5 8Z')
    expect(areaPath(steps, 'Denied', frame)).toBe('M5 8L15 0L25 8L35 6L35 6L25 8L15 2L5 8Z')
  })

  it('is drawn with an edge only where something happened', () => {
    expect(edgePath(steps, 'Denied', frame)).toBe('M10 0L20 0')
    expect(edgePath([step(0, 1, 0), step(10, 3, 0)], 'Ok', frame)).toBe('M10 6L30 2')
    expect(edgePath(steps, 'Error', frame)).toBe('')
  })

  it.each([
    [0, 1],
    [1, 1],
    [3, 3],
    [5, 6],
    [11, 20],
    [99, 100],
    [2300, 3000],
  ])('of %i at most is drawn up to %i', (most, top) => {
    expect(scaleTop(most)).toBe(top)
  })
})
