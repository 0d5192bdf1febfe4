'use client'

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { paths } from '#lib/console/paths.ts'
import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'

const Ended = createContext<() => void>(() => {})

/** Tells that the session has ended without leaving the page, so that nothing typed is lost. */
export function SessionEndedProvider({ children }: { children: ReactNode }) {
  const [ended, setEnded] = useState(false)
  return (
    <Ended value={useCallback(() => setEnded(true), [])}>
      {children}
      <Dialog
        open={ended}
        onOpenChange={setEnded}
        title="Your session has ended"
        description="Sign in again in another tab, then come back: what you typed is still here."
      >
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button size="form" onClick={() => setEnded(false)}>
            I signed in again
          </Button>
          <a href={paths.signIn()} target="_blank" rel="noreferrer" className="contents">
            <span className="inline-flex h-8 items-center rounded-control border border-ink bg-ink px-3 text-table font-medium text-on-ink max-md:h-11">
              Sign in (new tab)
            </span>
          </a>
        </div>
      </Dialog>
    </Ended>
  )
}

export const useSessionEnded = () => useContext(Ended)
