/**
 * The public key and token of an import, in this tab's session storage: a reload keeps them, another tab never sees
 * them, no address and no server's log holds them.
 */
import { z } from 'zod'
import { WRAPPING_ALGORITHMS, WRAPPING_KEY_SPECS } from '#lib/domain/import-wrapping.ts'

const usable = WRAPPING_ALGORITHMS.filter((name) => name !== 'RSAES_PKCS1_V1_5')

const Parameters = z.object({
  publicKey: z.string(),
  token: z.string(),
  /** Epoch seconds of the installation's clock. */
  validTo: z.number(),
  algorithm: z.enum(usable),
  keySpec: z.enum(WRAPPING_KEY_SPECS),
})
export type Parameters = z.infer<typeof Parameters>

const Stored = z.object({
  parameters: Parameters.optional(),
  /** The material whose bytes are to come again. */
  material: z.string().optional(),
  /** The id of the material that came; empty where KMS names none. */
  done: z.string().optional(),
})
export type Stored = z.infer<typeof Stored>

export const storageKey = (arn: string) => `keyhouse-import:${arn}`

/** What another release wrote is nothing. */
export function loadFlow(key: string): Stored {
  try {
    const stored = Stored.safeParse(JSON.parse(sessionStorage.getItem(key) ?? '{}'))
    return stored.success ? stored.data : {}
  } catch {
    return {}
  }
}

export function saveFlow(key: string, stored: Stored): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(stored))
  } catch {
    // Full or forbidden storage: the flow then lives as long as the page.
  }
}
