/** The header in which proxy.ts tells pages their own address. It always overwrites what a browser sent. */
export const REQUEST_PATH = 'x-keyhouse-path'
