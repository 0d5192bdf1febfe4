/** What the wizard has been told so far. Plain data without secrets: the tab keeps it for a day. */
import { z } from 'zod'
import { KEY_PRESETS, type KeyPreset, WIZARD_STEPS, type WizardStep } from '#lib/console/paths.ts'
import { KEY_SPEC_NAMES, KEY_USAGES } from '#lib/domain/key-spec.ts'

const texts = () => z.array(z.string())

export const Draft = z.object({
  /** The kind of key that the link to the wizard asked for: what it chose is no work of the person. */
  preset: z.enum(KEY_PRESETS).nullable(),
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
  /** Strict separation; drafts of before it have none. */
  strict: z.boolean().default(false),
  /** The policy as someone edited it by hand; null while it is the generated one. */
  policy: z.string().nullable(),
  visited: z.array(z.enum(WIZARD_STEPS)),
})
export type Draft = z.infer<typeof Draft>

export const EMPTY_DRAFT: Draft = {
  preset: null,
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
  strict: false,
  policy: null,
  visited: [],
}

const CHOSEN: Record<KeyPreset, Partial<Draft>> = {
  external: { origin: 'EXTERNAL' },
  'multi-region': { multiRegion: true },
}

/** A draft that nobody has changed yet. */
export const begun = (preset: KeyPreset | null): Draft => ({
  ...EMPTY_DRAFT,
  ...(preset && { preset, ...CHOSEN[preset] }),
})

/** What the address of the wizard asks for; what it does not know is nothing. */
export const presetOf = (asked: string | null): KeyPreset | null =>
  KEY_PRESETS.find((preset) => preset === asked) ?? null

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

/** The draft as an installation has it that requires separation of duties: strict, whatever was chosen. */
export const separated = (draft: Draft, required: boolean): Draft =>
  required && !draft.strict ? { ...draft, strict: true } : draft

/** Whether anything would be lost: looking at steps alone is no work, nor is what an installation requires. */
export const isEdited = (draft: Draft): boolean =>
  JSON.stringify({ ...draft, visited: [], strict: false }) !== JSON.stringify(begun(draft.preset))

export const aliasName = (draft: Draft): string => `alias/${draft.alias}`

/** Tags that have something in them: an empty row is one that nobody filled in. */
export const givenTags = (draft: Draft) => draft.tags.filter(({ key, value }) => key !== '' || value !== '')
