/**
 * Customer managed, AWS managed and AWS owned keys: what each is, why the last are never listed, and what Keyhouse has.
 * Plain data: the help page and docs/aws-owned-keys.md are both drawn from it.
 */
import type { AwsPage } from './aws-page.ts'

export const KINDS = ['Customer managed', 'AWS managed', 'AWS owned'] as const

export type Comparison = {
  readonly question: string
  /** One answer for each of KINDS. */
  readonly answers: readonly [customer: string, managed: string, owned: string]
}

export const KEY_KINDS: readonly Comparison[] = [
  {
    question: 'Who creates it',
    answers: ['You', 'AWS, when a service first needs it in your account', 'A service, for itself'],
  },
  { question: 'Whose account it is in', answers: ['Yours', 'Yours', 'The service’s'] },
  {
    question: 'How you recognise it',
    answers: ['`KeyManager` is `CUSTOMER`', '`KeyManager` is `AWS`, alias `alias/aws/…`', 'Not at all'],
  },
  { question: 'Listed by `ListKeys`', answers: ['Yes', 'Yes', 'No'] },
  {
    question: 'Who writes its policy',
    answers: ['You', 'AWS; you can read it', 'The service; you cannot read it'],
  },
  {
    question: 'Who may use it',
    answers: [
      'Whom its policy, and what it delegates to, allows',
      'Principals of your account, through that service only',
      'The service only',
    ],
  },
  { question: 'Events in your log', answers: ['Yes', 'Yes', 'No'] },
  {
    question: 'Rotation',
    answers: [
      'If you turn it on: 90 to 2560 days; or now',
      'About every 365 days, not yours to change',
      'Up to the service',
    ],
  },
  { question: 'Disable, delete, tag', answers: ['Yes', 'No', 'No'] },
  {
    question: 'Share with another account',
    answers: ['Yes, by policy or grant', 'No', 'Not yours to share'],
  },
  { question: 'Counts toward the quota of keys', answers: ['Yes', 'No', 'No'] },
  {
    question: 'In Keyhouse',
    answers: ['All of it', 'Created when first described; looked at, not used', 'None'],
  },
]

export type Passage = { readonly heading: string; readonly paragraphs: readonly string[] }

export const KEY_KINDS_INTRO =
  'AWS tells KMS keys apart by who manages them. Only two of the three kinds can ever stand in a list of yours.'

export const KEY_KINDS_PASSAGES: readonly Passage[] = [
  {
    heading: 'Why AWS owned keys are never listed',
    paragraphs: [
      'A list of keys is a list of what is in an account. AWS owned keys are in accounts of AWS’s services, where one key may protect data of many customers, so no customer’s list can contain them. There is no ARN to name in a policy of yours, no event in your log, and nothing to pay or to count toward a quota.',
      'That is their advantage and their price. Encryption happens without any permission to get wrong, and data can be shared across accounts without thinking of keys. In return you cannot see who used the key, cannot take it away, and cannot prove anything about it. Where that matters, choose a customer managed key in the service’s settings.',
      'Services that came since 2021 use AWS owned keys where nothing else is chosen; the AWS managed keys of older services remain.',
    ],
  },
  {
    heading: 'What Keyhouse has',
    paragraphs: [
      '**Customer managed keys**: everything in this console is about them.',
      '**AWS managed keys**: the names under `alias/aws/` are there, and the key behind one is created when it is first described, as on AWS. One can read it, its policy, its tags and its rotation. Managing it, or using it directly, is refused as on AWS: its policy allows use only through the service it belongs to, and Keyhouse runs no such services. They are there so that programs and exercises that look at them find what they expect.',
      '**AWS owned keys**: none, because there is no service beside Keyhouse whose data they would protect. What protects Keyhouse’s own storage (the root key and the domain keys under it) is no KMS key at all: it has no id, no policy and no place in a list. SECURITY.md describes it.',
    ],
  },
  {
    heading: 'What we are less sure of',
    paragraphs: [
      'The table and the passages follow AWS’s documentation. The exact refusal that AWS gives when one tags an AWS managed key, or points an alias at one, is not documented; Keyhouse refuses both.',
    ],
  },
]

export const KEY_KINDS_READ: AwsPage = 'concepts.html#kms_keys'
