/** The log verified again on demand, a piece at a time: whoever asks goes on with Next, and can stop whenever they like. */
import type { z } from 'zod'
import { readHead } from '#lib/audit/tree/checkpoints.ts'
import { sentenceOf } from '#lib/audit/watch/finding-sentence.ts'
import type { NewFinding } from '#lib/audit/watch/findings.ts'
import type { VerifiedRange } from '#lib/domain/evidence.ts'
import { VerifyLogInput } from '#lib/domain/operations/evidence.ts'
import { operation } from '#lib/engine/operation.ts'

const PIECE = 20_000
const MOST_FAULTS = 1000

type VerifyInput = z.infer<typeof VerifyLogInput>

const faultOf = (found: NewFinding) => ({
  Index: found.first ?? 0,
  EventId: found.details.eventId ?? null,
  Fault: sentenceOf(found),
})

/** Faults name leaves and event ids of the whole log, and nothing of what is in them. */
export const VerifyLog = operation({
  name: 'VerifyLog',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  recorded: false,
  input: VerifyLogInput,
  logged: { request: ({ First, End }: VerifyInput) => ({ first: First, end: End }) },

  async run(call, input: VerifyInput): Promise<VerifiedRange> {
    await call.permit()
    const { reader, logWatch, sequencer } = call.services
    if (input.First === undefined) await sequencer.catchUp()
    const { size } = await readHead(reader)
    const last = Math.min(size, input.End ?? size)
    const first = Math.min(input.First ?? 0, last)
    const end = Math.min(last, first + PIECE)
    const found = await logWatch.verify({ first, end })
    return {
      First: first,
      End: end,
      Next: end < last ? end : null,
      Faults: found.slice(0, MOST_FAULTS).map(faultOf),
    }
  },
})
