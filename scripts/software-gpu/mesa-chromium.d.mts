export function ensureMesaChromium(): Promise<void>;
export function mesaChromium(
  path: string,
):
  | { readonly path: string; readonly driver: string; readonly missing?: undefined }
  | { readonly missing: string; readonly path?: undefined; readonly driver?: undefined };
