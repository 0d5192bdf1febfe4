'use client'

import { Check, Copy } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { Button } from './button.tsx'
import { useAnnounce } from './live-region.tsx'

/** Puts text on the clipboard; on plain http beyond this machine browsers offer only the old way. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

/** Copies, and says so where it can be seen and heard. */
export function useCopy(): { copied: boolean; copy: (text: string) => void } {
  const [copied, setCopied] = useState(false)
  const announce = useAnnounce()
  const copy = (text: string) => {
    copyText(text).then(
      () => {
        setCopied(true)
        announce('Copied')
        setTimeout(() => setCopied(false), 1600)
      },
      () => announce('The browser refused to copy. Select the text and copy it.', 'assertive'),
    )
  }
  return { copied, copy }
}

type CopyButtonProps = Omit<ComponentProps<typeof Button>, 'onClick' | 'children'> & {
  text: string
  /** "Copy ARN". Always in the accessible name; seen with `labelled`. */
  label: string
  labelled?: boolean
}

export function CopyButton({ text, label, labelled, ...rest }: CopyButtonProps) {
  const { copied, copy } = useCopy()
  const icon = copied ? (
    <Check aria-hidden="true" className="size-4" strokeWidth={1.5} />
  ) : (
    <Copy aria-hidden="true" className="size-4" strokeWidth={1.5} />
  )
  if (labelled) {
    return (
      <Button {...rest} onClick={() => copy(text)}>
        {icon}
        <span className="grid">
          <span className={copied ? 'invisible col-start-1 row-start-1' : 'col-start-1 row-start-1'}>
            {label}
          </span>
          <span
            aria-hidden={!copied}
            className={copied ? 'col-start-1 row-start-1' : 'invisible col-start-1 row-start-1'}
          >
            Copied
          </span>
        </span>
      </Button>
    )
  }
  return (
    <Button
      variant="quiet"
      size="icon"
      {...rest}
      aria-label={label}
      title={label}
      className="size-6 text-text3 hover:text-ink"
      onClick={() => copy(text)}
    >
      {icon}
    </Button>
  )
}
