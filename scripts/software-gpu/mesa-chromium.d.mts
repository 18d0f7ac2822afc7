export type MesaChromium =
  | { readonly path: string; readonly driver: string; readonly missing?: undefined }
  | { readonly missing: string; readonly path?: undefined; readonly driver?: undefined };

export function ensureMesaChromium(path: string): Promise<MesaChromium>;
export function mesaChromium(path: string): MesaChromium;
