import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from './error-boundary.tsx'
import { SiteHeader } from './site-header.tsx'
import '../theme/tokens.css'
import '../theme/page.css'
import '../theme/button.css'

/** Renders one page of the site: header, main landmark, and a last error boundary. */
export function renderPage(path: string, page: ReactNode): void {
  const root = document.querySelector('#root')
  if (root === null) throw new Error('cannot render the page: #root is missing in its HTML file.')
  createRoot(root).render(
    <StrictMode>
      <SiteHeader current={path} />
      <ErrorBoundary className="demo-page">{page}</ErrorBoundary>
    </StrictMode>,
  )
}
