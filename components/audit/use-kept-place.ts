'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'

type Options = {
  scroll: RefObject<HTMLElement | null>
  /** Ids of the rows, in order. */
  ids: readonly string[]
  rowHeight: number
}

/** Keeps the same rows in sight when others are put before them or taken away from there. */
export function useKeptPlace({ scroll, ids, rowHeight }: Options): void {
  const before = useRef<readonly string[]>([])
  useLayoutEffect(() => {
    const last = before.current
    before.current = ids
    const element = scroll.current
    const [first] = ids
    if (!element || last.length === 0 || first === undefined || first === last[0]) return
    const put = ids.indexOf(last[0] ?? '')
    const taken = put === -1 ? last.indexOf(first) : -put
    if (taken !== -1 || put > 0) element.scrollTop -= taken * rowHeight
  }, [scroll, ids, rowHeight])
}
