'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LONGEST_NAME, nameFault } from './saved-filters.ts'
import type { SavedFilters } from './use-saved-filters.ts'

type SaveFilterProps = { saved: SavedFilters; filter: string; onClose: () => void }

/** A name for the filter in force. */
export function SaveFilter({ saved, filter, onClose }: SaveFilterProps) {
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const fault = nameFault(saved.all, name)
  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (fault) return
    saved.save(name.trim())
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Save filter"
      description="Kept for you in this browser. Nobody else sees it."
    >
      <form method="post" noValidate onSubmit={submit} className="space-y-4">
        <p className="break-all font-mono text-mono">{filter}</p>
        <Field label="Name" error={tried ? fault : undefined}>
          {(control) => (
            <Input
              {...control}
              // A dialog that asks for a name begins in it.
              autoFocus
              autoComplete="off"
              maxLength={LONGEST_NAME}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" size="form" variant="primary">
          Save filter
        </Button>
      </form>
    </Dialog>
  )
}
