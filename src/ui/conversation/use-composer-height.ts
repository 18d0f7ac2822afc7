import { useEffect, useState } from 'react';

/** How high the composer is while somebody wants to know, in CSS pixels; 0 until then. */
export function useComposerHeight(wanted: boolean): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const composer = document.querySelector('.composer');
    if (!wanted || !composer) return;
    const observer = new ResizeObserver(([entry]) => setHeight(entry?.borderBoxSize[0]?.blockSize ?? 0));
    observer.observe(composer, { box: 'border-box' });
    return () => observer.disconnect();
  }, [wanted]);
  return height;
}
