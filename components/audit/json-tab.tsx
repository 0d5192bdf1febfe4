'use client'

import { Download } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cn } from '#components/ui/class-names.ts'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { recordOf } from './event-fields.ts'
import { JsonTree } from './json-tree.tsx'

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

const FORMS = ['Raw', 'Tree'] as const

/** The record as CloudTrail shapes it. What Keyhouse adds is in its member "keyhouse" alone. */
export function JsonTab({ id, record }: { id: string; record: string }) {
  const [form, setForm] = useState<(typeof FORMS)[number]>('Raw')
  const value = recordOf(record)
  const text = JSON.stringify(value, null, 2)
  return (
    <>
      <p className="mb-2 text-table text-text2">
        A CloudTrail record. What only Keyhouse knows is in its member{' '}
        <code className="text-mono">keyhouse</code>.
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons of one choice, with nothing to submit */}
      <div role="group" aria-label="Shown as" className="mb-2 flex gap-1">
        {FORMS.map((name) => (
          <Button
            key={name}
            aria-pressed={form === name}
            className={cn(form === name && 'border-ink bg-ink-soft')}
            onClick={() => setForm(name)}
          >
            {name}
          </Button>
        ))}
      </div>
      {form === 'Raw' ? (
        <CodeBlock code={text} label="Record" copy={false} wrap />
      ) : (
        // A record is JSON: it was read from its text.
        <JsonTree value={value as ComponentProps<typeof JsonTree>['value']} />
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton text={text} label="Copy JSON" labelled />
        <Button onClick={() => save(`${id}.json`, text)}>
          <Download aria-hidden="true" className="size-4" strokeWidth={1.5} />
          Download
        </Button>
      </div>
    </>
  )
}
