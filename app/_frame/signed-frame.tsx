import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { readScope, SCOPE_COOKIE, type Scope } from '#lib/console/scope.ts'
import { type CurrentSession, type SessionView, signedInHere } from '#lib/console/session.ts'
import { readTheme, THEME_COOKIE } from '#lib/console/theme.ts'
import { Frame } from './frame.tsx'

/** The scope to open where an address names none: the last one, if it still is this account's. */
export function scopeOf(session: SessionView, cookie: string | undefined): Scope {
  const { account } = session.principal
  const last = readScope(cookie)
  const kept = last?.account === account && session.regions.includes(last.region)
  return { account, region: kept ? last.region : (session.regions[0] ?? '') }
}

/** The frame of a signed-in person, with what the server knows: identity, Regions, last scope, theme. */
export async function SignedFrame({ session, children }: { session: CurrentSession; children: ReactNode }) {
  const jar = await cookies()
  return (
    <Frame
      session={session}
      others={(await signedInHere()).filter(({ id }) => id !== session.id)}
      regions={session.regions}
      last={scopeOf(session, jar.get(SCOPE_COOKIE)?.value)}
      theme={readTheme(jar.get(THEME_COOKIE)?.value)}
    >
      {children}
    </Frame>
  )
}
