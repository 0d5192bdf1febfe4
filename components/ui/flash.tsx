'use client'

import Link from 'next/link'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { Button } from './button.tsx'
import { CloseIcon } from './close-icon.tsx'
import { Note, type NoteTone } from './hint.tsx'
import { useAnnounce } from './live-region.tsx'

export type Flash = {
  readonly tone: NoteTone
  /** "alias/payments is disabled." */
  readonly text: string
  readonly links?: readonly { readonly label: string; readonly href: string }[]
  readonly actions?: readonly { readonly label: string; readonly onClick: () => void }[]
}

type Shown = Flash & { readonly id: number }
type Flashing = {
  readonly flash: (message: Flash) => void
  readonly dismiss: (id: number) => void
  readonly shown: readonly Shown[]
}

const Context = createContext<Flashing>({ flash: () => {}, dismiss: () => {}, shown: [] })

export function FlashProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([])
  const announce = useAnnounce()
  const flash = useCallback<Flashing['flash']>(
    (message) => {
      setShown((before) => [{ ...message, id: (before[0]?.id ?? 0) + 1 }, ...before])
      announce(message.text, message.tone === 'vermilion' ? 'assertive' : 'polite')
    },
    [announce],
  )
  const dismiss = useCallback((id: number) => setShown((before) => before.filter((one) => one.id !== id)), [])
  const value = useMemo(() => ({ flash, dismiss, shown }), [flash, dismiss, shown])
  return <Context value={value}>{children}</Context>
}

/** `flash({ tone: 'verdigris', text })`: says at the top of the content what was done. */
export const useFlash = () => useContext(Context).flash

// Success leaves by itself, unless someone is reading it. Errors stay until they are dismissed.
const SUCCESS_MS = 8000

function Line({ message, onDismiss }: { message: Shown; onDismiss: () => void }) {
  const [held, setHeld] = useState(false)
  const leaves = message.tone === 'verdigris' && !held
  useEffect(() => {
    if (!leaves) return
    const timer = setTimeout(onDismiss, SUCCESS_MS)
    return () => clearTimeout(timer)
  }, [leaves, onDismiss])
  return (
    <Note tone={message.tone} className="flex items-start gap-x-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: being read is not an action, it only holds the line */}
      <div
        className="flex min-w-0 grow flex-wrap items-center gap-x-3"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
      >
        <span className="py-0.5">{message.text}</span>
        {message.links?.map((link) => (
          <Link key={link.label} href={link.href} className="link py-0.5">
            {link.label}
          </Link>
        ))}
        {message.actions?.map((action) => (
          <button key={action.label} type="button" className="link py-0.5" onClick={action.onClick}>
            {action.label}
          </button>
        ))}
      </div>
      <Button
        variant="quiet"
        size="icon"
        aria-label="Dismiss"
        className="-my-0.5 size-6 text-text3"
        onClick={onDismiss}
      >
        <CloseIcon />
      </Button>
    </Note>
  )
}

function DismissibleLine({ message }: { message: Shown }) {
  const { dismiss } = useContext(Context)
  const onDismiss = useCallback(() => dismiss(message.id), [dismiss, message.id])
  return <Line message={message} onDismiss={onDismiss} />
}

/** Where flash lines stand: the newest, and how many wait behind it. */
export function Flashes() {
  const { shown } = useContext(Context)
  const [open, setOpen] = useState(false)
  const [first, ...rest] = shown
  if (!first) return null
  const errors = rest.filter((one) => one.tone === 'vermilion').length
  return (
    <section aria-label="Messages" className="no-print mb-3 space-y-1">
      <DismissibleLine key={first.id} message={first} />
      {rest.length > 0 && (
        <button
          type="button"
          aria-expanded={open}
          className="link min-h-6 text-label"
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide' : 'Show'} {rest.length} earlier{errors > 0 && `, ${errors} of them errors`}
        </button>
      )}
      {open && rest.map((one) => <DismissibleLine key={one.id} message={one} />)}
    </section>
  )
}
