/**
 * Where the labels of each picture lie, without their ending, in data sets that pair the two by path: as the picture itself,
 * `cats/001` for `cats/001.jpg`. No path leads out of its folder, and no two are alike: of pictures whose paths
 * differ in nothing but their ending, such a data set can pair one only.
 */
export function pairedStems(names: readonly string[]): string[] {
  const wanted = names.map(stemOf);
  const owners = new Map<string, number>();
  for (const [index, stem] of wanted.entries()) if (!owners.has(stem)) owners.set(stem, index);
  return wanted.map((stem, index) => {
    if (owners.get(stem) === index) return stem;
    let number = 2;
    while (owners.has(`${stem}-${number}`)) number += 1;
    owners.set(`${stem}-${number}`, index);
    return `${stem}-${number}`;
  });
}

function stemOf(name: string): string {
  const parts: string[] = [];
  for (const part of name.replace(/^([A-Za-z]):(?=[/\\])/, '$1').split(/[/\\]/)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const stem = (parts.pop() ?? '').replace(/\.[^.]*$/, '');
  return [...parts, stem === '' ? 'image' : stem].join('/');
}
