'use client'

import { useEffect, useState } from 'react'
import { Switch } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { isSingleKey, keyCaps } from './key-press.ts'
import { type Shortcut, useShortcutRegistry } from './shortcuts.tsx'

const GROUPS = ['This page', 'Lists', 'Go to', 'Everywhere'] as const

function Caps({ keys, apple }: { keys: string; apple: boolean }) {
  return (
    <span className="inline-flex items-center gap-1">
      {keyCaps(keys, apple).map((cap, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: the keys of one shortcut never change
          key={index}
          className="inline-grid h-[22px] min-w-[22px] place-items-center rounded-chip border border-line-strong bg-surface px-1 font-mono text-mono"
        >
          {cap}
        </kbd>
      ))}
    </span>
  )
}

function Group({
  name,
  shortcuts,
  apple,
  off,
}: {
  name: string
  shortcuts: readonly Shortcut[]
  apple: boolean
  off: boolean
}) {
  return (
    <section className="min-w-0 break-inside-avoid pb-4">
      <h3 className="border-b border-line pb-1 text-label font-medium text-text2">{name}</h3>
      <dl>
        {shortcuts.map(({ keys, label }) => (
          <div
            key={label}
            className="flex min-h-8 items-center justify-between gap-3 border-b border-line py-1 text-table"
          >
            <dt className="min-w-0">{label}</dt>
            <dd className="flex shrink-0 items-center gap-1.5 text-label text-text2">
              {off && keys.every(isSingleKey)
                ? 'Off'
                : keys
                    .filter((one) => !off || !isSingleKey(one))
                    .map((one, index) => (
                      <span key={one} className="inline-flex items-center gap-1.5">
                        {index > 0 && <span>or</span>}
                        <Caps keys={one} apple={apple} />
                      </span>
                    ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The keys that this page answers to, and the switch for those that are one character alone. */
export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { present, singleKeys, setSingleKeys } = useShortcutRegistry()
  const [shown, setShown] = useState<readonly Shortcut[]>([])
  const [apple, setApple] = useState(false)
  useEffect(() => {
    if (!open) return
    setApple(/Mac|iPhone|iPad/.test(navigator.userAgent))
    const here = present().filter(({ offered }) => offered?.() ?? true)
    setShown(here.filter(({ label }, at) => here.findIndex((one) => one.label === label) === at))
  }, [open, present])
  return (
    <Dialog wide title="Keyboard shortcuts" open={open} onOpenChange={onOpenChange}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <Switch label="Shortcuts of a single character" checked={singleKeys} onChange={setSingleKeys} />
        <p className="text-label text-text3">Kept in this browser. They are off while you type.</p>
      </div>
      <div className="gap-x-8 sm:columns-2">
        {GROUPS.map((name) => {
          const shortcuts = shown.filter(({ group }) => group === name)
          return (
            shortcuts.length > 0 && (
              <Group key={name} name={name} shortcuts={shortcuts} apple={apple} off={!singleKeys} />
            )
          )
        })}
      </div>
    </Dialog>
  )
}
