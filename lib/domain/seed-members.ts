/** What every part of a seed file is made of: members with the words of their faults. */
import { z } from 'zod'

export type SeedFault = { readonly path: readonly PropertyKey[]; readonly message: string }

export const text = () => z.string({ error: 'must be text' })
export const list = <T extends z.ZodType>(element: T) => z.array(element, { error: 'must be a list' })
export const shape = <T extends z.ZodRawShape>(members: T) =>
  z.strictObject(members, { error: 'must be a mapping' })

/** A policy as YAML writes it, or as text. Inside it is text: lib/policy judges it. */
export const policyDocument = () =>
  z
    .union([text().min(2), z.record(z.string(), z.unknown())], { error: 'must be a policy document' })
    .transform((given) => (typeof given === 'string' ? given : JSON.stringify(given, null, 2)))

/** A moment as YAML or JSON writes it: 2026-01-31T12:00:00Z, or a day alone. */
export const moment = () =>
  z
    .union([z.date(), text()], { error: 'must be a time such as 2026-01-31T12:00:00Z' })
    .transform((given, context) => {
      const at = new Date(given)
      if (Number.isNaN(at.getTime()))
        context.addIssue({ code: 'custom', message: 'must be a time such as 2026-01-31T12:00:00Z' })
      return at
    })

/** A fault for every name that was there before. */
export function twice(
  names: readonly { readonly path: readonly PropertyKey[]; readonly name: string }[],
  message: string,
): SeedFault[] {
  const seen = new Set<string>()
  return names.flatMap(({ path, name }) => {
    if (seen.has(name)) return [{ path, message }]
    seen.add(name)
    return []
  })
}
