import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// Our type scale has names of its own: without this list, text-table and text-ink would look like the same kind of class.
const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      'font-size': [{ text: ['page', 'section', 'body', 'table', 'label', 'mono', 'editor'] }],
      'max-w': [{ 'max-w': ['form', 'prose'] }],
      rounded: [{ rounded: ['none', 'chip', 'control', 'overlay', 'full'] }],
    },
  },
})

/** Class names joined; of two that set the same thing, the later wins. */
export function cn(...names: ClassValue[]): string {
  return merge(clsx(names))
}
