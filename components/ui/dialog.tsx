'use client'

import { Dialog as Radix, AlertDialog as RadixAlert } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Button } from './button.tsx'
import { cn } from './class-names.ts'
import { CloseIcon } from './close-icon.tsx'
import { overlayStyle } from './popover.tsx'

const backdrop = 'fixed inset-0 z-40 bg-[rgb(9_20_32/0.38)]'
const panel = cn(
  overlayStyle,
  'fixed left-1/2 top-[12vh] z-50 max-h-[76vh] w-[calc(100vw-24px)] -translate-x-1/2 overflow-y-auto p-5 text-body',
  '[--motion:180ms]',
)

type State = { open?: boolean; onOpenChange?: (open: boolean) => void }

/** A dialog for looking at or filling in something small. Work that has steps gets a page. */
export function Dialog({
  trigger,
  title,
  description,
  children,
  wide,
  ...state
}: State & {
  trigger?: ReactElement
  title: string
  description?: ReactNode
  children: ReactNode
  wide?: boolean
}) {
  return (
    <Radix.Root {...state}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={backdrop} />
        <Radix.Content
          className={cn(panel, wide ? 'max-w-[760px]' : 'max-w-[480px]')}
          {...(!description && { 'aria-describedby': undefined })}
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-section">{title}</Radix.Title>
            <Radix.Close asChild>
              <Button variant="quiet" size="icon" aria-label="Close" className="-me-2 -mt-1">
                <CloseIcon />
              </Button>
            </Radix.Close>
          </div>
          {description && (
            <Radix.Description className="text-table text-text2">{description}</Radix.Description>
          )}
          <div className="mt-3">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

type AlertDialogProps = State & {
  trigger?: ReactElement
  /** Verb and object: "Rotate alias/payments". */
  title: string
  /** Who is affected, and when it was last used. */
  children: ReactNode
  /** The same verb and noun as the title. */
  confirm: string
  pendingLabel?: string
  pending?: boolean
  danger?: boolean
  /** Under the text, and no part of what the dialog is described by: the request as code. */
  more?: ReactNode
  /** Beside the buttons, when the last try was refused. */
  error?: ReactNode
  /** The dialog closes itself only when this is told to the caller by `onOpenChange(false)`. */
  onConfirm: () => void
}

/** Confirmation level 2. Focus begins on Cancel. */
export function AlertDialog({
  trigger,
  title,
  children,
  confirm,
  pendingLabel,
  pending,
  danger,
  more,
  error,
  onConfirm,
  ...state
}: AlertDialogProps) {
  return (
    <RadixAlert.Root {...state}>
      {trigger && <RadixAlert.Trigger asChild>{trigger}</RadixAlert.Trigger>}
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={backdrop} />
        <RadixAlert.Content className={cn(panel, 'max-w-[480px]')}>
          <RadixAlert.Title className="text-section">{title}</RadixAlert.Title>
          <RadixAlert.Description asChild>
            <div className="mt-2 space-y-2 text-table text-text2">{children}</div>
          </RadixAlert.Description>
          {more && <div className="mt-3">{more}</div>}
          {error && <div className="mt-3">{error}</div>}
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <RadixAlert.Cancel asChild>
              <Button size="form">Cancel</Button>
            </RadixAlert.Cancel>
            <Button
              size="form"
              variant={danger ? 'danger' : 'primary'}
              pending={pending}
              pendingLabel={pendingLabel}
              onClick={onConfirm}
            >
              {confirm}
            </Button>
          </div>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  )
}
