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

/** The columns of the table: AWS treats the two ways of waiting for deletion alike. */
const COLUMNS = [
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'Unavailable',
  'Creating',
  'Updating',
] as const
type Column = (typeof COLUMNS)[number]

/**
 * What a cell says: 0 admits; the others are AWS's own codes for refusals (facts §4).
 *
 *   1 DisabledException: is disabled                  5 is pending import
 *   3 KMSInvalidStateException: is pending deletion   11 is unavailable
 *   4 is not pending deletion                         14 is creating    15 is updating
 *
 * Codes 6, 7 and 9 depend on the key's origin and kind, not on its state: the operations ask for those themselves.
 * 8 is 3 for imported material; 10 concerns the key that an alias leaves, which may be in any state; 12 admits.
 */
type Cell = 0 | 1 | 3 | 4 | 5 | 11 | 14 | 15

/** What is done with a key, and what each state answers. One row for each group of operations in AWS's table. */
export const STATE_TABLE = {
  //                Enabled Disabled PendingDeletion PendingImport Unavailable Creating Updating
  cancelDeletion: [4, 4, 0, 4, 4, 4, 4],
  /** CreateAlias, and the key that UpdateAlias points an alias at. */
  alias: [0, 0, 3, 0, 0, 0, 0],
  createGrant: [0, 1, 3, 5, 0, 14, 0],
  /** Every cryptographic operation, and GetPublicKey. */
  use: [0, 1, 3, 5, 11, 14, 0],
  /** DescribeKey and every other operation that reads; PutKeyPolicy, DeleteAlias, RetireGrant, RevokeGrant. */
  read: [0, 0, 0, 0, 0, 0, 0],
  changePolicy: [0, 0, 0, 0, 0, 0, 0],
  deleteAlias: [0, 0, 0, 0, 0, 0, 0],
  endGrant: [0, 0, 0, 0, 0, 0, 0],
  deleteMaterial: [0, 0, 0, 0, 11, 14, 15],
  enableOrDisable: [0, 0, 3, 5, 0, 14, 15],
  /** EnableKeyRotation, DisableKeyRotation. */
  rotation: [0, 1, 3, 5, 11, 14, 0],
  rotateNow: [0, 1, 3, 5, 11, 14, 15],
  importParameters: [0, 0, 3, 0, 11, 14, 15],
  importMaterial: [0, 0, 3, 0, 11, 14, 0],
  replicate: [0, 1, 3, 5, 11, 14, 15],
  scheduleDeletion: [0, 0, 3, 0, 0, 0, 15],
  /** TagResource, UntagResource, UpdateKeyDescription. */
  describe: [0, 0, 3, 0, 0, 0, 0],
  updatePrimary: [0, 1, 3, 5, 11, 14, 0],
} as const satisfies Record<string, readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell]>

export type Deed = keyof typeof STATE_TABLE

const columnOf = (state: KeyState): Column => (state === 'PendingReplicaDeletion' ? 'PendingDeletion' : state)

const cellOf = (deed: Deed, state: KeyState): Cell => STATE_TABLE[deed][COLUMNS.indexOf(columnOf(state))] ?? 0

export const allows = (deed: Deed, state: KeyState): boolean => cellOf(deed, state) === 0

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
  const cell = cellOf(deed, state)
  if (cell === 0) return undefined
  if (cell === 4) return new KmsError('KMSInvalidStateException', `${arn} is not pending deletion.`)
  // A disabled key has its own exception; every other state shares one.
  const code = cell === 1 ? 'DisabledException' : 'KMSInvalidStateException'
  return new KmsError(code, `${arn} is ${WORDS[state]}.`)
}
