/**
 * What needs a person in this Region today, most urgent first: the list at the top of the overview (console 3.2). It puts
 * together what other answers know, each for whoever may ask for that, and judges nobody's requests.
 */
import { type Attention as Answer, ATTENTION_KINDS, type AttentionItem } from '#lib/domain/evidence.ts'
import { AttentionInput } from '#lib/domain/operations/evidence.ts'
import type { Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { readClock } from '#lib/store/clock.ts'
import { isDenied } from './access-rights.ts'
import { accessItems } from './attention-access.ts'
import { dueKeys, overspentBudgets, watchesThatSaw } from './attention-keys.ts'
import { logItems } from './attention-log.ts'

/** More is a list to work through elsewhere. */
const MOST_ITEMS = 8

async function may(call: Call, action: string): Promise<boolean> {
  try {
    await call.permit({ action })
    return true
  } catch (thrown) {
    if (isDenied(thrown)) return false
    throw thrown
  }
}

async function clockItems({ services }: Call): Promise<AttentionItem[]> {
  const { jumpedAt } = await readClock(services.database.sql)
  if (jumpedAt === null) return []
  return [
    {
      ...{ Kind: 'clock-jump', KeyId: null, Region: null, Alias: null, Principals: [], EventId: null },
      Sentence: 'jumped: nothing is deleted until somebody acknowledges that it is right',
      At: jumpedAt,
    },
  ]
}

/** By kind; of one kind what lasts longest. */
const byUrgency = (a: AttentionItem, b: AttentionItem) =>
  ATTENTION_KINDS.indexOf(a.Kind) - ATTENTION_KINDS.indexOf(b.Kind) ||
  (a.At?.getTime() ?? 0) - (b.At?.getTime() ?? 0)

export const Attention = operation({
  name: 'Attention',
  service: 'Keyhouse',
  action: 'kms:ListKeys',
  class: 'read',
  // Every look at the overview asks, and asks again.
  recorded: false,
  input: AttentionInput,
  logged: { request: () => null },

  async run(call): Promise<Answer> {
    await call.permit()
    await call.services.sequencer.catchUp()
    const mayLookup = await may(call, 'cloudtrail:LookupEvents')
    const found = await Promise.all([
      mayLookup ? logItems(call) : [],
      (await may(call, 'keyhouse:ShowClock')) ? clockItems(call) : [],
      dueKeys(call, mayLookup),
      watchesThatSaw(call),
      overspentBudgets(call),
    ])
    // Last: it compares the versions that this answer rests on.
    const access = await accessItems(call)
    const items = [...found.flat(), ...access].sort(byUrgency)
    return {
      Items: items.slice(0, MOST_ITEMS),
      More: Math.max(0, items.length - MOST_ITEMS),
      CheckedAt: call.services.clock.real(),
    }
  },
})
