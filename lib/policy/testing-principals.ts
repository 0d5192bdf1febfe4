/** Test support only: the principals, the key and the role of the tests of policies. */
import type { Principal } from '#lib/domain/caller.ts'

export const OURS = '111122223333'
export const THEIRS = '444455556666'
export const KEY = `arn:aws:kms:us-east-1:${OURS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
export const ROLE = `arn:aws:iam::${OURS}:role/jobs/deployer`
export const PROVIDER = `arn:aws:iam::${OURS}:oidc-provider/issuer.example.com`
export const SERVICE = 's3.us-east-1.amazonaws.com'

export const userOf = (account: string, name: string): Principal => ({
  kind: 'user',
  partition: 'aws',
  account,
  id: `AIDA${name.toUpperCase()}EXAMPLE000001`,
  name,
  arn: `arn:aws:iam::${account}:user/${name}`,
})

export const rootOf = (account: string): Principal => ({
  kind: 'root',
  partition: 'aws',
  account,
  id: account,
  name: 'root',
  arn: `arn:aws:iam::${account}:root`,
})

/** A session of the role `deployer`, which has a path; its sessions do not show it. */
export const sessionOf = (account: string, session: string): Principal => ({
  kind: 'role',
  partition: 'aws',
  account,
  id: `AROADEPLOYEREXAMPLE01:${session}`,
  name: `deployer/${session}`,
  arn: `arn:aws:sts::${account}:assumed-role/deployer/${session}`,
  role: {
    id: 'AROADEPLOYEREXAMPLE01',
    name: 'deployer',
    arn: `arn:aws:iam::${account}:role/jobs/deployer`,
  },
})

export const serviceOf = (account: string, name: string): Principal => ({
  kind: 'service',
  partition: 'aws',
  account,
  id: name,
  name,
  arn: name,
})

export const PRINCIPALS = {
  bob: userOf(OURS, 'bob'),
  session: sessionOf(OURS, 'nightly'),
  root: rootOf(OURS),
  dave: userOf(THEIRS, 'dave'),
  'foreign-session': sessionOf(THEIRS, 'nightly'),
  'foreign-root': rootOf(THEIRS),
  service: serviceOf(OURS, SERVICE),
  /** Somebody who shows a provider's token and is nobody yet. */
  holder: userOf(OURS, 'issuer.example.com:subject'),
}
