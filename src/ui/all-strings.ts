// Every sentence and label of the page, for parts that are loaded when first needed and for other languages.
export * from './strings/bench.ts';
export * from './strings/correcting.ts';
export * from './strings/diagnostics.ts';
export * from './strings/evaluation.ts';
export * from './strings/exporting.ts';
export * from './strings/get-kosmos2.ts';
export * from './strings/maker.ts';
export * from './strings/models.ts';
export * from './strings/options.ts';
export * from './strings/shortcuts.ts';
export * from './strings/xray.ts';
export * from './strings.ts';
