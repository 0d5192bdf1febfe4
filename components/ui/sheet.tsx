'use client'

import { Dialog as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Button } from './button.tsx'
import { cn } from './class-names.ts'
import { CloseIcon } from './close-icon.tsx'

type SheetProps = {
  title: string
  /** Seen only by screen readers when the content begins with its own heading. */
  hideTitle?: boolean
  side?: 'start' | 'end'
  trigger?: ReactElement
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  className?: string
}

/** A panel over the page from one of its sides: navigation on a phone, a drawer where there is no room beside. */
export function Sheet({
  title,
  hideTitle,
  side = 'end',
  trigger,
  children,
  className,
  ...state
}: SheetProps) {
  return (
    <Radix.Root {...state}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(9_20_32/0.38)]" />
        <Radix.Content
          aria-describedby={undefined}
          className={cn(
            'drawer-in fixed inset-y-0 z-50 flex w-[min(520px,calc(100vw-40px))] flex-col overflow-y-auto bg-surface shadow-overlay outline-none',
            side === 'end' ? 'end-0 border-s border-line-strong' : 'start-0 border-e border-line-strong',
            className,
          )}
        >
          <div className="flex min-h-bar items-center justify-between gap-3 ps-4 pe-2">
            <Radix.Title className={hideTitle ? 'sr-only' : 'text-section'}>{title}</Radix.Title>
            <Radix.Close asChild>
              <Button variant="quiet" size="icon" aria-label="Close" className="ms-auto">
                <CloseIcon />
              </Button>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
