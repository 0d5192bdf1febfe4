'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { EventFacets, type FacetsProps } from './event-facets.tsx'

/** Facets beside the list. */
export const FacetsBeside = (props: FacetsProps) => (
  <div className="sticky top-[52px] me-3.5 max-h-[calc(100dvh-60px)] w-[178px] shrink-0 overflow-y-auto pe-1.5 max-xl:hidden">
    <EventFacets {...props} />
  </div>
)

/** Where there is no room for them: a button that opens them over the page. */
export function FacetsButton(props: FacetsProps) {
  const [open, setOpen] = useState(false)
  return (
    <Sheet
      side="start"
      title="Facets"
      trigger={<Button size="form">Facets</Button>}
      open={open}
      onOpenChange={setOpen}
      className="w-[min(320px,calc(100vw-40px))]"
    >
      <div className="px-4 pb-6">{open && <EventFacets {...props} />}</div>
    </Sheet>
  )
}
