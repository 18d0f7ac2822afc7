/** What the bundler tells of a module. */
interface ModuleGraph {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null;
}

interface ChunkGroup {
  readonly name: (id: string, graph: ModuleGraph) => string | null;
  readonly priority: number;
}

/**
 * Puts everything that a page cannot begin without into one file, and what another page needs as well into a second one that
 * they share. Left alone the bundler cuts it into dozens, wherever a part that is loaded late shares a module, which costs a
 * request and a dictionary of gzip each.
 * @param page the module the page begins with, by the end of its path
 * @param others the same of the other pages
 */
export function firstLoad(page: string, others: readonly string[]): ChunkGroup[] {
  const of = (wanted: 'shared' | 'own') => (id: string, graph: ModuleGraph) => {
    const before = importersOf(id, graph);
    const needs = (entry: string) => before.some((each) => each.endsWith(entry));
    if (id.endsWith(page) || !needs(page)) return null;
    return others.some(needs) === (wanted === 'shared') ? `first-${wanted}` : null;
  };
  // A group takes what its modules import along: the shared ones have to be out of reach by then.
  return [
    { name: of('shared'), priority: 2 },
    { name: of('own'), priority: 1 },
  ];
}

/**
 * Puts everything that these modules cannot begin without into one file with them: what a worker's own script imports late.
 * @param modules by the ends of their paths
 */
export function inOneFile(name: string, modules: readonly string[]): ChunkGroup[] {
  const isNeeded = (id: string, graph: ModuleGraph) =>
    importersOf(id, graph).some((each) => modules.some((module) => each.endsWith(module)));
  return [{ name: (id, graph) => (isNeeded(id, graph) ? name : null), priority: 1 }];
}

/** Every module that imports this one at once, directly or through others, and itself. */
function importersOf(id: string, graph: ModuleGraph): readonly string[] {
  const seen = new Set([id]);
  for (const each of seen) for (const importer of graph.getModuleInfo(each)?.importers ?? []) seen.add(importer);
  return [...seen];
}
