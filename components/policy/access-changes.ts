/** Who gains and who loses, as rows and columns: what changes, beside what stays of policy and deletion. Pure. */
import type { OutputOf } from '#lib/console/operations.ts'
import type { AccessMark } from '#lib/domain/access.ts'

export type Differences = OutputOf<'CompareAccess'>['Differences']
type WhoCan = OutputOf<'WhoCan'>

export type ChangeCell = {
  readonly before: AccessMark
  readonly after: AccessMark
  readonly kind: 'gained' | 'lost' | 'changed' | 'kept'
}

export type ChangeRow = {
  readonly arn: string
  readonly cells: Readonly<Record<string, ChangeCell>>
  readonly why: string
  readonly changed: boolean
}

export type AccessChanges = {
  readonly columns: readonly string[]
  readonly rows: readonly ChangeRow[]
}

const ALWAYS = ['PutKeyPolicy', 'ScheduleKeyDeletion']
const isPath = (mark: AccessMark) => mark === 'allowed' || mark === 'conditional' || mark === 'grant'

function cellOf(before: AccessMark, after: AccessMark): ChangeCell {
  if (before === after) return { before, after, kind: 'kept' }
  if (isPath(before) === isPath(after)) return { before, after, kind: 'changed' }
  return { before, after, kind: isPath(after) ? 'gained' : 'lost' }
}

const counted = (cells: Readonly<Record<string, ChangeCell>>, kind: ChangeCell['kind']) =>
  Object.values(cells).filter((cell) => cell.kind === kind).length

/** "+3", "−3, +1" */
export function sumOf(cells: Readonly<Record<string, ChangeCell>>): string {
  const [gained, lost] = [counted(cells, 'gained'), counted(cells, 'lost')]
  return [...(gained > 0 ? [`+${gained}`] : []), ...(lost > 0 ? [`−${lost}`] : [])].join(', ')
}

/** Those whose access changes first, then those with any access that stays. */
export function accessChanges(differences: Differences, who: WhoCan): AccessChanges {
  const touched = new Set(differences.flatMap(({ Cells }) => Object.keys(Cells)))
  const columns = who.Columns.map(({ Action }) => Action).filter(
    (action) => touched.has(action) || ALWAYS.includes(action),
  )
  const standing = new Map(who.Rows.map((row) => [row.PrincipalArn, row]))
  const markOf = (arn: string, action: string) => standing.get(arn)?.Cells[action]?.Mark ?? 'none'
  const changed = differences.map(({ PrincipalArn, Cells, Why }): ChangeRow => {
    const cells = columns.map((action) => {
      const cell = Cells[action]
      const mark = markOf(PrincipalArn, action)
      return [action, cell ? cellOf(cell.Before, cell.After) : cellOf(mark, mark)] as const
    })
    return { arn: PrincipalArn, cells: Object.fromEntries(cells), why: Why, changed: true }
  })
  const moved = new Set(differences.map(({ PrincipalArn }) => PrincipalArn))
  const kept = who.Rows.filter(({ PrincipalArn }) => !moved.has(PrincipalArn)).flatMap((row): ChangeRow[] => {
    const cells = columns.map((action) => {
      const mark = row.Cells[action]?.Mark ?? 'none'
      return [action, cellOf(mark, mark)] as const
    })
    const any = cells.some(([, { after }]) => isPath(after))
    return any
      ? [{ arn: row.PrincipalArn, cells: Object.fromEntries(cells), why: 'Unchanged', changed: false }]
      : []
  })
  return { columns, rows: [...changed, ...kept] }
}

const DAY_S = 86_400

/** Who loses something that was done within a day: by the matrix and by the replay of the log. `now` in epoch seconds. */
export function losingRecentUse(
  differences: Differences,
  who: WhoCan | undefined,
  replayed: readonly { readonly PrincipalArn: string; readonly LastAt: number }[],
  now: number,
): readonly string[] {
  const recent = (at: number | null | undefined) => typeof at === 'number' && now - at < DAY_S
  const byMatrix = differences.filter(({ PrincipalArn, Cells }) => {
    const row = who?.Rows.find((one) => one.PrincipalArn === PrincipalArn)
    return Object.entries(Cells).some(
      ([action, { Before, After }]) =>
        isPath(Before) && !isPath(After) && recent(row?.Cells[action]?.LastUsed),
    )
  })
  const byLog = replayed.filter(({ LastAt }) => recent(LastAt))
  return [...new Set([...byMatrix, ...byLog].map(({ PrincipalArn }) => PrincipalArn))]
}
