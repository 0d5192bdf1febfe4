'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { paths } from '#lib/console/paths.ts'
import { SignInForm } from './sign-in/sign-in-form.tsx'
import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'

/** Whose page it is: only they go on with it. */
type Person = { readonly account: string; readonly user: string }
type Ended = { readonly tell: () => void; readonly setPerson: (person: Person | undefined) => void }

const Context = createContext<Ended>({ tell: () => {}, setPerson: () => {} })

/** Where nobody's name is known, or a role's session has ended: the page stays, and signing in is done beside it. */
function Elsewhere({ onDone }: { onDone: () => void }) {
  return (
    <div className="mt-4 flex flex-wrap justify-end gap-2">
      <Button size="form" onClick={onDone}>
        I signed in again
      </Button>
      <a href={paths.signIn()} target="_blank" rel="noreferrer" className="contents">
        <span className="inline-flex h-8 items-center rounded-control border border-ink bg-ink px-3 text-table font-medium text-on-ink max-md:h-11">
          Sign in (new tab)
        </span>
      </a>
    </div>
  )
}

/** Tells that the session has ended and signs in again in place, so that nothing typed is lost. */
export function SessionEndedProvider({ children }: { children: ReactNode }) {
  const [ended, setEnded] = useState(false)
  const [person, setPerson] = useState<Person>()
  const tell = useCallback(() => setEnded(true), [])
  const close = () => setEnded(false)
  return (
    <Context value={useMemo(() => ({ tell, setPerson }), [tell])}>
      {children}
      <Dialog
        open={ended}
        onOpenChange={setEnded}
        title="Your session has ended"
        description={
          person
            ? 'Sign in again to go on: what you typed is still here.'
            : 'Sign in again in another tab, then come back: what you typed is still here.'
        }
      >
        {person ? <SignInForm {...person} onDone={close} /> : <Elsewhere onDone={close} />}
      </Dialog>
    </Context>
  )
}

export const useSessionEnded = () => useContext(Context).tell

/** Told by the frame: who signs in again when the session ends. Undefined for a role, which only its person opens. */
export function useWhoIsHere(account: string, user: string | undefined): void {
  const { setPerson } = useContext(Context)
  useEffect(() => {
    setPerson(user === undefined ? undefined : { account, user })
    return () => setPerson(undefined)
  }, [account, user, setPerson])
}
