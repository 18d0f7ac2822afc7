import { Component, type ReactNode } from 'react';
import { reasonOf } from '../../protocol/errors.ts';
import { noteError } from '../diagnostics/last-errors.ts';

interface Props {
  readonly children: ReactNode;
  /** What stands in the place of a part that failed; `again` shows the part anew. */
  readonly fallback: (reason: string, again: () => void) => ReactNode;
  readonly onFailure?: () => void;
}

/** Keeps a failure to the part of the page where it happened: React would otherwise take the whole page away. */
export class Boundary extends Component<Props, { readonly reason: string | null }> {
  override state = { reason: null };

  static getDerivedStateFromError(thrown: unknown): { reason: string } {
    // Browsers name the file that could not be fetched, which helps nobody here.
    return { reason: reasonOf(thrown).replace(/:?\s*https?:\S+/, '') };
  }

  override componentDidCatch(thrown: unknown): void {
    noteError(`shown part: ${thrown}`);
    this.props.onFailure?.();
  }

  override render(): ReactNode {
    const { reason } = this.state;
    if (reason === null) return this.props.children;
    return this.props.fallback(reason, () => this.setState({ reason: null }));
  }
}
