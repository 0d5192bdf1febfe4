'use client'

import { Plus } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { CloseIcon } from '#components/ui/close-icon.tsx'
import { FieldError, FieldGroup } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { faultOf, type Pair } from './context-pairs.ts'

type Props = {
  pairs: readonly Pair[]
  onChange: (pairs: readonly Pair[]) => void
  legend?: string
  help?: string
}

const HELP = 'Not secret. It’s written to the audit log and must match exactly to decrypt.'

const typed = { mono: true, autoComplete: 'off', spellCheck: false } as const

/** Pairs of the encryption context. */
export function ContextEditor({ pairs, onChange, legend = 'Encryption context', help = HELP }: Props) {
  const set = (id: number, part: Partial<Pair>) =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...part } : pair)))
  const add = () =>
    onChange([...pairs, { id: Math.max(...pairs.map((pair) => pair.id), 0) + 1, name: '', value: '' }])
  return (
    <FieldGroup legend={legend} help={help}>
      <ul className="space-y-1.5">
        {pairs.map((pair, index) => {
          const fault = faultOf(pair, pairs)
          return (
            <li key={pair.id}>
              <div className="flex items-center gap-1.5">
                <Input
                  {...typed}
                  aria-label={`Key of pair ${index + 1}`}
                  placeholder="key"
                  value={pair.name}
                  onChange={(event) => set(pair.id, { name: event.target.value })}
                />
                <Input
                  {...typed}
                  aria-label={`Value of pair ${index + 1}`}
                  placeholder="value"
                  value={pair.value}
                  onChange={(event) => set(pair.id, { value: event.target.value })}
                />
                <Button
                  variant="quiet"
                  size="icon"
                  aria-label={`Remove pair ${index + 1}`}
                  className="text-text3"
                  onClick={() => onChange(pairs.filter((other) => other.id !== pair.id))}
                >
                  <CloseIcon />
                </Button>
              </div>
              {fault && <FieldError>{fault}</FieldError>}
            </li>
          )
        })}
      </ul>
      <Button variant="quiet" className="mt-1.5 -ms-2" onClick={add}>
        <Plus aria-hidden="true" className="size-4" strokeWidth={1.5} />
        Add pair
      </Button>
    </FieldGroup>
  )
}
