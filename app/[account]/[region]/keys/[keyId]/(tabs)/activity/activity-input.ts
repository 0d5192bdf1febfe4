import type { InputOf } from '#lib/console/operations.ts'

/** A key's events from a moment on, or all, newest first; without what only drew this console's pages, unless asked for. */
export const activityFilter = (keyId: string, reads: boolean): string =>
  `key:${keyId}${reads ? '' : ' -source:console-read'}`

export const activityInput = ({
  keyId,
  from,
  reads,
}: {
  keyId: string
  from: number | undefined
  reads: boolean
}): InputOf<'SearchEvents'> => ({
  Filter: activityFilter(keyId, reads),
  ...(from !== undefined && { From: from }),
  Limit: 50,
})
