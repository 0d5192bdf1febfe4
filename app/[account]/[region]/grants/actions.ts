'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

/** The key by its ARN: both operations take it, and RetireGrant nothing else. */
const form = z.object({ region: z.string(), key: z.string(), grant: z.string() })
type Form = z.infer<typeof form>

const input = ({ key, grant }: Form) => ({ KeyId: key, GrantId: grant })
const region = (sent: Form) => sent.region

export const revokeGrant = action('RevokeGrant', { form, input, region })
export const retireGrant = action('RetireGrant', { form, input, region })
