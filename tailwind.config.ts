import type { Config } from 'tailwindcss'
import plugin from 'tailwindcss/plugin'
import { DARK, LIGHT, PALETTE } from './components/ui/tokens.ts'

const shadow = { overlay: '0 8px 28px -6px rgb(9 20 32 / 0.28), 0 2px 6px -2px rgb(9 20 32 / 0.16)' }

/** A title has a weight of its own; running text takes the weight of what surrounds it. */
const size = (px: number, line: number, rest: { fontWeight?: string; letterSpacing?: string } = {}) =>
  [`${px / 16}rem`, { lineHeight: `${line / 16}rem`, ...rest }] as [string, Record<string, string>]

const config: Config = {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  darkMode: 'class',
  theme: {
    colors: { ...PALETTE, transparent: 'transparent', current: 'currentColor', inherit: 'inherit' },
    fontSize: {
      page: size(20, 28, { letterSpacing: '-0.01em', fontWeight: '600' }),
      section: size(15, 22, { fontWeight: '600' }),
      body: size(14, 20),
      table: size(13, 18),
      label: size(12, 16),
      mono: size(12.5, 17),
      editor: size(13, 20),
    },
    fontFamily: {
      sans: ['var(--font-sans)', 'system-ui', 'sans-serif'],
      mono: ['var(--font-mono)', 'ui-monospace', 'monospace'],
    },
    fontWeight: { normal: '400', medium: '500', semibold: '600' },
    borderRadius: { none: '0', chip: '2px', control: '4px', overlay: '6px', full: '9999px' },
    boxShadow: shadow,
    screens: { sm: '480px', md: '768px', lg: '1024px', xl: '1280px', '2xl': '1600px' },
    extend: {
      transitionDuration: { state: '90ms', popover: '135ms', drawer: '180ms' },
      maxWidth: { form: '720px', prose: '72ch' },
      spacing: { bar: '44px', nav: '204px', rail: '52px' },
    },
  },
  plugins: [
    plugin(({ addBase }) => {
      addBase({
        ':root': { colorScheme: 'light', ...LIGHT },
        '.dark': { colorScheme: 'dark', ...DARK },
        // Without a choice of the person, the system's.
        '@media (prefers-color-scheme: dark)': { ':root:not(.light)': { colorScheme: 'dark', ...DARK } },
        '@media (prefers-contrast: more)': {
          // Tripled, to win over the rules above.
          ':root:root:root': { '--line': 'var(--line-strong)', '--text3': 'var(--text2)' },
        },
      })
    }),
  ],
}

export default config
