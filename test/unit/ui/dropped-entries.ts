/** A file of a drop; one that cannot be read has a reason instead of content. */
export function fileEntry(path: string, reason?: string): FileSystemEntry {
  return {
    isFile: true,
    isDirectory: false,
    name: path.split('/').at(-1),
    fullPath: `/${path}`,
    file(resolve: (file: File) => void, reject: (error: Error) => void) {
      if (reason === undefined) resolve(new File([path], path));
      else reject(new DOMException(reason, 'NotReadableError'));
    },
  } as unknown as FileSystemEntry;
}

/** A folder, handed over in portions of 100, as Chromium does. */
export function folderEntry(path: string, content: readonly FileSystemEntry[], reason?: string): FileSystemEntry {
  return {
    isFile: false,
    isDirectory: true,
    name: path.split('/').at(-1),
    fullPath: `/${path}`,
    createReader() {
      let at = 0;
      return {
        readEntries(resolve: (entries: readonly FileSystemEntry[]) => void, reject: (error: Error) => void) {
          if (reason !== undefined) return reject(new DOMException(reason, 'NotReadableError'));
          resolve(content.slice(at, at + 100));
          at += 100;
        },
      };
    },
  } as unknown as FileSystemEntry;
}
