import { type ReactNode, useEffect, useRef } from 'react';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'accent';

/** Something to know here and now. `bad` is read out at once, the others when the reader is done with what she does. */
export function Notice(props: {
  tone?: Exclude<Tone, 'accent'>;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
}): ReactNode {
  const { tone = 'neutral' } = props;
  return (
    <div className={tone === 'neutral' ? 'notice' : `notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className="notice-text">
        {props.title === undefined ? null : <p className="notice-title">{props.title}</p>}
        {props.children}
      </div>
      {props.actions === undefined ? null : <div className="row">{props.actions}</div>}
    </div>
  );
}

/** A word about a thing; never colour alone. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }): ReactNode {
  return <span className={tone === 'neutral' ? 'badge' : `badge badge-${tone}`}>{children}</span>;
}

/** How far something is; `text` says it in words beside the bar. */
export function Progress(props: { label: string; value: number; max: number; text: string }): ReactNode {
  const share = props.max === 0 ? 0 : Math.min(1, props.value / props.max);
  return (
    <div className="stack-tight">
      <div className="spread">
        <span>{props.label}</span>
        <span className="muted small">{props.text}</span>
      </div>
      <div
        className="progress-line"
        role="progressbar"
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={props.max}
        aria-valuenow={props.value}
        aria-valuetext={props.text}
      >
        <div className="progress-fill" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

/** Nothing here yet: says what belongs here and how it comes. */
export function EmptyState(props: { title: string; children: ReactNode; actions?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <h2>{props.title}</h2>
      <div className="stack-tight muted">{props.children}</div>
      {props.actions === undefined ? null : <div className="row">{props.actions}</div>}
    </div>
  );
}

/** False until a second page was gone to. */
let wentOn = false;

/** The page's one first heading. Takes the focus when the page is come to, so that a screen reader says where it is; also the window's title. */
export function PageHeader(props: {
  title: string;
  /** One or two sentences: what this page is for. */
  children?: ReactNode;
  actions?: ReactNode;
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · Proviso`;
  }, [props.title]);
  useEffect(() => {
    const first = !wentOn;
    wentOn = true;
    const { activeElement } = document;
    // The browser itself begins at the top of the first page.
    if (first) return;
    if (activeElement === document.body || activeElement?.closest('[data-moves-focus]'))
      heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className="page-header">
      <div className="page-header-text">
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.children === undefined ? null : <div className="muted">{props.children}</div>}
      </div>
      {props.actions === undefined ? null : <div className="row screen-only">{props.actions}</div>}
    </header>
  );
}

/** A part of a page with its own heading. */
export function Card(props: { title?: ReactNode; actions?: ReactNode; children: ReactNode; level?: 2 | 3 }): ReactNode {
  const Level = props.level === 3 ? 'h3' : 'h2';
  return (
    <section className="card">
      {props.title === undefined ? null : (
        <div className="spread">
          <Level>{props.title}</Level>
          {props.actions}
        </div>
      )}
      {props.children}
    </section>
  );
}

/** Opens to show more; the browser's own, found by its search and printed open. */
export function Fold({ title, open, children }: { title: ReactNode; open?: boolean; children: ReactNode }): ReactNode {
  return (
    <details className="fold" open={open}>
      <summary>{title}</summary>
      <div className="stack">{children}</div>
    </details>
  );
}

/** Names and what they are, in pairs. */
export function Facts({ facts }: { facts: readonly (readonly [ReactNode, ReactNode])[] }): ReactNode {
  return (
    <dl className="facts">
      {facts.map(([name, value], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pairs are fixed by the page.
        <div key={i} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
