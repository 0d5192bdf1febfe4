'use client'

import { Button } from '#components/ui/button.tsx'
import { Note } from '#components/ui/hint.tsx'

/** A page that could not be drawn. Its cause is in the console's log under the reference; a screen never shows it. */
export function Failure({ digest, onRetry }: { digest: string | undefined; onRetry: () => void }) {
  return (
    <Note tone="brass" role="alert" className="max-w-form space-y-1">
      <h1 className="font-semibold">This page couldn’t be drawn.</h1>
      <p>The engine may be restarting. Nothing was changed by looking.</p>
      {digest && (
        <p className="text-label text-text2">
          Reference <code className="text-mono">{digest}</code>, also in the console’s log.
        </p>
      )}
      <Button onClick={onRetry}>Retry</Button>
    </Note>
  )
}
