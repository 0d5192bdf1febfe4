import type { VariantProps } from 'class-variance-authority'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonStyle } from './button-style.ts'
import { cn } from './class-names.ts'

/** A link that looks like a button, because it begins something. */
export function LinkButton({
  variant,
  size,
  className,
  ...rest
}: ComponentProps<typeof Link> & VariantProps<typeof buttonStyle>) {
  return <Link {...rest} className={cn(buttonStyle({ variant, size }), className)} />
}
