import './stage-skeleton.css'

/** Holds the stage's room while it loads. It fades in late, so that a quick join never flashes. */
export function StageSkeleton() {
  return (
    <div className="stage-skeleton card" role="status">
      <span className="visually-hidden">Loading</span>
      <div className="stage-skeleton__bar" />
      <div className="stage-skeleton__area" />
    </div>
  )
}
