import { Component } from 'react';
import type { ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** Shown when something inside fails to draw. */
  fallback: (error: unknown) => ReactNode;
  /** A change of this gives the content another chance. */
  place: string;
}

interface State {
  error: unknown;
  failed: boolean;
}

/** Keeps a failure of one screen from taking the shell with it. */
export class Fallible extends Component<Props, State> {
  override state: State = { error: null, failed: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, failed: true };
  }

  override componentDidUpdate(before: Props): void {
    if (before.place !== this.props.place && this.state.failed) {
      this.setState({ error: null, failed: false });
    }
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback(this.state.error) : this.props.children;
  }
}
