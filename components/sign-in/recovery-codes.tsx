'use client'

import { Download } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Note } from '#components/ui/hint.tsx'

type RecoveryCodesProps = { codes: readonly string[]; who: string; onSaved: () => void }

const textOf = (codes: readonly string[], who: string) =>
  [`Keyhouse recovery codes of ${who}`, 'Each is good once.', '', ...codes, ''].join('\r\n')

/** Made in the browser; no server sees it again. */
function save(text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'keyhouse-recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(url)
}

/** Ten codes, shown once. */
export function RecoveryCodes({ codes, who, onSaved }: RecoveryCodesProps) {
  return (
    <div>
      <Note tone="brass" className="mb-3">
        Keep these where you don’t keep your device. Each signs you in once without it. They are shown only
        now.
      </Note>
      <ul
        aria-label="Recovery codes"
        className="grid max-w-form gap-x-6 gap-y-1 bg-sunken px-4 py-3 sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>
            <code className="text-mono">{code}</code>
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button onClick={() => save(textOf(codes, who))}>
          <Download aria-hidden="true" className="size-4" strokeWidth={1.5} />
          Download .txt
        </Button>
        <CopyButton text={codes.join('\n')} label="Copy" aria-label="Copy recovery codes" labelled />
        <Button variant="primary" onClick={onSaved}>
          I saved them
        </Button>
      </div>
    </div>
  )
}
