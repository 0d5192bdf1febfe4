'use client'

import { useParams } from 'next/navigation'
import { useEffect } from 'react'
import { SCOPE_COOKIE, type Scope, writeScope } from '#lib/console/scope.ts'

const YEAR_SECONDS = 31_536_000

/** The scope of the page: its address where it names a Region, else the last one. Remembered for `/` and account pages. */
export function useScope(last: Scope): Scope {
  const { region } = useParams<{ region?: string }>()
  const scope = { account: last.account, region: region ?? last.region }
  const value = writeScope(scope)
  useEffect(() => {
    const secure = location.protocol === 'https:' ? '; Secure' : ''
    // biome-ignore lint/suspicious/noDocumentCookie: a preference of this browser, read by the server when it draws
    document.cookie = `${SCOPE_COOKIE}=${value}; Path=/; SameSite=Lax; Max-Age=${YEAR_SECONDS}${secure}`
  }, [value])
  return scope
}
