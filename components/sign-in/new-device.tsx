'use client'

import { useMemo } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { qrCode } from './qr-code.ts'

/** What an authenticator reads; https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
const uriOf = (secret: string, who: string) =>
  `otpauth://totp/${encodeURIComponent(`Keyhouse:${who}`)}?secret=${secret}&issuer=Keyhouse`

/** Light modules around the code, which scanners need. */
const QUIET = 4

function QrCode({ text }: { text: string }) {
  const rows = useMemo(() => qrCode(text), [text])
  const size = rows.length + 2 * QUIET
  const dark = rows.flatMap((row, y) =>
    row.flatMap((on, x) => (on ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  )
  return (
    // Black on white in both themes: many scanners read nothing else.
    <svg
      role="img"
      aria-label="QR code of the secret"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-44 shrink-0"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}

/** The secret of a new device, to scan or to type. Shown once. */
export function NewDevice({ secret, who }: { secret: string; who: string }) {
  return (
    <div className="flex flex-wrap gap-5">
      <QrCode text={uriOf(secret, who)} />
      <div className="min-w-0 basis-64 grow">
        <Hint>Scan this with your authenticator app, or type the secret into it.</Hint>
        <p className="mt-3 text-label font-medium text-text3">Secret</p>
        <p className="flex flex-wrap items-center gap-2">
          <code className="break-all bg-sunken px-2 py-1 text-mono">
            {secret.match(/.{1,4}/g)?.join(' ')}
          </code>
          <CopyButton text={secret} label="Copy" aria-label="Copy secret" labelled />
        </p>
        <Hint className="mt-3">Codes of six digits, new every 30 seconds (TOTP, SHA-1).</Hint>
      </div>
    </div>
  )
}
