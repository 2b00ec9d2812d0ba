import { Component, type ReactNode } from 'react'
import { Notice } from './notice.tsx'

interface ErrorBoundaryProps {
  /** Of the box around the notice. */
  readonly className?: string
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly error: Error | null
}

/** Catches what rendering throws, a Suspense timeout among it, and offers to render again. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <div className={this.props.className}>
        <Notice title="Something went wrong" text={error.message}>
          <button
            type="button"
            className="button button--primary"
            onClick={() => this.setState({ error: null })}
          >
            Try again
          </button>
          <a className="button" href="/">
            All demos
          </a>
        </Notice>
      </div>
    )
  }
}
