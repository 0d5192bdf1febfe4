'use client'

import './globals.css'

type Props = { error: Error & { digest?: string }; reset: () => void }

/** When even the root layout failed: nothing but the browser and the stylesheet. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en">
      <body className="bg-canvas p-6 text-text">
        <title>Keyhouse</title>
        <h1 className="text-page">Keyhouse couldn’t draw this page</h1>
        <p className="mt-2 text-body text-text2">
          The engine may be restarting. Nothing was changed by looking.
        </p>
        {error.digest && (
          <p className="mt-1 text-label text-text2">Reference {error.digest}, also in the console’s log.</p>
        )}
        <button
          type="button"
          onClick={reset}
          className="mt-4 h-8 rounded-control border border-ink bg-ink px-3 text-table font-medium text-on-ink"
        >
          Retry
        </button>
      </body>
    </html>
  )
}
