import type { InputOf } from '#lib/console/operations.ts'

export type GuardrailValues = {
  readonly id: string
  readonly name: string
  readonly policy: string
  readonly withFullAccess?: boolean | undefined
}

/** What is sent, and what is shown as code. */
export const putGuardrailInput = (form: GuardrailValues): InputOf<'PutGuardrail'> => ({
  AccountId: form.id,
  Name: form.name,
  Policy: form.policy,
  ...(form.withFullAccess === false && { WithFullAccess: false }),
})
