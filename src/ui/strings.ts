// Every sentence and label of the page that its first caption may need. Parts that are loaded when first needed have
// theirs in all-strings.ts.
export * from './strings/composer.ts';
export * from './strings/conversation.ts';
export * from './strings/dialog.ts';
export * from './strings/errors.ts';
export * from './strings/header.ts';
export * from './strings/stage.ts';
