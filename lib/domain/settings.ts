/** Choices of an installation: a closed table of names, what each may be, and what it is when nobody chose. */
import { z } from 'zod'

const flag = z.boolean({ error: 'It must be true or false.' })
const account = z.string().regex(/^[0-9]{12}$/, 'An account has 12 digits.')

/** One row for each setting; `says` is for whoever chooses. */
export const SETTINGS = {
  requireMfa: {
    schema: flag,
    preset: false,
    says: 'People sign in with a second factor.',
  },
  requireSeparation: {
    schema: flag,
    preset: false,
    says: 'A key policy that makes one person administrator and user of a key is not saved in the console.',
  },
  knownAccounts: {
    schema: z
      .array(account)
      .max(500, 'At most 500 accounts can be known.')
      .refine((listed) => new Set(listed).size === listed.length, 'An account is named twice.'),
    preset: [] as readonly string[],
    says: 'Accounts elsewhere that key policies may name without a warning.',
  },
  sessionHours: {
    schema: z
      .int('It must be a whole number of hours.')
      .min(1, 'At least one hour.')
      .max(12, 'At most 12 hours.'),
    preset: 12,
    says: 'A session of the console ends after so many hours.',
  },
  idleMinutes: {
    schema: z
      .int('It must be a whole number of minutes.')
      .min(5, 'At least 5 minutes.')
      .max(60, 'At most 60 minutes.'),
    preset: 30,
    says: 'A session of the console that is not used ends after so many minutes.',
  },
  keepDays: {
    schema: z
      .int('It must be a whole number of days.')
      .min(7, 'At least 7 days.')
      .max(3650, 'At most 3650 days.')
      .nullable(),
    preset: null as number | null,
    says: 'Events are archived and taken out of the database after so many days; null keeps them for ever.',
  },
} as const satisfies Record<string, { schema: z.ZodType; preset: unknown; says: string }>

export type SettingName = keyof typeof SETTINGS
export type SettingValue<N extends SettingName> = z.output<(typeof SETTINGS)[N]['schema']>
export type Settings = { readonly [N in SettingName]: SettingValue<N> }

// The keys of a constant table are exactly its names.
export const SETTING_NAMES = Object.keys(SETTINGS) as [SettingName, ...SettingName[]]

/** A value as stored (JSON) or as given, or undefined where it is not one that the setting may have. */
export function settingOf<N extends SettingName>(name: N, value: unknown): SettingValue<N> | undefined {
  const parsed = SETTINGS[name].schema.safeParse(value)
  // The row of a name parses to that name's values.
  return parsed.success ? (parsed.data as SettingValue<N>) : undefined
}

/** What is wrong with a value, for whoever gave it; null when nothing is. */
export function settingFault(name: SettingName, value: unknown): string | null {
  const parsed = SETTINGS[name].schema.safeParse(value)
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'It is not understood.')
}
