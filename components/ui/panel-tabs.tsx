'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './class-names.ts'

export type PanelTab = { readonly id: string; readonly label: ReactNode; readonly content: ReactNode }

type PanelTabsProps = {
  label: string
  tabs: readonly PanelTab[]
  value?: string
  onChange?: (id: string) => void
  className?: string
}

/** Tabs inside a drawer or a panel, where the address does not change. */
export function PanelTabs({ label, tabs, value, onChange, className }: PanelTabsProps) {
  return (
    <Radix.Root
      {...(value !== undefined && { value })}
      {...(onChange && { onValueChange: onChange })}
      defaultValue={tabs[0]?.id}
      className={className}
    >
      <Radix.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className={cn(
              '-mb-px h-8 whitespace-nowrap border-b-2 border-transparent text-table text-text2 -outline-offset-2 hover:text-text max-md:h-11',
              'data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-text',
            )}
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="pt-3">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
