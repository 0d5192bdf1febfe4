import { cva } from 'class-variance-authority'

/** What buttons look like, for buttons and for links that begin something. */
export const buttonStyle = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium',
    'transition-colors duration-state aria-disabled:cursor-not-allowed',
  ],
  {
    variants: {
      variant: {
        primary: [
          'border-ink bg-ink text-on-ink hover:border-ink-hover hover:bg-ink-hover',
          'aria-disabled:border-line-strong aria-disabled:bg-sunken aria-disabled:text-text3',
        ],
        secondary: [
          'border-line-strong bg-surface text-text hover:bg-hover',
          'aria-disabled:bg-sunken aria-disabled:text-text3',
        ],
        danger: [
          'border-vermilion bg-surface text-vermilion hover:bg-vermilion-soft',
          'aria-disabled:border-line-strong aria-disabled:bg-sunken aria-disabled:text-text3',
        ],
        quiet: 'border-transparent bg-transparent text-ink hover:bg-hover aria-disabled:text-text3',
      },
      size: {
        compact: 'h-7 px-2.5 text-table max-md:h-9',
        form: 'h-8 px-3 text-table max-md:h-11',
        icon: 'size-7 text-table max-md:size-9',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'compact' },
  },
)
