/** The access matrix in words: its columns, groups and marks, and what its rows say together. Pure. */
import { count } from '#lib/console/format.ts'
import type { OutputOf } from '#lib/console/operations.ts'
import type { AccessColumn, AccessGroup, AccessMark } from '#lib/domain/access.ts'

export type WhoCan = OutputOf<'WhoCan'>
export type PrincipalRow = WhoCan['Rows'][number]
export type Cell = PrincipalRow['Cells'][string]
export type Column = WhoCan['Columns'][number]
export type Step = PrincipalRow['Steps'][number]

const COLUMN_WORDS: Readonly<Record<string, string>> = {
  GenerateDataKey: 'Data keys',
  ReEncryptFrom: 'ReEncrypt from',
  ReEncryptTo: 'ReEncrypt to',
  GenerateMac: 'MAC',
  VerifyMac: 'Verify MAC',
  DeriveSharedSecret: 'Derive',
  DisableKey: 'Enable, disable',
  CreateAlias: 'Alias',
  TagResource: 'Tag',
  RotateKeyOnDemand: 'Rotate',
  ImportKeyMaterial: 'Import',
  PutKeyPolicy: 'Change policy',
  CreateGrant: 'Create grants',
  ScheduleKeyDeletion: 'Delete',
}

/** The head of an action's column. */
export const columnWords = (action: string): string => COLUMN_WORDS[action] ?? action

export const PART_WORDS: Readonly<Record<AccessColumn['Part'], string>> = {
  use: 'Use',
  manage: 'Manage',
  control: 'Control',
}

/** Columns side by side under one head each, in their order. */
export function partsOf(columns: readonly Column[]): readonly { part: Column['Part']; span: number }[] {
  const parts: { part: Column['Part']; span: number }[] = []
  for (const { Part } of columns) {
    const last = parts.at(-1)
    if (last?.part === Part) last.span += 1
    else parts.push({ part: Part, span: 1 })
  }
  return parts
}

export const MARK_WORDS: Readonly<Record<AccessMark, string>> = {
  allowed: 'allowed',
  conditional: 'allowed under conditions',
  grant: 'allowed through a grant',
  denied: 'explicitly denied',
  none: 'not allowed',
}

export const isPath = (mark: AccessMark) => mark === 'allowed' || mark === 'conditional' || mark === 'grant'

const GROUPS: readonly { readonly group: AccessGroup; readonly title: string; readonly help: string }[] = [
  { group: 'administrators', title: 'Administrators', help: 'manage or control the key and do not use it' },
  { group: 'users', title: 'Users', help: 'use the key and do not manage it' },
  { group: 'both', title: 'Both', help: 'manage or control the key and use it' },
  { group: 'grants', title: 'Through grants', help: 'nothing but a grant allows them' },
  {
    group: 'accounts',
    title: 'Other accounts',
    help: 'policies of their own account must allow it too',
  },
  { group: 'services', title: 'Services', help: 'AWS services that the key policy names' },
  { group: 'denied', title: 'Tried and denied', help: 'refused within 30 days, and still without a path' },
  { group: 'none', title: 'No path of their own', help: 'explicitly denied, or one step away' },
]

export type RowGroup<Row> = { readonly title: string; readonly help: string; readonly rows: readonly Row[] }

/** The rows by how they stand to the key, in the order of the specification; empty groups are left out. */
export function groupsOf(rows: readonly PrincipalRow[]): readonly RowGroup<PrincipalRow>[] {
  return GROUPS.map(({ group, title, help }) => ({
    title,
    help,
    rows: rows.filter(({ Group }) => Group === group),
  })).filter((group) => group.rows.length > 0)
}

/** "1 administrator, 2 users, both: none": the account root, which may do everything as a rule, is no finding. */
export function summaryOf(rows: readonly PrincipalRow[]): string {
  const people = rows.filter(({ Kind }) => Kind !== 'root')
  const of = (group: AccessGroup) => people.filter(({ Group }) => Group === group).length
  const root = people.length < rows.length ? ' besides the account root' : ''
  return [
    count(of('administrators'), 'administrator'),
    count(of('users'), 'user'),
    of('both') === 0 ? `both: none${root}` : `${of('both')} both`,
  ].join(', ')
}

/** Allowed and not used for 90 days, over all rows but the account root’s, whose permissions no policy narrows. */
export const unusedIn = (rows: readonly PrincipalRow[]): number =>
  rows
    .filter(({ Kind }) => Kind !== 'root')
    .flatMap(({ Cells }) => Object.values(Cells))
    .filter(({ Mark, LastUsed }) => isPath(Mark) && LastUsed === null).length

/** Without the key’s policy one is told marks alone, and only one’s own. */
export const isClosed = (rows: readonly PrincipalRow[]): boolean =>
  rows.every(({ Cells }) => Object.values(Cells).every(({ Why }) => Why === ''))

/** "1 step: PutKeyPolicy"; an action of another service keeps its service. */
export const stepWords = ({ Action }: Pick<Step, 'Action'>): string =>
  `1 step: ${Action.startsWith('kms:') ? Action.slice(4) : Action}`
