'use client'

import { useEffect, useState } from 'react'
import type { Zone } from '#lib/console/format.ts'

const REMEMBERED = 'keyhouse-zone'

/** The zone that the log's times are told in; remembered in this browser. */
export function useZone(): [Zone, (zone: Zone) => void] {
  const [zone, setZone] = useState<Zone>('UTC')
  useEffect(() => setZone(localStorage.getItem(REMEMBERED) === 'local' ? 'local' : 'UTC'), [])
  return [
    zone,
    (chosen) => {
      localStorage.setItem(REMEMBERED, chosen)
      setZone(chosen)
    },
  ]
}
