'use client'

import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './class-names.ts'
import { overlayStyle } from './popover.tsx'

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={350} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
)

type TooltipProps = {
  trigger: ReactElement
  children: ReactNode
  side?: 'top' | 'right' | 'bottom'
  className?: string
}

/** A longer form of what is there already. It appears on hover and on focus, stays under the pointer, and Escape closes it. */
export function Tooltip({ trigger, children, side = 'top', className }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={5}
          collisionPadding={8}
          className={cn(overlayStyle, 'max-w-[min(520px,calc(100vw-16px))] px-2 py-1 text-label', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
