'use server'

import { z } from 'zod'
import { action } from '#lib/console/action.ts'

export const endSession = action('EndSession', {
  form: z.object({ id: z.string(), user: z.string().optional() }),
  input: ({ id, user }) => ({ SessionId: id, ...(user !== undefined && { UserName: user }) }),
})

/** All but this one; of another user all. */
export const endSessions = action('EndSession', {
  form: z.object({ user: z.string().optional() }),
  input: ({ user }) => (user === undefined ? {} : { UserName: user }),
})

export const putSetting = action('PutSetting', {
  form: z.object({ name: z.enum(['requireMfa', 'requireSeparation']), on: z.boolean() }),
  input: ({ name, on }) => ({ Name: name, Value: JSON.stringify(on) }),
})

const HOURS = ['sessionHours', 'idleMinutes'] as const
export const putNumber = action('PutSetting', {
  form: z.object({ name: z.enum(HOURS), value: z.number() }),
  input: ({ name, value }) => ({ Name: name, Value: String(value) }),
})
