/**
 * The colours of the console: [light, dark]. Text reaches 4.7:1 and marks 3:1 on every surface in both themes.
 * Four hues with fixed meanings: ink acts, verdigris is allowed or verified, brass waits, vermilion is denied or destroys.
 */
export const TOKENS = {
  canvas: ['oklch(0.981 0.003 247.9)', 'oklch(0.179 0.011 242.5)'],
  surface: ['oklch(1 0 0)', 'oklch(0.207 0.014 253.2)'],
  sunken: ['oklch(0.962 0.005 228.8)', 'oklch(0.157 0.011 248.3)'],
  hover: ['oklch(0.951 0.007 219.6)', 'oklch(0.244 0.014 248.4)'],
  selected: ['oklch(0.934 0.025 250)', 'oklch(0.291 0.044 250.8)'],
  line: ['oklch(0.895 0.007 233.7)', 'oklch(0.301 0.015 244.1)'],
  'line-strong': ['oklch(0.61 0.014 229.1)', 'oklch(0.561 0.018 245.3)'],
  text: ['oklch(0.244 0.021 251.7)', 'oklch(0.935 0.006 239.8)'],
  text2: ['oklch(0.43 0.018 245)', 'oklch(0.769 0.012 243.7)'],
  text3: ['oklch(0.511 0.016 234)', 'oklch(0.675 0.014 244.3)'],
  ink: ['oklch(0.439 0.116 253.4)', 'oklch(0.76 0.095 246.4)'],
  'ink-hover': ['oklch(0.379 0.115 253.2)', 'oklch(0.829 0.075 244.6)'],
  'ink-soft': ['oklch(0.944 0.022 250.2)', 'oklch(0.275 0.045 250.9)'],
  // What is written on ink: white on the dark blue, near-black on the light one.
  'on-ink': ['oklch(1 0 0)', 'oklch(0.179 0.011 242.5)'],
  verdigris: ['oklch(0.4655 0.0804 179.8)', 'oklch(0.769 0.089 178)'],
  'verdigris-soft': ['oklch(0.954 0.022 179.2)', 'oklch(0.265 0.03 181.4)'],
  brass: ['oklch(0.4845 0.0984 71.4)', 'oklch(0.811 0.115 82.3)'],
  'brass-soft': ['oklch(0.961 0.038 85.3)', 'oklch(0.281 0.038 80.2)'],
  'brass-mark': ['oklch(0.618 0.1243 76.9)', 'oklch(0.78 0.13 79.6)'],
  vermilion: ['oklch(0.505 0.18 30.1)', 'oklch(0.73 0.149 30)'],
  'vermilion-soft': ['oklch(0.964 0.018 30.3)', 'oklch(0.276 0.056 28)'],
} as const satisfies Record<string, readonly [light: string, dark: string]>

export type Token = keyof typeof TOKENS

const theme = (column: 0 | 1) =>
  Object.fromEntries(Object.entries(TOKENS).map(([name, pair]) => [`--${name}`, pair[column]]))

/** Custom properties for one theme, to be set on the root. */
export const LIGHT = theme(0)
export const DARK = theme(1)

/** Tailwind's palette: nothing but these, so that no other colour can be written. */
export const PALETTE = Object.fromEntries(Object.keys(TOKENS).map((name) => [name, `var(--${name})`]))
