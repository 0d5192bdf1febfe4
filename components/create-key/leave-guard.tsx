'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { paths } from '#lib/console/paths.ts'
import { isEdited } from './draft.ts'
import { useWizard } from './wizard-context.tsx'

/** The path that a click on a link would go to in this tab, when it leads out of the wizard. */
function pathAway(event: MouseEvent, inside: string): string | undefined {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!plain || !link || link.target === '_blank' || link.origin !== location.origin) return undefined
  if (link.pathname.startsWith(inside) || link.pathname === location.pathname) return undefined
  return `${link.pathname}${link.search}`
}

/** Asks once before a draft with work in it is left, and then keeps or discards it as told. */
export function LeaveGuard() {
  const { setting, draft, made, startOver } = useWizard()
  const router = useRouter()
  const [target, setTarget] = useState<string>()
  const asked = useRef(false)
  const guarded = isEdited(draft) && !made
  const inside = paths.newKey(setting.scope).replace(/[^/]+$/, '')
  useEffect(() => {
    if (!guarded) return
    function onClick(event: MouseEvent) {
      const away = asked.current ? undefined : pathAway(event, inside)
      if (!away) return
      asked.current = true
      event.preventDefault()
      event.stopPropagation()
      setTarget(away)
    }
    // Before the link itself: it navigates as soon as it hears of the click.
    document.addEventListener('click', onClick, { capture: true })
    return () => document.removeEventListener('click', onClick, { capture: true })
  }, [guarded, inside])

  function leave(keep: boolean) {
    if (!keep) startOver()
    setTarget(undefined)
    if (target) router.push(target)
  }
  return (
    <Dialog
      open={target !== undefined}
      onOpenChange={() => setTarget(undefined)}
      title="Leave this key unfinished"
      description="Nothing was created. This tab can keep the draft for 24 hours; Create key offers to resume it."
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button size="form" variant="danger" onClick={() => leave(false)}>
          Discard draft
        </Button>
        <Button size="form" onClick={() => setTarget(undefined)}>
          Stay
        </Button>
        <Button size="form" variant="primary" onClick={() => leave(true)}>
          Keep draft and leave
        </Button>
      </div>
    </Dialog>
  )
}
