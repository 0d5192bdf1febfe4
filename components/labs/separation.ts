/** The lab about separation of duties: ten things to do, and what each shows (console 3.22). Words and addresses only. */
import { paths, type Scope } from '#lib/console/paths.ts'

export type LabPlace = {
  readonly scope: Scope
  /** alias/lab/orders-k3f2 */
  readonly alias: string
  /** Known once the key is there. */
  readonly keyId: string | null
}

export type LabStep = {
  readonly number: number
  readonly as: 'alice' | 'bob' | 'carol'
  readonly title: string
  readonly todo: string
  readonly see: string
  /** What the log must have for it to be done. */
  readonly proof: string
  /** Where it is done; undefined until there is a key. */
  readonly href: (place: LabPlace) => string | undefined
}

const ofKey =
  (make: (scope: Scope, keyId: string) => string) =>
  ({ scope, keyId }: LabPlace) =>
    keyId === null ? undefined : make(scope, keyId)

const audit =
  (more = '') =>
  ({ scope, alias, keyId }: LabPlace) =>
    keyId === null ? undefined : paths.audit(scope.account, { q: `key:${alias}${more}` })

const playground =
  (operation: 'encrypt' | 'decrypt') =>
  ({ scope, alias, keyId }: LabPlace) =>
    keyId === null ? undefined : paths.playground(scope, operation, { key: alias })

export const GOAL =
  'See that managing a key and using it are two permissions held by two people, that each refusal names what decided it, and that whoever crosses the line leaves evidence.'

/** S3 of the specification: AWS's own documentation warns that administrators can change the policy. */
export const HONEST =
  'Nothing here makes it impossible for alice to reach the data: she may change the key policy, and so give herself use of the key. The lesson is that she can’t do it silently, nor without evidence.'

export const STEPS: readonly LabStep[] = [
  {
    number: 1,
    as: 'alice',
    title: 'Create the key',
    todo: 'Create a key with the lab’s alias. Choose alice as administrator and bob as user, and keep everything else.',
    see: 'In the review, alice manages and controls the key, bob uses it, and “Both” is none.',
    proof: 'CreateKey by alice',
    href: ({ scope }) => paths.newKey(scope),
  },
  {
    number: 2,
    as: 'alice',
    title: 'Try to use it',
    todo: 'In the playground, encrypt “order 42” with the key that you just made.',
    see: 'Denied. “Why” shows the statement for administrators, which has no kms:Encrypt, and that nothing else allows it.',
    proof: 'Encrypt by alice, denied',
    href: playground('encrypt'),
  },
  {
    number: 3,
    as: 'bob',
    title: 'Use it',
    todo: 'Encrypt “order 42” as bob, then choose “Send to Decrypt” and decrypt it.',
    see: 'A ciphertext, and “order 42” again.',
    proof: 'Encrypt and Decrypt by bob',
    href: playground('encrypt'),
  },
  {
    number: 4,
    as: 'bob',
    title: 'Try to switch it off',
    todo: 'On the key’s page choose Disable, read why it isn’t offered, and try it anyway.',
    see: 'Denied: bob has no kms:DisableKey. Using a key doesn’t let one take it from others.',
    proof: 'DisableKey by bob, denied',
    href: ofKey((scope, keyId) => paths.keyRoot(scope, keyId)),
  },
  {
    number: 5,
    as: 'bob',
    title: 'Side by side',
    todo: 'Encrypt something, send it to Decrypt, and run that under “Side by side” as alice and as bob.',
    see: 'The same request at the same time: denied on one side, OK on the other, each with its trace.',
    proof: 'Decrypt by alice, denied, and by bob within seconds',
    href: playground('encrypt'),
  },
  {
    number: 6,
    as: 'carol',
    title: 'Read the evidence',
    todo: 'Find the key in the audit log, open one of the denied calls, and read how it was decided.',
    see: 'Everything so far in order, the refusals among it. Carol can read all of it and do none of it.',
    proof: 'A denied call opened by carol',
    href: audit(),
  },
  {
    number: 7,
    as: 'carol',
    title: 'Who can do what',
    todo: 'Open the key’s access, and compare Administrators with Users.',
    see: 'Nobody is in both. Under “One step away” stands alice: one step, PutKeyPolicy. That is the honest half.',
    proof: 'You say so: asking who may do what changes nothing and leaves no event',
    href: ofKey((scope, keyId) => paths.key(scope, keyId, 'access')),
  },
  {
    number: 8,
    as: 'alice',
    title: 'Cross the line',
    todo: 'Edit the key policy: add alice to the statement “Allow use of the key”, review the change, and save it.',
    see: 'The review says that alice would administer and use the key (SOD-01), and what she gains.',
    proof: 'PutKeyPolicy by alice',
    href: ofKey(paths.editPolicy),
  },
  {
    number: 9,
    as: 'carol',
    title: 'Notice it',
    todo: 'Find that change in the audit log and open it. Look at the overview, too.',
    see: 'PutKeyPolicy by alice, at the second it happened; the overview needs attention: alice manages and uses the key.',
    proof: 'That PutKeyPolicy opened by carol',
    href: audit(' event:PutKeyPolicy'),
  },
  {
    number: 10,
    as: 'alice',
    title: 'Put it right',
    todo: 'In the history of the key policy restore version 1.',
    see: 'The overlap is gone, and the log has the crossing as well as the way back.',
    proof: 'A second PutKeyPolicy by alice',
    href: ofKey(paths.policyHistory),
  },
]

/** In our own words: what people who learn for an examination are asked about this. */
export const EXAM: readonly string[] = [
  'A key policy is needed for every key: without a statement that allows it, or that hands the decision to the account, no identity policy counts.',
  'The statement for the account’s root does not let everybody in. It lets identity policies decide; the policy then attached to somebody does.',
  'Administrators of a key have no cryptographic actions. They can change the key policy, though, so separation rests on who may do that, and on the log.',
  'An explicit Deny wins over every Allow, in whichever policy it stands, and over grants.',
  'Key users get kms:CreateGrant only for AWS services, by the condition kms:GrantIsForAWSResource.',
  'CloudTrail has the denied calls as well as the successful ones: a refusal is evidence.',
]
