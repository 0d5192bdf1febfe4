'use client'

import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Menu } from '#components/ui/menu.tsx'

/** The ⋯ of a row. */
export function RowMenu({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Menu
      trigger={
        <Button
          variant="quiet"
          size="icon"
          aria-label={`Actions for ${name}`}
          className="size-6 text-text2 max-md:size-11 max-md:justify-end"
        >
          <Ellipsis aria-hidden="true" className="size-4" strokeWidth={1.5} />
        </Button>
      }
    >
      {children}
    </Menu>
  )
}
