/** Filters of the audit log that everybody has (console.md AUD-10). */
import type { RangeQuery } from './range.ts'

export type GivenFilter = {
  readonly name: string
  readonly filter: string
  /** The range that it is about; without one, that of the page stays. */
  readonly range?: RangeQuery
}

const preset = (last: RangeQuery['last']): RangeQuery => ({ last, from: null, to: null })

/** Midnight of that day, in UTC. */
const midnight = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()))

export const givenFilters = (account: string, at: Date): readonly GivenFilter[] => [
  {
    name: 'Denied today',
    filter: 'outcome:denied',
    range: { last: null, from: midnight(at), to: null },
  },
  {
    name: 'Policy and grant changes',
    filter: 'event:PutKeyPolicy,CreateGrant,RetireGrant,RevokeGrant outcome:ok',
    range: preset('30d'),
  },
  {
    name: 'Deletions',
    filter:
      'event:ScheduleKeyDeletion,CancelKeyDeletion,DeleteKey,DeleteImportedKeyMaterial,DeleteAlias,DeleteUser,DeleteRole',
    range: preset('30d'),
  },
  // Free text needs a range of a day at most.
  {
    name: 'Use of a key pending deletion',
    filter: 'class:crypto error:KMSInvalidStateException "pending deletion"',
    range: preset('24h'),
  },
  { name: 'Root activity', filter: 'actor.type:Root -source:console-read', range: preset('30d') },
  { name: 'Console sign-ins', filter: 'event:ConsoleLogin', range: preset('30d') },
  {
    name: 'Cross-account use',
    filter: `class:crypto -actor:"arn:aws:iam::${account}:"* -actor:"arn:aws:sts::${account}:"*`,
    range: preset('30d'),
  },
]
