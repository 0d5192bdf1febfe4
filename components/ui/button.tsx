'use client'

import type { VariantProps } from 'class-variance-authority'
import type { ComponentProps, ReactNode } from 'react'
import { buttonStyle } from './button-style.ts'
import { cn } from './class-names.ts'
import { Popover } from './popover.tsx'

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> &
  VariantProps<typeof buttonStyle> & {
    /** Said instead of the label while `pending`: "Disabling…". The button is always wide enough for both. */
    pendingLabel?: string
    pending?: boolean
    /** Why this cannot be done now. The button stays in the tab order and says so when pressed. */
    reason?: ReactNode
  }

function Label({
  pending,
  pendingLabel,
  children,
}: Pick<ButtonProps, 'pending' | 'pendingLabel' | 'children'>) {
  if (!pendingLabel) return children
  return (
    <span className="grid">
      <span
        className={cn(
          'col-start-1 row-start-1 inline-flex items-center justify-center gap-1.5',
          pending && 'invisible',
        )}
      >
        {children}
      </span>
      <span className={cn('col-start-1 row-start-1', !pending && 'invisible')} aria-hidden={!pending}>
        {pendingLabel}
      </span>
    </span>
  )
}

/** A button. With `reason` it is disabled but focusable, and pressing it opens the reason. */
export function Button({
  variant,
  size,
  pending,
  pendingLabel,
  reason,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const blocked = Boolean(reason) || pending
  const button = (
    <button
      {...rest}
      // With a reason it only opens the reason: it must not submit.
      type={reason ? 'button' : (rest.type ?? 'button')}
      aria-disabled={blocked || undefined}
      className={cn(buttonStyle({ variant, size }), className)}
      onClick={(event) => {
        if (pending) event.preventDefault()
        else if (!reason) onClick?.(event)
      }}
    >
      <Label pending={pending} pendingLabel={pendingLabel}>
        {children}
      </Label>
    </button>
  )
  return reason ? (
    <Popover trigger={button} label="Why this can’t be done">
      {reason}
    </Popover>
  ) : (
    button
  )
}
