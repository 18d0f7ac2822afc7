export function ensurePython(
  folder: string,
  purpose: string,
): Promise<{ readonly python: string; readonly missing?: undefined } | { readonly missing: string }>;
