import type { IncomingMessage, ServerResponse } from 'node:http'
import sirv from 'sirv'
import { notFoundPage } from './not-found-page.ts'

/** Answers a request from a folder, or with 404. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse) => void

/** File names that a bundler has put a hash of the content into: they can never change. */
const hashedFile = /[.-][\w-]{8,}\.(?:js|css|woff2|png|jpe?g|svg|webp|avif|wasm)$/

/** Reads the folder's listing once, at the start. Dotfiles and everything outside the folder are never served. */
export function createStaticFiles(directory: string): StaticFiles {
  const serve = sirv(directory, {
    etag: true,
    extensions: ['html'],
    setHeaders(response, pathname) {
      response.setHeader(
        'Cache-Control',
        hashedFile.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  return (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff')
    response.setHeader('Referrer-Policy', 'same-origin')
    response.setHeader('X-Frame-Options', 'SAMEORIGIN')
    serve(request, response, () => answerMissing(request, response))
  }
}

/** People get the way back, programs the bare fact. */
function answerMissing(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.accept?.includes('text/html') !== true) {
    answerNotFound(request, response)
    return
  }
  response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' })
  response.end(notFoundPage)
}

/** What a host answers where it has nothing. */
export function answerNotFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end('Not found\n')
}
