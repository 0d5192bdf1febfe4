/** Who can do what with a key: everybody with a path, by what they can do, and how each came by it (console 3.13). */
import type { z } from 'zod'
import { lastDeeds, refusedActors } from '#lib/audit/usage/access-log.ts'
import type { WhoCan as Answer } from '#lib/domain/access.ts'
import { accessColumns } from '#lib/domain/access-columns.ts'
import { WhoCanInput } from '#lib/domain/operations/access.ts'
import type { Call } from '#lib/engine/call.ts'
import type { LoadedKey } from '#lib/engine/keys.ts'
import { operation } from '#lib/engine/operation.ts'
import { newestPolicyVersion } from '#lib/store/policy-versions.ts'
import { draftPolicy } from './access-question.ts'
import { checkCurrent, keyAsked } from './access-rights.ts'
import { hasPath, judgeAll, type LastUsed, rowOf } from './access-rows.ts'
import { stepsAmong } from './access-steps.ts'
import { isOneself, type Subject } from './asked-principal.ts'
import { type KeyPrincipals, principalsOfKey } from './key-principals.ts'

type Input = z.infer<typeof WhoCanInput>

const DAY_MS = 86_400_000
const USED_DAYS = 90
const TRIED_DAYS = 30

/** A role's sessions act under ARNs of their own; what they did, the role did. */
const actedAs = (actor: string) => actor.replace(/^(.+:assumed-role\/[^/]+)\/.+$/, '$1')

/** The names under which the log has a principal's deeds. */
function actorsOf({ identity, arn }: Subject): string[] {
  const { role, partition, account } = identity.principal
  return role && !arn.includes(':assumed-role/')
    ? [arn, `arn:${partition}:sts::${account}:assumed-role/${role.name}`]
    : [arn]
}

/** What the log knows of who did what with the key, and who tried. */
async function knownDeeds(call: Call, { row }: LoadedKey) {
  const { services } = call
  await services.sequencer.catchUp()
  const now = services.clock.real().getTime()
  const [deeds, refused] = await Promise.all([
    lastDeeds(services.reader, row, new Date(now - USED_DAYS * DAY_MS)),
    refusedActors(services.reader, row, new Date(now - TRIED_DAYS * DAY_MS)),
  ])
  const last = new Map<string, Date>()
  for (const { actor, event, at } of deeds)
    for (const name of new Set([actor, actedAs(actor)])) {
      const known = last.get(`${name} ${event}`)
      if (!known || known < at) last.set(`${name} ${event}`, at)
    }
  const tried = new Set([...refused].flatMap((actor) => [actor, actedAs(actor)]))
  const lastUsed: LastUsed = (subject, action) =>
    actorsOf(subject).flatMap((actor) => last.get(`${actor} ${action}`) ?? [])[0] ?? null
  return { lastUsed, tried: (subject: Subject) => actorsOf(subject).some((actor) => tried.has(actor)) }
}

/** Without the key's policy one may ask only about oneself. */
const onlyOneself = (call: Call, { subjects, grantsOf }: KeyPrincipals): KeyPrincipals => ({
  subjects: subjects.filter(({ arn }) => isOneself(call, arn)),
  grantsOf,
})

export const WhoCan = operation({
  name: 'WhoCan',
  service: 'Keyhouse',
  action: 'kms:GetKeyPolicy',
  class: 'read',
  // Asked again with every edit of a draft.
  recorded: false,
  input: WhoCanInput,
  logged: { request: () => null },

  async run(call, { KeyId, Policy }: Input): Promise<Answer> {
    const { key, refusal } = await keyAsked(call, KeyId)
    const policy = Policy === undefined ? key.policy : draftPolicy(call, Policy)
    const found = await principalsOfKey(call, key, [policy])
    const judged = await judgeAll(call, refusal ? onlyOneself(call, found) : found, { key, policy })
    const columns = accessColumns(key.row)
    const [deeds, steps, version] = await Promise.all([
      knownDeeds(call, key),
      stepsAmong(call, judged, columns),
      newestPolicyVersion(call.services.database.sql, key.row),
    ])
    const rows = judged.map((entry) => rowOf(entry, { columns, steps, ...deeds }))
    const told = refusal ? rows.map(withoutReasons) : rows.filter(hasPath)
    await checkCurrent(call, [key])
    return {
      KeyId: key.row.id,
      KeyArn: key.arn,
      PolicyVersion: version,
      At: call.now,
      Columns: columns,
      Rows: told,
      WithoutPath: rows.length - told.length,
    }
  },
})

/** Marks alone: which statement decided is for those to know who may read it. */
export const withoutReasons = <R extends Answer['Rows'][number]>(row: R): R => ({
  ...row,
  Cells: Object.fromEntries(Object.entries(row.Cells).map(([name, cell]) => [name, { ...cell, Why: '' }])),
})
