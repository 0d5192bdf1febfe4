'use client'

import { type ReactNode, useId } from 'react'
import { cn } from './class-names.ts'

/** What a control needs to belong to its label, help and error. */
export type ControlProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  required: boolean | undefined
}

type FieldProps = {
  label: string
  /** Under the label, before the control: one reads it before typing. */
  help?: ReactNode
  error?: ReactNode
  optional?: boolean
  className?: string
  children: (control: ControlProps) => ReactNode
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-1 flex gap-1.5 text-table text-vermilion">
      <svg aria-hidden="true" viewBox="0 0 12 12" className="mark mt-[3px] size-3 shrink-0">
        <path
          fill="currentColor"
          fillRule="evenodd"
          d="M6 0a6 6 0 1 1 0 12A6 6 0 0 1 6 0Zm-.75 3v3.750h1.500V3Zm0 4.750v1.500h1.500v-1.500Z"
        />
      </svg>
      <span>{children}</span>
    </p>
  )
}

/** A labelled control: label, help, control, error, in the order in which they are read. */
export function Field({ label, help, error, optional, className, children }: FieldProps) {
  const id = useId()
  const describedBy = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={cn('max-w-form', className)}>
      <label htmlFor={id} className="text-table font-medium text-text">
        {label}
        {optional && <span className="font-normal text-text3"> optional</span>}
      </label>
      {help && (
        <p id={`${id}-help`} className="max-w-prose text-table text-text2">
          {help}
        </p>
      )}
      <div className="mt-1">
        {children({
          id,
          'aria-describedby': describedBy === '' ? undefined : describedBy,
          'aria-invalid': error ? true : undefined,
          required: optional ? undefined : true,
        })}
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

/** Controls under one heading: tiles, check boxes. */
export function FieldGroup({
  legend,
  help,
  error,
  children,
  className,
}: {
  legend: string
  help?: ReactNode
  error?: ReactNode
  children: ReactNode
  className?: string
}) {
  const id = useId()
  return (
    <fieldset
      className={cn('max-w-form', className)}
      aria-describedby={error ? `${id}-error` : help ? `${id}-help` : undefined}
    >
      <legend className="text-table font-medium text-text">{legend}</legend>
      {help && (
        <p id={`${id}-help`} className="max-w-prose text-table text-text2">
          {help}
        </p>
      )}
      <div className="mt-1.5">{children}</div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  )
}
