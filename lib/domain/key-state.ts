/**
 * Key states, and what each state lets one do: the table that both the engine and the console's buttons read.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html (facts §4)
 */
import { KmsError } from './refusal.ts'

export const KEY_STATES = [
  'Creating',
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'PendingReplicaDeletion',
  'Unavailable',
  'Updating',
] as const
export type KeyState = (typeof KEY_STATES)[number]

const ANY = KEY_STATES
const NOT_PENDING_DELETION = KEY_STATES.filter(
  (state) => state !== 'PendingDeletion' && state !== 'PendingReplicaDeletion',
)

/** What is done with a key, and the states that admit it. */
export const ALLOWED_STATES = {
  read: ANY,
  changePolicy: ANY,
  deleteAlias: ANY,
  use: ['Enabled', 'Updating'],
  enableOrDisable: ['Enabled', 'Disabled', 'Unavailable'],
  rotation: ['Enabled', 'Updating'],
  rotateNow: ['Enabled'],
  describe: NOT_PENDING_DELETION, // description, tags
  alias: NOT_PENDING_DELETION, // create, or point one here
  scheduleDeletion: ['Enabled', 'Disabled', 'PendingImport', 'Unavailable', 'Creating'],
  cancelDeletion: ['PendingDeletion', 'PendingReplicaDeletion'],
} as const satisfies Record<string, readonly KeyState[]>

export type Deed = keyof typeof ALLOWED_STATES

export const allows = (deed: Deed, state: KeyState): boolean =>
  (ALLOWED_STATES[deed] as readonly KeyState[]).includes(state)

const WORDS: Record<KeyState, string> = {
  Creating: 'creating',
  Enabled: 'enabled',
  Disabled: 'disabled',
  PendingDeletion: 'pending deletion',
  PendingImport: 'pending import',
  PendingReplicaDeletion: 'pending replica deletion',
  Unavailable: 'unavailable',
  Updating: 'updating',
}

/** AWS's refusal when a state does not admit a deed, or undefined when it does. */
export function stateRefusal(deed: Deed, state: KeyState, arn: string): KmsError | undefined {
  if (allows(deed, state)) return undefined
  if (deed === 'cancelDeletion')
    return new KmsError('KMSInvalidStateException', `${arn} is not pending deletion.`)
  // A disabled key has its own exception; every other state shares one (facts §4, codes 1 to 15).
  const code = state === 'Disabled' ? 'DisabledException' : 'KMSInvalidStateException'
  return new KmsError(code, `${arn} is ${WORDS[state]}.`)
}
