'use client'

import { cn } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'
import { Tooltip } from './tooltip.tsx'

type IdentifierProps = {
  value: string
  /** "key ID", "ARN": names the copy button. */
  name: string
  /** What is seen, when it is shorter than the value. */
  short?: string
  copy?: boolean
  className?: string
}

/** An id, ARN or hash in mono: cut in the middle, whole in its tooltip, to screen readers and in what is copied. */
export function Identifier({ value, name, short = value, copy = true, className }: IdentifierProps) {
  const cut = short !== value
  const text = (
    <span
      className={cn('inline-flex min-w-0 max-w-full items-center gap-0.5', className)}
      // Without a button inside, the text itself takes focus, so that the whole value can be seen by keyboard.
      {...(cut && !copy && { tabIndex: 0 })}
    >
      <span className="min-w-0 break-all font-mono text-mono" aria-hidden={cut || undefined}>
        {short}
      </span>
      {cut && <span className="sr-only">{value}</span>}
      {copy && <CopyButton text={value} label={`Copy ${name}`} />}
    </span>
  )
  if (!cut) return text
  return (
    <Tooltip trigger={text}>
      <span className="break-all font-mono text-mono">{value}</span>
    </Tooltip>
  )
}
