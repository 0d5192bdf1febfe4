'use client'

import { usePathname, useRouter } from 'next/navigation'
import { Dialog as Radix } from 'radix-ui'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { usePresentActions } from '#components/shortcuts/page-actions.tsx'
import { MutationError } from '#components/states.tsx'
import { cn } from '#components/ui/class-names.ts'
import { useAnnounce } from '#components/ui/live-region.tsx'
import { overlayStyle } from '#components/ui/popover.tsx'
import { count } from '#lib/console/format.ts'
import { type RefusalView, refusalIn } from '#lib/console/messages.ts'
import type { Scope } from '#lib/console/paths.ts'
import { findKeyOf } from './actions.ts'
import { groupsOf, type Item } from './items.ts'
import { Results } from './results.tsx'
import { type Finding, useFind } from './use-find.ts'

export type PaletteProps = {
  scope: Scope
  regions: readonly string[]
  open: boolean
  onOpenChange: (open: boolean) => void
  showShortcuts: () => void
}

/** Finds what is named or pasted, goes to pages, does what the page offers. Nothing typed here stands in an address. */
export function PaletteDialog(props: PaletteProps) {
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(9_20_32/0.38)]" />
        <Radix.Content
          aria-describedby={undefined}
          className={cn(
            overlayStyle,
            'fixed left-1/2 top-[10vh] z-50 flex max-h-[76vh] w-[calc(100vw-24px)] max-w-[640px] -translate-x-1/2 flex-col overflow-hidden max-md:top-3 max-md:max-h-[calc(100dvh-24px)]',
          )}
        >
          <Radix.Title className="sr-only">Search</Radix.Title>
          <Palette {...props} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The way from a ciphertext to its key, and what was refused on it. */
function useKeyOfCiphertext(region: string, go: (href: string) => void) {
  const [refusal, setRefusal] = useState<RefusalView>()
  const [pending, setPending] = useState(false)
  async function run(head: string) {
    setPending(true)
    setRefusal(undefined)
    try {
      const result = await findKeyOf({ region, head })
      if (result.ok) go(result.output.href)
      else setRefusal(result.error)
    } catch (thrown) {
      setRefusal(refusalIn(thrown))
    } finally {
      setPending(false)
    }
  }
  return { run, pending, refusal, forget: () => setRefusal(undefined) }
}

function Palette({ scope, regions, onOpenChange, showShortcuts }: PaletteProps) {
  const id = useId()
  const router = useRouter()
  const pathname = usePathname()
  const announce = useAnnounce()
  const present = usePresentActions()
  const [actions] = useState(present)
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const finding = useFind(scope.region, typed)
  const go = (href: string) => {
    onOpenChange(false)
    router.push(href)
  }
  const keyOf = useKeyOfCiphertext(scope.region, go)
  const { pasted, found } = finding
  const exact: Item[] =
    pasted.kind === 'ciphertext'
      ? [
          {
            label: 'Find the key that encrypted this',
            detail: 'Ciphertext',
            run: () => void keyOf.run(pasted.head),
          },
        ]
      : []
  const around = { scope, pathname, regions, actions, showShortcuts }
  const groups = groupsOf(around, { typed: pasted.kind === 'ciphertext' ? '\0' : typed, found, exact })
  const items = groups.flatMap((group) => group.items)
  const at = Math.min(active, items.length - 1)
  const said = finding.searching || typed === '' ? undefined : count(items.length, 'result')
  useEffect(() => {
    if (said) announce(said)
  }, [said, announce])
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])

  function choose(item: Item | undefined) {
    if (!item) return
    if (item.reason) return announce(item.reason, 'assertive')
    if (item.href) return go(item.href)
    if (!exact.includes(item)) onOpenChange(false)
    item.run?.()
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && items.length > 0) setActive((at + step + items.length) % items.length)
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(items[at])
    else return
    event.preventDefault()
  }

  return (
    <>
      <input
        role="combobox"
        aria-label="Search keys, pages and actions, or paste an ID, ARN or ciphertext"
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={items.length > 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder="Search, or paste an ID, ARN or ciphertext"
        value={typed}
        className="h-11 shrink-0 border-b border-line bg-surface px-4 text-body outline-none"
        onChange={(event) => {
          setTyped(event.target.value)
          setActive(0)
          keyOf.forget()
        }}
        onKeyDown={onKeyDown}
      />
      <div
        className={cn('progress-line h-0.5 shrink-0', !finding.searching && !keyOf.pending && 'invisible')}
      />
      <Results id={id} groups={groups} active={at} onChoose={choose} />
      {keyOf.refusal && (
        <div className="border-t border-line p-3">
          <MutationError refusal={keyOf.refusal} what="The key of this ciphertext wasn’t found." />
        </div>
      )}
      {items.length === 0 && <Nothing finding={finding} />}
    </>
  )
}

function Nothing({ finding: { pasted, searching, refusal } }: { finding: Finding }) {
  if (searching) return <p className="late px-4 py-3 text-table text-text2">Searching…</p>
  return (
    <p className="px-4 py-3 text-table text-text2">
      {refusal
        ? refusal.message
        : pasted.kind === 'unknown'
          ? 'This is neither a name nor a ciphertext that a symmetric key of Keyhouse made.'
          : pasted.kind === 'id'
            ? 'No key, event or request with this ID in any Region you can read.'
            : 'Nothing here is called that.'}
    </p>
  )
}
