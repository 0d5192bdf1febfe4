/**
 * What a live tail sends, from the engine through the console to the browser, as server-sent events. Each has as its id the
 * place in the log that it goes up to, so that a stream which broke goes on after the last that arrived.
 *
 *   start {After}   batch {Events, Count, OneIn, Last}   alive {}   end {Reason, Sentence}
 */

/** Why a tail ends by itself. After `broken` and `stopping` it is worth trying again. */
export const TAIL_ENDS = {
  time: 'Live stopped after 30 minutes.',
  session: 'Live stopped because your session has ended.',
  permission: 'Live stopped because you may no longer read these events.',
  elsewhere: 'Live stopped here because it was started in another tab of this browser.',
  slow: 'Live stopped because this browser did not keep up with the events.',
  stopping: 'Live stopped because the engine is restarting.',
  broken: 'Live stopped because the log could not be read.',
} as const
export type TailEnd = keyof typeof TAIL_ENDS | 'refused'

/** What matched since the batch before. `E` is an event as a list shows it, newest first. */
export type TailBatch<E> = {
  readonly Events: readonly E[]
  /** How many matched: exact, whether or not all of them are here. */
  readonly Count: number
  /** 1 when all are here; of more than 200 a second one in so many is. */
  readonly OneIn: number
  /** The place in the log that this goes up to, with it. */
  readonly Last: number
}

/** `refused` carries the refusal's own words. */
export type TailEnded = { readonly Reason: TailEnd; readonly Sentence: string }

export const MOST_TAIL_SECONDS = 30 * 60
