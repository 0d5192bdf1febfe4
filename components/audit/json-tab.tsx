'use client'

import { Download } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { recordOf } from './event-fields.ts'

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** The record as CloudTrail shapes it. What Keyhouse adds is in its member "keyhouse" alone. */
export function JsonTab({ id, record }: { id: string; record: string }) {
  const text = JSON.stringify(recordOf(record), null, 2)
  return (
    <>
      <p className="mb-2 text-table text-text2">
        A CloudTrail record. What only Keyhouse knows is in its member{' '}
        <code className="text-mono">keyhouse</code>.
      </p>
      <CodeBlock code={text} label="Record" copy={false} wrap />
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
