import { expect, it } from 'vitest'
import { relationsOf } from './related.ts'

const event = {
  ts: 1_782_137_251.204,
  requestId: 'f3b5a1a4-0000-4000-8000-000000000000',
  actorArn: 'arn:aws:iam::111122223333:user/alice',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  keyId: '05fa9b63-0000-4000-8000-000000000000',
}
const titles = (part: Partial<typeof event>) => relationsOf({ ...event, ...part }).map(({ title }) => title)

it.each([
  [
    'a call',
    {},
    ['Same request', 'Same access key', 'Same principal, within 5 minutes', 'Same key, around it'],
  ],
  [
    'a call in a session of a role',
    { actorArn: 'arn:aws:sts::111122223333:assumed-role/app/one' },
    ['Same request', 'Same session', 'Same principal, within 5 minutes', 'Same key, around it'],
  ],
  ['what Keyhouse did by itself', { actorArn: '', requestId: '', accessKeyId: '' }, ['Same key, around it']],
])('finds what belongs to %s', (_, part, expected) => {
  expect(titles(part)).toEqual(expected)
})

it('looks five minutes to either side, those included', () => {
  const [relation] = relationsOf({ ...event, requestId: '', accessKeyId: '', keyId: '' })
  const at = event.ts * 1000
  expect([relation?.from.getTime(), relation?.to.getTime()]).toEqual([at - 300_000, at + 300_001])
})
