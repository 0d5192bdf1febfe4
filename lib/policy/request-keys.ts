/**
 * Which condition keys only a request can tell, as against those that follow from who asks, about which key, and when.
 * Keys that Keyhouse never has a value for are known to be absent.
 */
import type { Principal } from '#lib/domain/caller.ts'

/** What is known of a key before anybody asks for it. */
const OF_KEYS: ReadonlySet<string> = new Set([
  'kms:calleraccount',
  'kms:customermasterkeyspec',
  'kms:customermasterkeyusage',
  'kms:keyorigin',
  'kms:keyspec',
  'kms:keyusage',
  'kms:multiregion',
  'kms:multiregionkeytype',
  'kms:resourcealiases',
])

const OF_REQUESTS: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourcevpce',
  'aws:tagkeys',
  'aws:tokenissuetime',
  'aws:useragent',
  'aws:viaawsservice',
])

/** What differs between the sessions of one role. Tags of a session are left aside: the role's own are taken. */
const OF_SESSIONS: ReadonlySet<string> = new Set([
  'aws:federatedprovider',
  'aws:sourceidentity',
  'aws:userid',
])

/** Whether a key, in lower case, has a value that only a request of this principal tells. */
export const requestKeysOf =
  ({ kind }: Pick<Principal, 'kind'>) =>
  (key: string): boolean => {
    if (key.startsWith('kms:')) return !OF_KEYS.has(key)
    if (OF_REQUESTS.has(key) || key.startsWith('aws:requesttag/')) return true
    return kind === 'role' && OF_SESSIONS.has(key)
  }
