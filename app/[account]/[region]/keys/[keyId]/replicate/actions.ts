'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

const tag = z.object({ TagKey: z.string(), TagValue: z.string() })

/** Called where the primary is; `to` is where the replica will be. */
export const replicateKey = action('ReplicateKey', {
  form: z.object({
    region: z.string(),
    key: z.string(),
    to: z.string(),
    description: z.string().max(8192).optional(),
    policy: z.string().optional(),
    tags: z.array(tag).optional(),
  }),
  input: ({ key, to, description, policy, tags }) => ({
    KeyId: key,
    ReplicaRegion: to,
    ...(policy !== undefined && { Policy: policy }),
    ...(description && { Description: description }),
    ...(tags && tags.length > 0 && { Tags: tags }),
  }),
  region: ({ region }) => region,
})
