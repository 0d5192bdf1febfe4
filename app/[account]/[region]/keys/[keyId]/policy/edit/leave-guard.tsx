'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'

export type LeaveGuard = {
  readonly asked: boolean
  readonly stay: () => void
  readonly leave: () => void
  /** After saving, or on the way to where the draft is expected: nothing is lost by leaving. */
  readonly release: () => void
}

/** Asks before a page with unsaved edits is left: by a link of the console, by Back, by closing the tab. */
export function useLeaveGuard(active: boolean): LeaveGuard {
  const router = useRouter()
  const [go, setGo] = useState<() => void>()
  const free = useRef(false)
  useEffect(() => {
    if (!active) return
    const hold = (event: BeforeUnloadEvent) => !free.current && event.preventDefault()
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
      if (
        free.current ||
        !link ||
        link.target === '_blank' ||
        link.hash !== '' ||
        event.ctrlKey ||
        event.metaKey ||
        event.shiftKey
      )
        return
      event.preventDefault()
      event.stopPropagation()
      const { href, origin, pathname, search } = link
      setGo(() => () => (origin === location.origin ? router.push(pathname + search) : location.assign(href)))
    }
    // Back and Forward, where the browser lets a page hold them.
    const onNavigate = (event: NavigateEvent) => {
      if (free.current || event.navigationType !== 'traverse' || !event.cancelable) return
      event.preventDefault()
      const { key } = event.destination
      setGo(() => () => window.navigation.traverseTo(key))
    }
    const { navigation } = window
    addEventListener('beforeunload', hold)
    document.addEventListener('click', onClick, true)
    navigation?.addEventListener('navigate', onNavigate)
    return () => {
      removeEventListener('beforeunload', hold)
      document.removeEventListener('click', onClick, true)
      navigation?.removeEventListener('navigate', onNavigate)
    }
  }, [active, router])
  const release = () => {
    free.current = true
  }
  return {
    asked: go !== undefined,
    stay: () => setGo(undefined),
    leave: () => {
      release()
      go?.()
    },
    release,
  }
}

type LeaveDialogProps = { guard: LeaveGuard; name: string; onDiscard: () => void }

/** The draft is kept in this tab or given up, as told. */
export function LeaveDialog({ guard, name, onDiscard }: LeaveDialogProps) {
  return (
    <Dialog
      open={guard.asked}
      onOpenChange={(open) => !open && guard.stay()}
      title={`Leave the draft for ${name}`}
      description="Your changes to the key policy are not saved. This tab can keep the draft for 24 hours; Edit policy resumes it."
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          size="form"
          variant="danger"
          onClick={() => {
            onDiscard()
            guard.leave()
          }}
        >
          Discard draft
        </Button>
        <Button size="form" onClick={guard.stay}>
          Stay
        </Button>
        <Button size="form" variant="primary" onClick={guard.leave}>
          Keep draft and leave
        </Button>
      </div>
    </Dialog>
  )
}
