'use client'

import Link from 'next/link'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './class-names.ts'
import { overlayStyle } from './popover.tsx'

type MenuProps = { trigger: ReactElement; children: ReactNode; align?: 'start' | 'end'; className?: string }

export function Menu({ trigger, children, align = 'end', className }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* No portal: a menu is read where its button is, inside the same landmark. */}
      <Radix.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={cn(overlayStyle, 'min-w-48 max-w-[360px] py-1', className)}
      >
        {children}
      </Radix.Content>
    </Radix.Root>
  )
}

const itemStyle = cn(
  'flex min-h-7 cursor-default items-center gap-2 px-3 py-1 text-table text-text outline-none max-md:min-h-11',
  'data-[highlighted]:bg-hover data-[highlighted]:outline-2 data-[highlighted]:-outline-offset-2 data-[highlighted]:outline-ink',
)

type MenuItemProps = {
  children: ReactNode
  onSelect?: () => void
  href?: string
  /** The address is a file. */
  download?: boolean
  danger?: boolean
  /** Why it cannot be done: said under the item, which stays reachable. */
  reason?: string | undefined
  /** What to know before it is done: said under the item, which stays as it is. */
  advice?: string | undefined
}

export function MenuItem({ children, onSelect, href, download, danger, reason, advice }: MenuItemProps) {
  const said = reason ?? advice
  const className = cn(
    itemStyle,
    danger && 'text-vermilion',
    said && 'flex-col items-start gap-0',
    reason && 'text-text3',
  )
  const content = (
    <>
      {children}
      {said && (
        <span className={cn('max-w-72 text-label font-normal', advice && !reason && 'text-text2')}>
          {said}
        </span>
      )}
    </>
  )
  if (href && !reason) {
    return (
      <Radix.Item asChild className={className}>
        {download ? (
          <a href={href} download>
            {content}
          </a>
        ) : (
          <Link href={href}>{content}</Link>
        )}
      </Radix.Item>
    )
  }
  return (
    <Radix.Item
      aria-disabled={reason ? true : undefined}
      className={className}
      onSelect={(event) => (reason ? event.preventDefault() : onSelect?.())}
    >
      {content}
    </Radix.Item>
  )
}

const ChosenMark = () => (
  <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3">
    <path d="m2 6.500 2.700 2.700L10 3.500" fill="none" stroke="currentColor" strokeWidth="1.6" />
  </svg>
)

/** One of a few: the theme, the density. */
export function MenuChoice<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: V
  options: readonly { readonly value: V; readonly label: string }[]
  onChange: (value: V) => void
}) {
  return (
    <Radix.RadioGroup
      value={value}
      onValueChange={(chosen) => {
        const option = options.find((candidate) => candidate.value === chosen)
        if (option) onChange(option.value)
      }}
    >
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          value={option.value}
          className={cn(itemStyle, 'ps-8 relative')}
          onSelect={(event) => event.preventDefault()}
        >
          <Radix.ItemIndicator className="absolute start-3">
            <ChosenMark />
          </Radix.ItemIndicator>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

/** One of several that are on or off by themselves: columns. The menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (on: boolean) => void
  children: ReactNode
}) {
  return (
    <Radix.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      className={cn(itemStyle, 'ps-8 relative')}
      onSelect={(event) => event.preventDefault()}
    >
      <Radix.ItemIndicator className="absolute start-3">
        <ChosenMark />
      </Radix.ItemIndicator>
      {children}
    </Radix.CheckboxItem>
  )
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-3 pt-1 text-label font-medium text-text3">{children}</Radix.Label>
)

export const MenuRule = () => <Radix.Separator className="my-1 h-px bg-line" />

/** Words in a menu that are not chosen. */
export const MenuText = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-3 py-1 text-table font-normal text-text2">{children}</Radix.Label>
)
