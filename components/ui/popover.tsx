'use client'

import { Popover as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './class-names.ts'

export const overlayStyle =
  'overlay-in z-50 rounded-overlay border border-line-strong bg-surface text-text shadow-overlay outline-none'

type PopoverProps = {
  trigger: ReactElement
  children: ReactNode
  /** Names the popover where its content has no heading. */
  label?: string
  align?: 'start' | 'center' | 'end'
  className?: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** A small panel beside what opened it. Escape closes it and focus returns. */
export function Popover({ trigger, children, label, align = 'end', className, ...state }: PopoverProps) {
  return (
    <Radix.Root {...state}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          aria-label={label}
          className={cn(overlayStyle, 'w-max max-w-[min(360px,calc(100vw-24px))] p-3 text-table', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const PopoverClose = Radix.Close
