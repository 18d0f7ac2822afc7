import type { ReactNode } from 'react';

interface Props {
  readonly words: string;
  readonly className?: string;
  /** Hears all files of a folder, those of folders inside too. */
  readonly onFiles: (files: readonly File[]) => void;
}

/** A button that lets a folder be picked. */
export function FolderButton({ words, className = 'button', onFiles }: Props): ReactNode {
  return (
    <label className={className}>
      {words}
      <input
        type="file"
        className="visually-hidden"
        multiple
        ref={(input) => input?.setAttribute('webkitdirectory', '')}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same folder can be picked again.
          target.value = '';
          onFiles(files);
        }}
      />
    </label>
  );
}
