'use client'

import { Download } from 'lucide-react'
import { Button } from './ui/button.tsx'

type AccessKey = { readonly id: string; readonly secret: string }

/** Saves a new access key as the file that the AWS console gives. Made in the browser; no server sees it again. */
export function AccessKeyDownload({ accessKey }: { accessKey: AccessKey }) {
  function save() {
    const text = `Access key ID,Secret access key\r\n${accessKey.id},${accessKey.secret}\r\n`
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${accessKey.id}.csv`
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <Button onClick={save}>
      <Download aria-hidden="true" className="size-4" strokeWidth={1.5} />
      Download .csv
    </Button>
  )
}
