/** Who would gain and who would lose with a key policy that is only drafted (console 3.6, review). */
import type { z } from 'zod'
import type { AccessDifference } from '#lib/domain/access.ts'
import { CompareAccessInput } from '#lib/domain/operations/access.ts'
import { operation } from '#lib/engine/operation.ts'
import { isPath, whyOf } from './access-marks.ts'
import { draftPolicy } from './access-question.ts'
import { checkCurrent, keyAsked } from './access-rights.ts'
import { type Judged, judgeAll } from './access-rows.ts'
import { principalsOfKey } from './key-principals.ts'

type Input = z.infer<typeof CompareAccessInput>

type Changed = { readonly action: string; readonly before: Judged; readonly after: Judged }

const markIn = ({ marks }: Judged, action: string) => marks.get(action)?.mark ?? 'none'

/** Why the first of the changes comes about, said of the side that allows. */
function whyChanged({ action, before, after }: Changed): string {
  const gains = isPath(markIn(after, action))
  const side = gains ? after : before
  const marked = side.marks.get(action)
  if (!marked) return ''
  const why = whyOf(marked, side.candidate)
  return gains ? `Draft: ${why}` : `In force: ${why} The draft does not.`
}

function differenceOf(before: Judged, after: Judged): AccessDifference[] {
  const changed = [...before.marks.keys()]
    .filter((action) => markIn(before, action) !== markIn(after, action))
    .map((action) => ({ action, before, after }))
  const [first] = changed
  if (!first) return []
  const { subject } = before.candidate
  const Cells = Object.fromEntries(
    changed.map(({ action }) => [action, { Before: markIn(before, action), After: markIn(after, action) }]),
  )
  return [{ PrincipalArn: subject.arn, Kind: subject.kind, Cells, Why: whyChanged(first) }]
}

export const CompareAccess = operation({
  name: 'CompareAccess',
  service: 'Keyhouse',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  // Asked again with every edit of a draft.
  recorded: false,
  input: CompareAccessInput,
  logged: { request: () => null },

  async run(call, { KeyId, Policy }: Input) {
    const { key, refusal } = await keyAsked(call, KeyId)
    if (refusal) throw refusal
    const draft = draftPolicy(call, Policy)
    const principals = await principalsOfKey(call, key, [key.policy, draft])
    const before = await judgeAll(call, principals, { key, policy: key.policy })
    const after = await judgeAll(call, principals, { key, policy: draft })
    const Differences = before.flatMap((judged, index) => {
      const then = after[index]
      return then ? differenceOf(judged, then) : []
    })
    await checkCurrent(call, [key])
    return { Differences }
  },
})
