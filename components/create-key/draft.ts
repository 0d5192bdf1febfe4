/** What the wizard has been told so far. Plain data without secrets: the tab keeps it for a day. */
import { z } from 'zod'
import { WIZARD_STEPS, type WizardStep } from '#lib/console/paths.ts'
import { KEY_SPEC_NAMES, KEY_USAGES } from '#lib/domain/key-spec.ts'

const texts = () => z.array(z.string())

export const Draft = z.object({
  keySpec: z.enum(KEY_SPEC_NAMES),
  keyUsage: z.enum(KEY_USAGES),
  origin: z.enum(['AWS_KMS', 'EXTERNAL']),
  multiRegion: z.boolean(),
  /** Without its prefix alias/. */
  alias: z.string(),
  description: z.string(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })),
  /** ARNs. */
  administrators: texts(),
  users: texts(),
  /** Other accounts, 12 digits each. */
  accounts: texts(),
  allowDeletion: z.boolean(),
  grants: z.boolean(),
  /** The policy as someone edited it by hand; null while it is the generated one. */
  policy: z.string().nullable(),
  visited: z.array(z.enum(WIZARD_STEPS)),
})
export type Draft = z.infer<typeof Draft>

export const EMPTY_DRAFT: Draft = {
  keySpec: 'SYMMETRIC_DEFAULT',
  keyUsage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: false,
  alias: '',
  description: '',
  tags: [],
  administrators: [],
  users: [],
  accounts: [],
  allowDeletion: true,
  grants: true,
  policy: null,
  visited: [],
}

/** Steps as AWS's wizard orders and names them. */
export const STEP_TITLES: Record<WizardStep, string> = {
  configure: 'Configure key',
  labels: 'Add labels',
  administrators: 'Key administrators',
  users: 'Key users',
  policy: 'Edit key policy',
  review: 'Review',
}

export const isStep = (name: string): name is WizardStep => WIZARD_STEPS.some((step) => step === name)

export const stepAfter = (step: WizardStep, by: 1 | -1): WizardStep | undefined =>
  WIZARD_STEPS[WIZARD_STEPS.indexOf(step) + by]

/** Whether anything would be lost: looking at steps alone is no work. */
export const isEdited = (draft: Draft): boolean =>
  JSON.stringify({ ...draft, visited: [] }) !== JSON.stringify(EMPTY_DRAFT)

export const aliasName = (draft: Draft): string => `alias/${draft.alias}`

/** Tags that have something in them: an empty row is one that nobody filled in. */
export const givenTags = (draft: Draft) => draft.tags.filter(({ key, value }) => key !== '' || value !== '')
