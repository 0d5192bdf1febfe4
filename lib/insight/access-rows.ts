/** The rows of the access matrix: the marks of each principal, how it stands to the key, and what one more call would do. */
import type { AccessCell, AccessColumn, AccessGroup, AccessRow } from '#lib/domain/access.ts'
import { accessColumns } from '#lib/domain/access-columns.ts'
import type { Call } from '#lib/engine/call.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import type { NamedPolicy } from '#lib/policy/decision.ts'
import { type Candidate, isPath, type Marked, markOf, whyOf } from './access-marks.ts'
import { contextOf } from './access-question.ts'
import type { Subject } from './asked-principal.ts'
import type { KeyPrincipals } from './key-principals.ts'

/** A principal with its marks by action. */
export type Judged = { readonly candidate: Candidate; readonly marks: ReadonlyMap<string, Marked> }

export const candidateOf = (
  call: Call,
  subject: Subject,
  of: { readonly key: LoadedKey; readonly policy: NamedPolicy; readonly grantsOf: KeyPrincipals['grantsOf'] },
): Candidate => ({
  subject,
  key: of.key,
  policy: of.policy,
  context: contextOf(call, subject, of.key),
  grants: of.grantsOf(subject.identity.principal),
})

export const judge = (candidate: Candidate, columns: readonly AccessColumn[]): Judged => ({
  candidate,
  marks: new Map(columns.map(({ Action }) => [Action, markOf(candidate, Action)])),
})

/** Judged without a pause: a few milliseconds (R26). */
const SLICE = 25
const pause = () => new Promise<void>((resume) => setImmediate(resume))

/** Everybody under one policy. */
export async function judgeAll(
  call: Call,
  { subjects, grantsOf }: KeyPrincipals,
  of: { readonly key: LoadedKey; readonly policy: NamedPolicy },
): Promise<Judged[]> {
  const columns = accessColumns(of.key.row)
  const judged: Judged[] = []
  for (const [index, subject] of subjects.entries()) {
    if (index % SLICE === SLICE - 1) await pause()
    judged.push(judge(candidateOf(call, subject, { ...of, grantsOf }), columns))
  }
  return judged
}

/** The marks of a part that are ways to do it. */
const pathsIn = (
  { marks }: Judged,
  columns: readonly AccessColumn[],
  isPart: (part: AccessColumn['Part']) => boolean,
) =>
  columns.flatMap(({ Action, Part }) => {
    const mark = marks.get(Action)?.mark
    return isPart(Part) && mark && isPath(mark) ? [mark] : []
  })

export const mayUse = (judged: Judged, columns: readonly AccessColumn[]) =>
  pathsIn(judged, columns, (part) => part === 'use').length > 0

/**
 * Grants under a condition are no management: AWS's console gives every user those that a service asks for
 * (kms:GrantIsForAWSResource).
 */
const isManaging =
  ({ marks }: Judged) =>
  ({ Action }: AccessColumn) =>
    Action !== 'CreateGrant' || marks.get(Action)?.mark !== 'conditional'

/** How a principal stands to the key. `tried`: it was refused of late. */
export function groupOf(judged: Judged, columns: readonly AccessColumn[], tried: boolean): AccessGroup {
  const { subject } = judged.candidate
  const uses = pathsIn(judged, columns, (part) => part === 'use')
  const manages = pathsIn(judged, columns.filter(isManaging(judged)), (part) => part !== 'use')
  const all = [...uses, ...pathsIn(judged, columns, (part) => part !== 'use')]
  if (all.length === 0) return tried ? 'denied' : 'none'
  if (subject.kind === 'service') return 'services'
  if (!subject.ours) return 'accounts'
  if (all.every((mark) => mark === 'grant')) return 'grants'
  if (uses.length > 0) return manages.length > 0 ? 'both' : 'users'
  return 'administrators'
}

export type LastUsed = (subject: Subject, action: string) => Date | null

export function cellsOf({ candidate, marks }: Judged, lastUsed: LastUsed): Record<string, AccessCell> {
  return Object.fromEntries(
    [...marks].map(([action, marked]) => [
      action,
      { Mark: marked.mark, Why: whyOf(marked, candidate), LastUsed: lastUsed(candidate.subject, action) },
    ]),
  )
}

type Around = {
  readonly columns: readonly AccessColumn[]
  readonly tried: (subject: Subject) => boolean
  readonly lastUsed: LastUsed
  readonly steps: (judged: Judged) => AccessRow['Steps']
}

export function rowOf(judged: Judged, { columns, tried, lastUsed, steps }: Around): AccessRow {
  const { subject } = judged.candidate
  return {
    PrincipalArn: subject.arn,
    Kind: subject.kind,
    Group: groupOf(judged, columns, tried(subject)),
    Cells: cellsOf(judged, lastUsed),
    Steps: mayUse(judged, columns) ? [] : steps(judged),
  }
}

/** Whether there is anything to tell of a row. */
export const hasPath = ({ Group, Cells, Steps }: AccessRow) =>
  Group !== 'none' || Steps.length > 0 || Object.values(Cells).some(({ Mark }) => Mark === 'denied')
