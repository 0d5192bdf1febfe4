/** The matrix as a file, with the moment and the policy version that it was computed at. Cells are formula-safe (csvCell). */
import { type ExportFormat, type ExportRow, fileOf } from '#lib/console/exported.ts'
import { toDate } from '#lib/console/format.ts'
import type { WhoCan } from './matrix-words.ts'

/** One row for each principal; every row has the same columns. */
export function accessRows({ KeyArn, PolicyVersion, At, Columns, Rows }: WhoCan): ExportRow[] {
  const evaluated = toDate(At).toISOString()
  return Rows.map(({ PrincipalArn, Kind, Group, Cells, Steps }) => ({
    evaluated,
    policyVersion: PolicyVersion,
    keyArn: KeyArn,
    principal: PrincipalArn,
    kind: Kind,
    group: Group,
    ...Object.fromEntries(Columns.map(({ Action }) => [Action, Cells[Action]?.Mark ?? null])),
    ...Object.fromEntries(
      Columns.map(({ Action }) => {
        const last = Cells[Action]?.LastUsed ?? null
        return [`${Action} last used`, last === null ? null : toDate(last).toISOString()]
      }),
    ),
    oneStepAway: Steps.map((step) => step.Action),
  }))
}

async function* once(rows: readonly ExportRow[]) {
  yield rows
}

/** The text of the file. */
export async function accessFile(format: ExportFormat, whoCan: WhoCan): Promise<string> {
  let text = ''
  for await (const piece of fileOf(format, once(accessRows(whoCan)))) text += piece
  return text
}
