/** The access explorer's question: what is filled in decides what is asked. Pure. */
import type { InputOf } from '#lib/console/operations.ts'
import { KMS_ACTIONS } from '#lib/domain/actions.ts'

/** What stands in the address. */
export type Asked = { readonly key: string; readonly principal: string; readonly action: string }

export type Mode = 'nothing' | 'key' | 'principal' | 'one-row' | 'question'

/** A key: who can. A principal: which keys. Both: their row, and with an action yes or no. */
export function modeOf({ key, principal, action }: Asked): Mode {
  if (key === '') return principal === '' ? 'nothing' : 'principal'
  if (principal === '') return 'key'
  return action === '' ? 'one-row' : 'question'
}

/** What a request would bring with it, beside who asks for what. */
export type Circumstances = {
  readonly context: Readonly<Record<string, string>> | undefined
  readonly via: string
  readonly address: string
}

export const NO_CIRCUMSTANCES: Circumstances = { context: undefined, via: '', address: '' }

/** s3 is s3.eu-west-1.amazonaws.com to kms:ViaService. */
export const viaService = (typed: string, region: string): string =>
  typed.includes('.') ? typed : `${typed}.${region}.amazonaws.com`

/** What is wrong with an address, for a person; the engine takes any text and no condition would match it. */
export function addressFault(typed: string): string | undefined {
  if (typed === '' || /^[0-9a-f:.]+$/i.test(typed)) return undefined
  return 'Write one IP address, without a range: 10.0.4.17'
}

/** The question as ExplainAccess takes it. */
export function questionOf(asked: Asked, { context, via, address }: Circumstances, region: string) {
  const conditions = {
    ...(via !== '' && { 'kms:ViaService': [viaService(via, region)] }),
    ...(address !== '' && { 'aws:SourceIp': [address] }),
  }
  const question: InputOf<'ExplainAccess'> = {
    KeyId: asked.key,
    PrincipalArn: asked.principal,
    Action: asked.action,
    ...(context && { EncryptionContext: context }),
    ...(Object.keys(conditions).length > 0 && { Conditions: conditions }),
  }
  return question
}

/** Actions that are asked of a key, by name. */
export const KEY_ACTIONS: readonly string[] = Object.entries(KMS_ACTIONS)
  .filter(([, { resource }]) => resource !== 'none')
  .map(([name]) => name)
  .sort()
