'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

/** A key as its operations take it: its id, or its ARN where it is another account's. */
const form = z.object({ region: z.string(), key: z.string() })
type Form = z.infer<typeof form>

const input = ({ key }: Form) => ({ KeyId: key })
const region = (sent: Form) => sent.region
const spec = { form, input, region }

export const enableKey = action('EnableKey', spec)
export const disableKey = action('DisableKey', spec)
export const rotateKey = action('RotateKeyOnDemand', spec)
export const cancelKeyDeletion = action('CancelKeyDeletion', spec)
