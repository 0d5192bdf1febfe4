export const CloseIcon = () => (
  <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4">
    <path d="m4 4 8 8m0-8-8 8" stroke="currentColor" strokeWidth="1.5" fill="none" />
  </svg>
)
