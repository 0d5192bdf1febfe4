'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

/** Describing a predefined alias makes its key: there is no other way to get one. */
export const describeAlias = action('DescribeKey', {
  form: z.object({ region: z.string(), alias: z.string() }),
  input: ({ alias }) => ({ KeyId: alias }),
  region: ({ region }) => region,
})
